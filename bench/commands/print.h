/* Prints a summary, as a table or as JSON. */
#ifndef SIMUL_BENCH_COMMANDS_PRINT_H
#define SIMUL_BENCH_COMMANDS_PRINT_H

#include "base/options.h"

#include <jansson.h>

enum output_format { FORMAT_TABLE, FORMAT_JSON };

/* Reads "table" or "json". Fails (input). */
bool print_read_format(const char *text, enum output_format *format,
                       struct error *error);

/* The option table of a command whose only option is --format; its target is an enum
 * output_format. */
extern const struct option_row print_format_options[];

/* Prints the summary and releases the reference. Fails if the summary is NULL (out of
 * memory) or `out` can't be written. */
bool print_summary(json_t *summary, enum output_format format, FILE *out,
                   struct error *error);

#endif

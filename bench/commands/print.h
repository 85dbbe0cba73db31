/* Prints a summary, as a table or as JSON. */
#ifndef SIMUL_BENCH_COMMANDS_PRINT_H
#define SIMUL_BENCH_COMMANDS_PRINT_H

#include "base/options.h"
#include "bench/summary/summary.h"

#include <stdio.h>

enum output_format { FORMAT_TABLE, FORMAT_JSON };

/* Reads "table" or "json". Fails (input). */
bool print_read_format(const char *text, enum output_format *format,
                       struct error *error);

/* The option table of a command whose only option is --format; its target is an enum
 * output_format. */
extern const struct option_row print_format_options[];

/* Begins a list for people: a stream to `out` in which no line is wider than the
 * terminal behind stdout. Call fclose() for it. Returns NULL and fills `error` if out
 * of memory. */
FILE *print_begin_list(FILE *out, struct error *error);

/* Prints the summary to `out`, which passes it on to stdout. If stdout is a terminal,
 * no line of a table is wider. Fails if `out` can't be written, or out of memory. */
bool print_summary(const struct summary *summary, enum output_format format, FILE *out,
                   struct error *error);

#endif

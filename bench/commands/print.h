/* A summary on its way out: as a table or as JSON. */
#ifndef SIMUL_BENCH_COMMANDS_PRINT_H
#define SIMUL_BENCH_COMMANDS_PRINT_H

#include "bench/commands/selection.h"

#include <jansson.h>

/* Prints it and lets go of the reference. Fails where it is NULL (out of memory) or
 * `out` can't be written. */
bool print_summary(json_t *summary, enum output_format format, FILE *out,
                   struct error *error);

#endif

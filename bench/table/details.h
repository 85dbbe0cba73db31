/* The details below a remark: which requests failed, and what the model of an invalid
 * trial printed to stderr. */
#ifndef SIMUL_BENCH_TABLE_DETAILS_H
#define SIMUL_BENCH_TABLE_DETAILS_H

#include "bench/summary/summary.h"

#include <stdio.h>

/* Prints a line for each of the first failed requests of the model's first incomplete
 * trial, and counts the others. With the user's own API, a line names the URL and its
 * line in the URL file. */
void details_print_failed(const struct summary_point *point,
                          const struct summary_model *model, FILE *out);

/* Prints the last lines of stderr of the model's first invalid trial that printed to
 * stderr, and names the file with all of it. Prints nothing if there is none. */
void details_print_stderr(const struct summary_model *model, FILE *out);

#endif

/* A summary as a table for people. */
#ifndef SIMUL_BENCH_TABLE_TABLE_H
#define SIMUL_BENCH_TABLE_TABLE_H

#include "bench/summary/summary.h"

#include <stdio.h>

/* Prints one table a scenario, measured or only predicted, with what is
 * to be said of it below. */
void table_print(const struct summary *summary, FILE *out);

#endif

/* A summary as tables for people. */
#ifndef SIMUL_BENCH_TABLE_TABLE_H
#define SIMUL_BENCH_TABLE_TABLE_H

#include "bench/summary/summary.h"

#include <stdio.h>

/* Prints one table for each point, measured or only predicted, with remarks below. */
void table_print(const struct summary *summary, FILE *out);

#endif

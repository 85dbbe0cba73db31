/* A summary as tables for people. */
#ifndef SIMUL_BENCH_TABLE_TABLE_H
#define SIMUL_BENCH_TABLE_TABLE_H

#include "bench/summary/summary.h"

#include <stdio.h>

/* Prints one table for each point, measured or only predicted, with remarks below. No
 * line is wider than `columns`: first the least important columns are left out, which a
 * line says; then a table becomes a list for each model. With 0 columns (no terminal)
 * all is printed, and lines may be of any width. */
void table_print(const struct summary *summary, int columns, FILE *out);

#endif

/* The remarks below a table: claims that do not hold, trials and requests that failed,
 * connections that were opened anew, notes. */
#ifndef SIMUL_BENCH_TABLE_REMARKS_H
#define SIMUL_BENCH_TABLE_REMARKS_H

#include "bench/summary/summary.h"

#include <stdio.h>

/* Prints the remarks on a point of the summary after an empty line; nothing if there
 * are none. */
void remarks_print(const struct summary_point *point, FILE *out);

#endif

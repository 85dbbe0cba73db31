/* The API's log as a CSV file, for whoever reads a run directory. */
#ifndef SIMUL_BENCH_RECORDS_H
#define SIMUL_BENCH_RECORDS_H

#include "base/error.h"
#include "base/witness.h"

/* Writes one row a record, times in CLOCK_MONOTONIC nanoseconds, 0 where a moment never
 * came. Fails where the file can't be written. */
bool records_write(const struct witness *witness, const char *path,
                   struct error *error);

#endif

/* The API's log as a CSV file, for whoever reads a run directory; and read back. */
#ifndef SIMUL_BENCH_MEASURE_RECORDS_H
#define SIMUL_BENCH_MEASURE_RECORDS_H

#include "base/error.h"
#include "base/witness.h"

/* Writes one row a record, times in CLOCK_MONOTONIC nanoseconds, 0 where a moment never
 * came. Fails where the file can't be written. */
bool records_write(const struct witness *witness, const char *path,
                   struct error *error);

/* Reads such a file into `records`, an array [conversation][round] of zeroes; of a
 * request that was asked twice the later record counts, of one that was not asked for
 * none. Without the file `is_there` is false and that is all. Fails with file and
 * line. */
bool records_read(const char *path, int32_t conversations, int32_t rounds,
                  struct witness_record *records, bool *is_there, struct error *error);

#endif

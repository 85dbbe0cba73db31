/* The API's witness log as a CSV file of the run directory: writes it and reads it. */
#ifndef SIMUL_BENCH_MEASURE_RECORDS_H
#define SIMUL_BENCH_MEASURE_RECORDS_H

#include "base/error.h"
#include "base/witness.h"

/* Writes one row for each record. Times are nanoseconds on CLOCK_MONOTONIC; 0: the step
 * was not reached. Fails if the file can't be written. */
bool records_write(const struct witness *witness, const char *path,
                   struct error *error);

/* Reads such a file into `records`, a zeroed array [conversation][round]. If a request
 * has two records, the later one counts; a record of a request outside of the array is
 * skipped. If the file does not exist, only sets `is_there` to false. Fails with file
 * and line. */
bool records_read(const char *path, int32_t conversations, int32_t rounds,
                  struct witness_record *records, bool *is_there, struct error *error);

#endif

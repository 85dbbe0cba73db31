/* Tells of which clock a time is, if it is not nanoseconds of CLOCK_MONOTONIC. */
#ifndef SIMUL_BENCH_MEASURE_CLOCKS_H
#define SIMUL_BENCH_MEASURE_CLOCKS_H

#include <stdbool.h>
#include <stdint.h>

#define CLOCKS_NAME_BYTES 60

/* When a time has to lie, on CLOCK_MONOTONIC, and what the time of day was then. */
struct clocks_window {
    int64_t begin_ns;
    int64_t end_ns;
    int64_t unix_offset_ns; /* Unix time minus CLOCK_MONOTONIC */
};

/* What has to be added to CLOCK_MONOTONIC now to get Unix time. */
int64_t clocks_unix_offset_ns(void);

/* Writes which clock shows this number in the window: "Unix time in nanoseconds",
 * "CLOCK_MONOTONIC in microseconds". The window is extended by a second, and by one unit.
 * Returns false if no clock does, or if it is CLOCK_MONOTONIC in nanoseconds. */
bool clocks_name(double time, const struct clocks_window *window,
                 char name[static CLOCKS_NAME_BYTES]);

#endif

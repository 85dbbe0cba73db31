/* The statistics over several trials that docs/method.md describes. */
#ifndef SIMUL_BENCH_MEASURE_STATISTICS_H
#define SIMUL_BENCH_MEASURE_STATISTICS_H

#include <stddef.h>
#include <stdint.h>

/* An interval of at least this many values is a bootstrap interval; of fewer, it is the
 * range. */
#define STATISTICS_BOOTSTRAP_LEAST 6
#define STATISTICS_RESAMPLES       10000

struct interval {
    double low;
    double high;
};

/* The quantile p of sorted values, interpolated between neighbours (type 7 of Hyndman
 * and Fan 1996). count > 0. */
double statistics_quantile(const double sorted[], size_t count, double p);

/* The median; sorts the values. NaN if there are none. */
double statistics_median(double values[], size_t count);

/* The 95 % percentile bootstrap interval of the median (Efron 1979), with seeded
 * resamples; the range if there are fewer than STATISTICS_BOOTSTRAP_LEAST values, or if
 * memory is out. Sorts the values. NaN if there are none. */
struct interval statistics_median_interval(double values[], size_t count,
                                           uint64_t seed);

#endif

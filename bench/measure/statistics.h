/* Figures from several trials: what method.md prescribes, and nothing else. */
#ifndef SIMUL_BENCH_MEASURE_STATISTICS_H
#define SIMUL_BENCH_MEASURE_STATISTICS_H

#include <stddef.h>
#include <stdint.h>

/* From this many values on an interval is a bootstrap one; below, it is the range. */
#define STATISTICS_BOOTSTRAP_LEAST 6
#define STATISTICS_RESAMPLES       10000

struct interval {
    double low;
    double high;
};

/* The quantile p of sorted values, interpolated between neighbours (type 7 of Hyndman
 * and Fan 1996). count > 0. */
double statistics_quantile(const double sorted[], size_t count, double p);

/* The median; sorts the values. NaN where there are none. */
double statistics_median(double values[], size_t count);

/* The 95 % percentile bootstrap interval of the median (Efron 1979), with seeded
 * resamples; below STATISTICS_BOOTSTRAP_LEAST values their range. Sorts the values. NaN
 * where there are none. */
struct interval statistics_median_interval(double values[], size_t count,
                                           uint64_t seed);

#endif

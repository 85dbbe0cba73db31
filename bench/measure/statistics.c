/* Medians and their bootstrap intervals. */
#include "bench/measure/statistics.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int compare(const void *a, const void *b) {
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static void sort(double values[], size_t count) {
    if (count > 1) {
        qsort(values, count, sizeof *values, compare);
    }
}

double statistics_quantile(const double sorted[], size_t count, double p) {
    double place = p * (double)(count - 1);
    size_t below = (size_t)place;
    if (below + 1 >= count) {
        return sorted[count - 1];
    }
    return sorted[below] +
           (place - (double)below) * (sorted[below + 1] - sorted[below]);
}

double statistics_median(double values[], size_t count) {
    if (count == 0) {
        return NAN;
    }
    sort(values, count);
    return statistics_quantile(values, count, 0.5);
}

/* xorshift64* (Vigna 2016): fast and seeded, which is enough for resampling. */
static uint64_t next_random(uint64_t *state) {
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * UINT64_C(0x2545f4914f6cdd1d);
}

static double resample_median(const double values[], double sample[], size_t count,
                              uint64_t *state) {
    for (size_t i = 0; i < count; i++) {
        sample[i] = values[(next_random(state) >> 11) % count];
    }
    return statistics_median(sample, count);
}

struct interval statistics_median_interval(double values[], size_t count,
                                           uint64_t seed) {
    if (count == 0) {
        return (struct interval){NAN, NAN};
    }
    sort(values, count);
    struct interval range = {values[0], values[count - 1]};
    double *medians = malloc((STATISTICS_RESAMPLES + count) * sizeof *medians);
    if (count < STATISTICS_BOOTSTRAP_LEAST || !medians) {
        free(medians);
        return range;
    }
    double *sample = medians + STATISTICS_RESAMPLES;
    uint64_t state = seed ? seed : 1; /* from zero, xorshift gives only zeroes */
    for (size_t i = 0; i < STATISTICS_RESAMPLES; i++) {
        medians[i] = resample_median(values, sample, count, &state);
    }
    sort(medians, STATISTICS_RESAMPLES);
    struct interval interval = {
        statistics_quantile(medians, STATISTICS_RESAMPLES, 0.025),
        statistics_quantile(medians, STATISTICS_RESAMPLES, 0.975)};
    free(medians);
    return interval;
}

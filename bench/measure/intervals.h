/* Stretches of time that overlap: how long anything was under way,
 * and how much at once. */
#ifndef SIMUL_BENCH_MEASURE_INTERVALS_H
#define SIMUL_BENCH_MEASURE_INTERVALS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct stretch {
    int64_t begin_ns;
    int64_t end_ns;
};

struct overlap {
    int64_t union_ns; /* the length of the union */
    int64_t sum_ns;   /* the sum of the lengths */
    int64_t peak;     /* how many at once, at most; where one ends another may begin */
    double mean;      /* sum over the span from the first begin to the last end */
};

/* Measures them; sorts the stretches. O(n log n). False: out of memory. */
bool intervals_measure(struct stretch stretches[], size_t count,
                       struct overlap *overlap);

#endif

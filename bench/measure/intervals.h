/* Measures stretches of time that overlap: the length of their union, and how many
 * there are at once. */
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
    int64_t peak;     /* the most stretches at once; touching is not overlapping */
    double mean;      /* stretches at once: sum_ns / (last end - first begin) */
};

/* Measures the stretches and sorts them. O(n log n). False: out of memory. */
bool intervals_measure(struct stretch stretches[], size_t count,
                       struct overlap *overlap);

#endif

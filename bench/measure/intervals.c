/* Measures overlap by a sweep over begins and ends. */
#include "bench/measure/intervals.h"

#include <stdbool.h>
#include <stdlib.h>

static int compare_times(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a;
    int64_t y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static int compare_begins(const void *a, const void *b) {
    return compare_times(&((const struct stretch *)a)->begin_ns,
                         &((const struct stretch *)b)->begin_ns);
}

bool intervals_measure(struct stretch stretches[], size_t count,
                       struct overlap *overlap) {
    *overlap = (struct overlap){.peak = 0};
    if (count == 0) {
        return true;
    }
    int64_t *ends = malloc(count * sizeof *ends);
    if (!ends) {
        return false;
    }
    qsort(stretches, count, sizeof *stretches, compare_begins);
    for (size_t i = 0; i < count; i++) {
        ends[i] = stretches[i].end_ns;
        /* A model may print absurd times, so the sum may overflow. */
        if (__builtin_add_overflow(overlap->sum_ns,
                                   stretches[i].end_ns - stretches[i].begin_ns,
                                   &overlap->sum_ns)) {
            overlap->sum_ns = INT64_MAX;
        }
    }
    qsort(ends, count, sizeof *ends, compare_times);
    int64_t covered_ns = stretches[0].begin_ns; /* up to here the union is counted */
    size_t ended = 0;
    for (size_t i = 0; i < count; i++) {
        int64_t begin_ns = stretches[i].begin_ns;
        while (ended < count && ends[ended] <= begin_ns) {
            ended++;
        }
        int64_t at_once = (int64_t)(i + 1) - (int64_t)ended;
        overlap->peak = at_once > overlap->peak ? at_once : overlap->peak;
        begin_ns = begin_ns > covered_ns ? begin_ns : covered_ns;
        if (stretches[i].end_ns > begin_ns) {
            overlap->union_ns += stretches[i].end_ns - begin_ns;
            covered_ns = stretches[i].end_ns;
        }
    }
    int64_t span_ns = ends[count - 1] - stretches[0].begin_ns;
    overlap->mean = span_ns > 0 ? (double)overlap->sum_ns / (double)span_ns : 0;
    free(ends);
    return true;
}

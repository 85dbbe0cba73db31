/* bench/measure/intervals.c: the union of stretches of time, and their overlap. */
#include "bench/measure/intervals.h"
#include "tests/support/random.h"

#include <criterion/criterion.h>
#include <math.h>

enum { SPAN = 60, MOST = 20 };

/* The oracle: counts at every instant, and has to agree with the sweep. */
static struct overlap measure_naively(const struct stretch stretches[], size_t count) {
    struct overlap overlap = {.peak = 0};
    int64_t first = INT64_MAX;
    int64_t last = INT64_MIN;
    for (int64_t instant = 0; instant < SPAN; instant++) {
        int64_t at_once = 0;
        for (size_t i = 0; i < count; i++) {
            at_once +=
                stretches[i].begin_ns <= instant && instant < stretches[i].end_ns;
        }
        overlap.union_ns += at_once > 0;
        overlap.sum_ns += at_once;
        overlap.peak = at_once > overlap.peak ? at_once : overlap.peak;
    }
    for (size_t i = 0; i < count; i++) {
        first = stretches[i].begin_ns < first ? stretches[i].begin_ns : first;
        last = stretches[i].end_ns > last ? stretches[i].end_ns : last;
    }
    if (count > 0 && last > first) {
        overlap.mean = (double)overlap.sum_ns / (double)(last - first);
    }
    return overlap;
}

Test(intervals, no_stretches_take_no_time) {
    struct overlap overlap = {.union_ns = 1, .sum_ns = 1, .peak = 1, .mean = 1};
    cr_assert(intervals_measure(NULL, 0, &overlap));
    cr_assert_eq(overlap.union_ns, 0);
    cr_assert_eq(overlap.sum_ns, 0);
    cr_assert_eq(overlap.peak, 0);
    cr_assert_eq(overlap.mean, 0);
}

Test(intervals, stretches_that_only_touch_do_not_overlap) {
    struct stretch stretches[] = {{5, 10}, {0, 5}, {10, 15}};
    struct overlap overlap;
    cr_assert(intervals_measure(stretches, 3, &overlap));
    cr_assert_eq(overlap.union_ns, 15);
    cr_assert_eq(overlap.sum_ns, 15);
    cr_assert_eq(overlap.peak, 1);
    cr_assert_float_eq(overlap.mean, 1, 1e-12);
}

Test(intervals, a_gap_is_in_no_union) {
    struct stretch stretches[] = {{100, 103}, {0, 2}};
    struct overlap overlap;
    cr_assert(intervals_measure(stretches, 2, &overlap));
    cr_assert_eq(overlap.union_ns, 5);
    cr_assert_eq(overlap.peak, 1);
    cr_assert_float_eq(overlap.mean, 5.0 / 103, 1e-12);
}

Test(intervals, one_inside_another_adds_to_the_sum_only) {
    struct stretch stretches[] = {{0, 100}, {20, 30}};
    struct overlap overlap;
    cr_assert(intervals_measure(stretches, 2, &overlap));
    cr_assert_eq(overlap.union_ns, 100);
    cr_assert_eq(overlap.sum_ns, 110);
    cr_assert_eq(overlap.peak, 2);
}

Test(intervals, one_without_length_counts_for_nothing) {
    struct stretch stretches[] = {{7, 7}, {7, 7}};
    struct overlap overlap;
    cr_assert(intervals_measure(stretches, 2, &overlap));
    cr_assert_eq(overlap.union_ns, 0);
    cr_assert_eq(overlap.peak, 0);
    cr_assert_eq(overlap.mean, 0);
}

Test(intervals, agree_with_counting_every_instant) {
    for (uint64_t seed = 1; seed <= 3000; seed++) {
        uint64_t state = seed;
        struct stretch stretches[MOST];
        size_t count = (size_t)random_between(&state, 0, MOST);
        int64_t longest = random_between(&state, 0, 25);
        for (size_t i = 0; i < count; i++) {
            stretches[i].begin_ns = random_between(&state, 0, SPAN - 1 - longest);
            stretches[i].end_ns =
                stretches[i].begin_ns + random_between(&state, 0, longest);
        }
        struct overlap expected = measure_naively(stretches, count);
        struct overlap overlap;
        cr_assert(intervals_measure(stretches, count, &overlap));
        cr_assert_eq(overlap.union_ns, expected.union_ns, "seed %d", (int)seed);
        cr_assert_eq(overlap.sum_ns, expected.sum_ns, "seed %d", (int)seed);
        cr_assert_eq(overlap.peak, expected.peak, "seed %d", (int)seed);
        cr_assert_float_eq(overlap.mean, expected.mean, 1e-9, "seed %d", (int)seed);
    }
}

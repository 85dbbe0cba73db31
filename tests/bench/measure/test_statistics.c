/* bench/measure/statistics.c: medians, quantiles and bootstrap intervals, compared with
 * GSL. */
#include "bench/measure/statistics.h"
#include "tests/support/random.h"

#include <criterion/criterion.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <string.h>

enum { MOST = 200 };

static size_t fill_random(double values[MOST], uint64_t *state) {
    size_t count = (size_t)random_between(state, 1, MOST);
    for (size_t i = 0; i < count; i++) {
        values[i] = (double)random_between(state, -1000, 1000) / 7;
    }
    return count;
}

static void fill_normal(double values[], size_t count, gsl_rng *rng) {
    for (size_t i = 0; i < count; i++) {
        values[i] = 100 + gsl_ran_gaussian(rng, 15);
    }
}

Test(statistics, the_median_equals_that_of_gsl) {
    uint64_t state = 1;
    for (int i = 0; i < 2000; i++) {
        double values[MOST];
        double sorted[MOST];
        size_t count = fill_random(values, &state);
        memcpy(sorted, values, sizeof sorted);
        gsl_sort(sorted, 1, count);
        cr_assert_float_eq(statistics_median(values, count),
                           gsl_stats_median_from_sorted_data(sorted, 1, count), 1e-9);
    }
}

Test(statistics, every_quantile_equals_that_of_gsl) {
    uint64_t state = 2;
    for (int i = 0; i < 2000; i++) {
        double values[MOST];
        size_t count = fill_random(values, &state);
        double p = (double)random_between(&state, 0, 1000) / 1000;
        gsl_sort(values, 1, count);
        cr_assert_float_eq(statistics_quantile(values, count, p),
                           gsl_stats_quantile_from_sorted_data(values, 1, count, p),
                           1e-9, "p %g of %zu", p, count);
    }
}

Test(statistics, the_outer_quantiles_are_least_and_most) {
    const double values[] = {-3, 1, 4, 10};
    cr_assert_eq(statistics_quantile(values, 4, 0), -3);
    cr_assert_eq(statistics_quantile(values, 4, 1), 10);
    cr_assert_eq(statistics_quantile(values, 1, 0.5), -3);
}

Test(statistics, without_values_they_are_not_a_number) {
    double none[1] = {0};
    cr_assert(isnan(statistics_median(none, 0)));
    struct interval interval = statistics_median_interval(none, 0, 1);
    cr_assert(isnan(interval.low));
    cr_assert(isnan(interval.high));
}

Test(statistics, below_six_values_the_interval_is_their_range) {
    double values[] = {9, 2, 7, 4, 5};
    for (size_t count = 1; count <= 5; count++) {
        double copy[5];
        memcpy(copy, values, sizeof copy);
        struct interval interval = statistics_median_interval(copy, count, 1);
        cr_assert_eq(interval.low, count == 1 ? 9 : 2);
        cr_assert_eq(interval.high, 9);
    }
}

Test(statistics, from_six_values_on_it_is_narrower_than_their_range) {
    double values[] = {1, 100, 101, 102, 103, 104, 105, 106, 107, 1000};
    struct interval interval = statistics_median_interval(values, 10, 1);
    cr_assert_gt(interval.low, 1);
    cr_assert_lt(interval.high, 1000);
}

Test(statistics, the_interval_contains_the_median) {
    uint64_t state = 3;
    for (int i = 0; i < 60; i++) {
        double values[MOST];
        size_t count = fill_random(values, &state) % 40 + 1;
        struct interval interval = statistics_median_interval(values, count, state);
        double median = statistics_median(values, count);
        cr_assert(interval.low <= median && median <= interval.high,
                  "%g not in %g..%g of %zu", median, interval.low, interval.high,
                  count);
        cr_assert(isfinite(interval.low) && isfinite(interval.high));
    }
}

Test(statistics, the_interval_of_equal_values_is_that_value) {
    double values[] = {4, 4, 4, 4, 4, 4, 4};
    struct interval interval = statistics_median_interval(values, 7, 1);
    cr_assert_eq(interval.low, 4);
    cr_assert_eq(interval.high, 4);
}

Test(statistics, the_interval_is_the_same_from_the_same_seed_in_any_order) {
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    double values[25];
    double reversed[25];
    fill_normal(values, 25, rng);
    for (size_t i = 0; i < 25; i++) {
        reversed[i] = values[24 - i];
    }
    struct interval first = statistics_median_interval(values, 25, 42);
    struct interval again = statistics_median_interval(reversed, 25, 42);
    cr_assert_eq(first.low, again.low);
    cr_assert_eq(first.high, again.high);
    gsl_rng_free(rng);
}

Test(statistics, another_seed_draws_other_resamples) {
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    int differing = 0;
    for (uint64_t seed = 0; seed < 20; seed++) {
        /* an even number: a median is then a mean of two, and takes many values */
        double values[24];
        double copy[24];
        fill_normal(values, 24, rng);
        memcpy(copy, values, sizeof copy);
        struct interval a = statistics_median_interval(values, 24, seed);
        struct interval b = statistics_median_interval(copy, 24, seed + 1000);
        differing += a.low != b.low || a.high != b.high;
    }
    cr_assert_geq(differing, 1);
    gsl_rng_free(rng);
}

Test(statistics, the_interval_covers_the_true_median_about_95_times_in_100) {
    enum { SAMPLES = 300, SIZE = 15 };
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(rng, 7);
    int covered = 0;
    for (int i = 0; i < SAMPLES; i++) {
        double values[SIZE];
        fill_normal(values, SIZE, rng);
        struct interval interval =
            statistics_median_interval(values, SIZE, (uint64_t)i + 1);
        covered += interval.low <= 100 && 100 <= interval.high;
    }
    /* Binomial with p = .95: 285 +- 3.8. The limits are more than four standard
     * deviations away. */
    cr_assert(covered >= 265 && covered <= 299, "%d of %d", covered, SAMPLES);
    gsl_rng_free(rng);
}

Test(statistics, the_interval_has_the_width_that_theory_gives) {
    enum { SAMPLES = 40, SIZE = 101 };
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    double width = 0;
    for (int i = 0; i < SAMPLES; i++) {
        double values[SIZE];
        fill_normal(values, SIZE, rng);
        struct interval interval =
            statistics_median_interval(values, SIZE, (uint64_t)i + 1);
        width += (interval.high - interval.low) / SAMPLES;
    }
    /* The median of n normal values has the standard error 1.2533 sigma / sqrt(n). */
    double expected = 2 * 1.96 * 1.2533 * 15 / sqrt(SIZE);
    cr_assert(width > 0.8 * expected && width < 1.25 * expected, "%g, expected %g",
              width, expected);
    gsl_rng_free(rng);
}

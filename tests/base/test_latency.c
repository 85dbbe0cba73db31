/* base/latency.c: the grammar, and draws that follow their distributions. */
#include "base/latency.h"
#include "base/clock.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DRAW_COUNT = 200000 };

static const struct latency fixed = {LATENCY_FIXED, 5 * NS_PER_S, 0};
static const struct latency uniform = {LATENCY_UNIFORM, 4 * NS_PER_S, 6 * NS_PER_S};
static const struct latency exponential = {LATENCY_EXPONENTIAL, 5 * NS_PER_S, 0};
static const struct latency lognormal = {LATENCY_LOGNORMAL, 55 * NS_PER_S,
                                         80 * NS_PER_S};

static void expect_same(struct latency a, struct latency b, const char *text) {
    cr_expect_eq(a.kind, b.kind, "'%s'", text);
    cr_expect_eq(a.first_ns, b.first_ns, "'%s'", text);
    cr_expect_eq(a.second_ns, b.second_ns, "'%s'", text);
}

static void expect_latency(const char *text, struct latency expected) {
    struct error error = {.kind = ERROR_NONE};
    struct latency latency;
    cr_expect(latency_parse(text, &latency, &error), "'%s': %s", text, error.message);
    expect_same(latency, expected, text);
}

static void expect_refusal(const char *text, const char *part) {
    struct error error = {.kind = ERROR_NONE};
    struct latency latency;
    cr_expect_not(latency_parse(text, &latency, &error), "'%s' was read", text);
    cr_expect_eq(error.kind, ERROR_INPUT, "'%s'", text);
    cr_expect_not_null(strstr(error.message, part), "'%s': %s", text, error.message);
}

Test(latency, a_duration_is_a_fixed_latency) {
    expect_latency("5s", fixed);
    expect_latency(" 5 s ", fixed);
    expect_latency("0s", (struct latency){LATENCY_FIXED, 0, 0});
}

Test(latency, every_distribution_is_read) {
    expect_latency("{uniform: {min: 4s, max: 6s}}", uniform);
    expect_latency("{exponential: {mean: 5s}}", exponential);
    expect_latency("{lognormal: {median: 55s, p99: 80s}}", lognormal);
}

Test(latency, keys_come_in_either_order) {
    expect_latency("{uniform: {max: 6s, min: 4s}}", uniform);
    expect_latency("{lognormal: {p99: 80s, median: 55s}}", lognormal);
}

Test(latency, spaces_do_not_matter) {
    expect_latency("{uniform:{min:4s,max:6s}}", uniform);
    expect_latency("  { uniform : { min : 4 s , max : 6 s } }  ", uniform);
}

Test(latency, a_parameter_may_have_several_units) {
    expect_latency("{exponential: {mean: 1h30min}}",
                   (struct latency){LATENCY_EXPONENTIAL, 5400 * NS_PER_S, 0});
}

Test(latency, the_limits_of_a_distribution_may_be_equal) {
    expect_latency("{uniform: {min: 5s, max: 5s}}",
                   (struct latency){LATENCY_UNIFORM, 5 * NS_PER_S, 5 * NS_PER_S});
    expect_latency("{lognormal: {median: 5s, p99: 5s}}",
                   (struct latency){LATENCY_LOGNORMAL, 5 * NS_PER_S, 5 * NS_PER_S});
}

Test(latency, a_text_that_is_no_latency_is_refused) {
    static const char *const texts[] = {
        "{}",
        "{",
        "{uniform}",
        "{uniform: }",
        "{uniform: {}}",
        "{uniform: {min: 4s}}",
        "{uniform: {max: 4s}}",
        "{uniform: {min: 4s, min: 6s}}",
        "{uniform: {min: 4s, max: 6s, max: 7s}}",
        "{uniform: {min: 4s, mean: 6s}}",
        "{uniform: {min: 4s; max: 6s}}",
        "{uniform: {min: 4s, max: 6s}",
        "{uniform: {min: 4s, max: 6s}}}",
        "{uniform: {min: 4s, max: 6s}} x",
        "{uniforms: {min: 4s, max: 6s}}",
        "{uniform {min: 4s, max: 6s}}",
        "{exponential: {mean: 5s, max: 6s}}",
        "{exponential: 5s}",
        "{lognormal: {median: 55s}}",
        "{normal: {mean: 5s}}",
        "uniform: {min: 4s, max: 6s}",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        expect_refusal(texts[i], "'");
    }
}

Test(latency, a_refusal_shows_the_forms) {
    expect_refusal("{normal: {mean: 5s}}", "{exponential: {mean: 5s}}");
}

Test(latency, a_bad_duration_in_it_is_named) {
    expect_refusal("{exponential: {mean: 5m}}", "unknown unit 'm'");
    expect_refusal("{uniform: {min: 4, max: 6s}}", "without a unit");
    expect_refusal("{uniform: {min: -4s, max: 6s}}", "'-4s'");
    expect_refusal("5", "without a unit");
}

Test(latency, limits_in_the_wrong_order_are_refused) {
    expect_refusal("{uniform: {min: 6s, max: 4s}}", "min that is not above max");
    expect_refusal("{lognormal: {median: 80s, p99: 55s}}", "p99");
    expect_refusal("{lognormal: {median: 0s, p99: 55s}}", "median above 0s");
}

Test(latency, rubbish_far_after_a_duration_is_refused) {
    char text[300];
    snprintf(text, sizeof text, "{exponential: {mean: 5s%150s}}", "rubbish");
    expect_refusal(text, "'");
}

Test(latency, a_written_latency_reads_back_the_same) {
    srandom(11);
    for (int i = 0; i < 5000; i++) {
        struct latency latency = {.kind = (enum latency_kind)(i % 4)};
        latency.first_ns = 1 + random() * (random() % 1000);
        if (latency.kind == LATENCY_UNIFORM || latency.kind == LATENCY_LOGNORMAL) {
            latency.second_ns = latency.first_ns + random();
        }
        char text[LATENCY_TEXT_BYTES];
        cr_assert_eq(latency_format(latency, text), text);
        expect_latency(text, latency);
    }
}

Test(latency, is_written_as_a_scenario_writes_it) {
    char text[LATENCY_TEXT_BYTES];
    cr_expect_str_eq(latency_format(fixed, text), "5 s");
    cr_expect_str_eq(latency_format(uniform, text), "{uniform: {min: 4 s, max: 6 s}}");
    cr_expect_str_eq(latency_format(exponential, text), "{exponential: {mean: 5 s}}");
    cr_expect_str_eq(latency_format(lognormal, text),
                     "{lognormal: {median: 55 s, p99: 80 s}}");
}

Test(latency, the_longest_text_fits_its_buffer) {
    char text[LATENCY_TEXT_BYTES];
    struct latency longest = {LATENCY_LOGNORMAL, INT64_MAX, INT64_MAX};
    expect_latency(latency_format(longest, text), longest);
}

Test(latency, a_fixed_one_draws_itself) {
    for (int i = 0; i < 100; i++) {
        cr_assert_eq(latency_draw(fixed, (uint64_t)i, i, i, LATENCY_SEND),
                     5 * NS_PER_S);
    }
}

Test(latency, the_same_request_always_draws_the_same) {
    struct latency all[] = {uniform, exponential, lognormal};
    for (int i = 0; i < 3; i++) {
        int64_t first_ns = latency_draw(all[i], 1, 2, 3, LATENCY_SEND);
        for (int other = 0; other < 100; other++) {
            latency_draw(all[i], 9, other, other, LATENCY_RESPONSE);
        }
        cr_expect_eq(latency_draw(all[i], 1, 2, 3, LATENCY_SEND), first_ns);
    }
}

Test(latency, every_argument_changes_the_draw) {
    struct latency all[] = {uniform, exponential, lognormal};
    for (int i = 0; i < 3; i++) {
        int64_t ns = latency_draw(all[i], 1, 2, 3, LATENCY_SEND);
        cr_expect_neq(latency_draw(all[i], 4, 2, 3, LATENCY_SEND), ns);
        cr_expect_neq(latency_draw(all[i], 1, 4, 3, LATENCY_SEND), ns);
        cr_expect_neq(latency_draw(all[i], 1, 2, 4, LATENCY_SEND), ns);
        cr_expect_neq(latency_draw(all[i], 1, 2, 3, LATENCY_RESPONSE), ns);
        cr_expect_neq(latency_draw(all[i], 1, 3, 2, LATENCY_SEND), ns, "swapped");
    }
}

static int compare_ns(const void *a, const void *b) {
    int64_t left = *(const int64_t *)a;
    int64_t right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

/* DRAW_COUNT draws, one for each request, sorted. The caller frees them. */
static int64_t *draw_sorted(struct latency latency, uint64_t seed) {
    int64_t *draws = malloc(DRAW_COUNT * sizeof *draws);
    cr_assert_not_null(draws);
    for (int i = 0; i < DRAW_COUNT; i++) {
        draws[i] = latency_draw(latency, seed, i / 40, i % 40, LATENCY_RESPONSE);
    }
    qsort(draws, DRAW_COUNT, sizeof *draws, compare_ns);
    return draws;
}

static double mean_of(const int64_t *draws) {
    double sum = 0;
    for (int i = 0; i < DRAW_COUNT; i++) {
        sum += (double)draws[i];
    }
    return sum / DRAW_COUNT;
}

/* Kolmogorov and Smirnov's test at the 0.001 level: the distance between the draws and
 * the distribution function `below`. */
static void expect_distribution(const int64_t *draws, double (*below)(double)) {
    double worst = 0;
    for (int i = 0; i < DRAW_COUNT; i++) {
        double expected = below((double)draws[i]);
        worst = fmax(worst, fabs(expected - (double)i / DRAW_COUNT));
        worst = fmax(worst, fabs(expected - (double)(i + 1) / DRAW_COUNT));
    }
    cr_expect_lt(worst, 1.95 / sqrt(DRAW_COUNT), "distance %g", worst);
}

static double uniform_below(double ns) {
    return (ns - 4e9) / 2e9;
}

static double exponential_below(double ns) {
    return 1 - exp(-ns / 5e9);
}

static double lognormal_below(double ns) {
    double sigma = log(80.0 / 55.0) / 2.3263478740408408;
    return erfc(-log(ns / 55e9) / sigma / sqrt(2)) / 2;
}

Test(latency, uniform_draws_are_uniform) {
    int64_t *draws = draw_sorted(uniform, 1);
    expect_distribution(draws, uniform_below);
    cr_expect_geq(draws[0], 4 * NS_PER_S);
    cr_expect_leq(draws[DRAW_COUNT - 1], 6 * NS_PER_S);
    cr_expect_float_eq(mean_of(draws), 5e9, 0.007e9);
    free(draws);
}

Test(latency, exponential_draws_are_exponential) {
    int64_t *draws = draw_sorted(exponential, 2);
    expect_distribution(draws, exponential_below);
    cr_expect_geq(draws[0], 0);
    cr_expect_float_eq(mean_of(draws), 5e9, 0.06e9);
    free(draws);
}

Test(latency, lognormal_draws_have_their_median_and_p99) {
    int64_t *draws = draw_sorted(lognormal, 3);
    expect_distribution(draws, lognormal_below);
    cr_expect_float_eq((double)draws[DRAW_COUNT / 2], 55e9, 0.15e9);
    cr_expect_float_eq((double)draws[DRAW_COUNT / 100 * 99], 80e9, 0.6e9);
    cr_expect_float_eq(mean_of(draws), latency_mean_ns(lognormal), 0.11e9);
    free(draws);
}

/* Pearson's coefficient of two series of standard scores. */
static double correlation(double (*score)(int index, int which)) {
    double sum = 0;
    for (int i = 0; i < DRAW_COUNT; i++) {
        sum += score(i, 0) * score(i, 1);
    }
    return sum / DRAW_COUNT;
}

static double standard(int64_t draw_ns) {
    return ((double)draw_ns - 5e9) / (2e9 / sqrt(12));
}

static double by_phase(int i, int which) {
    enum latency_phase phase = which ? LATENCY_RESPONSE : LATENCY_SEND;
    return standard(latency_draw(uniform, 1, i, 0, phase));
}

static double by_neighbour(int i, int which) {
    return standard(latency_draw(uniform, 1, i + which, 0, LATENCY_SEND));
}

static double by_round(int i, int which) {
    return standard(latency_draw(uniform, 1, i, which, LATENCY_SEND));
}

static double by_seed(int i, int which) {
    return standard(latency_draw(uniform, (uint64_t)which + 1, i, 0, LATENCY_SEND));
}

Test(latency, draws_that_differ_in_one_argument_are_independent) {
    double bound = 4.5 / sqrt(DRAW_COUNT);
    cr_expect_lt(fabs(correlation(by_phase)), bound);
    cr_expect_lt(fabs(correlation(by_neighbour)), bound);
    cr_expect_lt(fabs(correlation(by_round)), bound);
    cr_expect_lt(fabs(correlation(by_seed)), bound);
}

Test(latency, means_are_those_of_theory) {
    double sigma = log(80.0 / 55.0) / 2.3263478740408408;
    cr_expect_float_eq(latency_mean_ns(fixed), 5e9, 1);
    cr_expect_float_eq(latency_mean_ns(uniform), 5e9, 1);
    cr_expect_float_eq(latency_mean_ns(exponential), 5e9, 1);
    cr_expect_float_eq(latency_mean_ns(lognormal), 55e9 * exp(sigma * sigma / 2), 100);
}

Test(latency, no_draw_is_beyond_the_longest) {
    struct latency all[] = {fixed, uniform, exponential, lognormal};
    for (int i = 0; i < 4; i++) {
        double longest_ns = latency_longest_ns(all[i]);
        cr_expect_gt(longest_ns, 0);
        for (int conversation = 0; conversation < DRAW_COUNT; conversation++) {
            int64_t ns = latency_draw(all[i], 5, conversation, 0, LATENCY_SEND);
            cr_assert_leq((double)ns, longest_ns);
        }
    }
    cr_expect_float_eq(latency_longest_ns(fixed), 5e9, 1);
    cr_expect_float_eq(latency_longest_ns(uniform), 6e9, 1);
}

Test(latency, draws_fit_into_64_bits) {
    struct latency all[] = {
        {LATENCY_EXPONENTIAL, INT64_MAX, 0},
        {LATENCY_LOGNORMAL, 1, INT64_MAX},
        {LATENCY_LOGNORMAL, INT64_MAX, INT64_MAX},
        {LATENCY_UNIFORM, INT64_MAX, INT64_MAX},
    };
    for (int i = 0; i < 4; i++) {
        for (int conversation = 0; conversation < 2000; conversation++) {
            int64_t ns = latency_draw(all[i], 1, conversation, 0, LATENCY_SEND);
            cr_assert_geq(ns, 0, "distribution %d", i);
        }
    }
}

Test(latency, parameters_are_rounded_to_the_nearest_nanosecond) {
    expect_same(latency_rounded(LATENCY_UNIFORM, 1.4, 1.5),
                (struct latency){LATENCY_UNIFORM, 1, 2}, "rounded");
}

Test(latency, a_rounded_median_below_a_nanosecond_still_draws) {
    struct latency tiny = latency_rounded(LATENCY_LOGNORMAL, 0.4, 0.5);
    for (int conversation = 0; conversation < 100; conversation++) {
        int64_t ns = latency_draw(tiny, 1, conversation, 0, LATENCY_SEND);
        cr_assert(ns >= 0 && ns < 100);
    }
    cr_assert_lt(latency_mean_ns(tiny), 100);
}

Test(latency, rounded_parameters_fit_into_64_bits) {
    struct latency slow = latency_rounded(LATENCY_FIXED, 1e22, 0);
    cr_assert_eq(slow.first_ns, INT64_MAX);
}

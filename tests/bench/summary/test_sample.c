/* bench/summary/sample.c: one model's trials, picked out of a run's. */
#include "bench/summary/sample.h"
#include "tests/support/lecture.h"

#include <criterion/criterion.h>
#include <math.h>

static struct past_trials trials;

/* A trial of the 0th point in which some requests failed. */
static void add_incomplete(const char *model, int block, int64_t makespan_ms) {
    struct past_trial *trial =
        lecture_keep(&trials, lecture_trial(0, model, block, makespan_ms));
    lecture_tally(&trial->by_error, 2,
                  (struct tally_row[]){{EVENT_OK, 10}, {EVENT_TIMEOUT, 2}});
}

static void add_invalid(const char *model, int block, const char *reason) {
    lecture_keep_invalid(&trials, lecture_trial(0, model, block, 1), reason);
}

/* Both models twice, at two points, with one of each kind of trouble. */
static void add_all(void) {
    lecture_keep(&trials, lecture_trial(0, "a", 1, 100));
    lecture_keep(&trials, lecture_trial(0, "b", 1, 50));
    add_incomplete("a", 2, 7);
    lecture_keep(&trials, lecture_trial(1, "a", 1, 999));
    add_invalid("a", 3, "hung");
    lecture_keep(&trials, lecture_trial(0, "a", 4, 300));
    lecture_keep(&trials, lecture_trial(0, "b", 4, 100));
    add_invalid("a", 5, "hung");
    add_invalid("a", 6, "rows are missing");
}

static void leave(void) {
    past_trials_close(&trials);
}

TestSuite(sample, .fini = leave);

Test(sample, a_sample_has_the_trials_of_the_model_at_that_point) {
    struct sample sample;
    add_all();
    cr_assert(sample_open(&sample, &trials, 0, "a"));
    cr_expect_eq(sample.count, 2);
    cr_expect_eq(sample.incomplete, 1);
    cr_expect_eq(sample.invalid, 3);
    sample_close(&sample);
    cr_expect_eq(sample.count, 0);
    cr_assert(sample_open(&sample, &trials, 1, "a"));
    cr_expect_eq(sample.count, 1);
    sample_close(&sample);
    cr_assert(sample_open(&sample, &trials, 0, "c"));
    cr_expect_eq(sample.count + sample.incomplete + sample.invalid, 0);
    sample_close(&sample);
}

Test(sample, figures_use_only_the_complete_trials) {
    struct sample sample;
    add_all();
    cr_assert(sample_open(&sample, &trials, 0, "a"));
    cr_expect_eq(sample_take(&sample, TRIAL_MAKESPAN_NS, 1e-6), 2);
    cr_expect_float_eq(sample_median(&sample, TRIAL_MAKESPAN_NS, 1e-6), 200, 1e-9);
    cr_expect_float_eq(sample_incomplete_median(&sample, 1e-6), 7, 1e-9);
    sample_close(&sample);
}

Test(sample, a_figure_that_no_trial_knows_is_nan) {
    struct sample sample;
    add_all();
    cr_assert(sample_open(&sample, &trials, 0, "b"));
    cr_expect_eq(sample_take(&sample, TRIAL_PEAK_MEMORY_BYTES, 1), 0);
    cr_expect(isnan(sample_median(&sample, TRIAL_PEAK_MEMORY_BYTES, 1)));
    cr_expect(isnan(sample_incomplete_median(&sample, 1)));
    sample_close(&sample);
}

Test(sample, the_speedup_is_the_median_over_the_blocks) {
    struct sample own;
    struct sample baseline;
    add_all();
    trials.list[2].is_valid = false; /* the incomplete one */
    cr_assert(sample_open(&baseline, &trials, 0, "a"));
    cr_assert(sample_open(&own, &trials, 0, "b"));
    cr_expect_float_eq(sample_speedup(&own, &baseline), (2.0 + 3.0) / 2, 1e-9);
    cr_expect_float_eq(sample_speedup(&own, &own), 1, 1e-9);
    sample_close(&own);
    sample_close(&baseline);
}

Test(sample, no_model_is_compared_with_a_failed_baseline) {
    struct sample own;
    struct sample baseline;
    add_all();
    cr_assert(sample_open(&baseline, &trials, 0, "a"));
    cr_assert(sample_open(&own, &trials, 0, "b"));
    cr_expect(isnan(sample_speedup(&own, &baseline)));
    cr_expect(isnan(sample_speedup(&baseline, &own)));
    sample_close(&own);
    sample_close(&baseline);
}

Test(sample, without_a_common_block_there_is_no_ratio) {
    struct sample own;
    struct sample baseline;
    lecture_keep(&trials, lecture_trial(0, "a", 1, 100));
    lecture_keep(&trials, lecture_trial(0, "b", 2, 100));
    cr_assert(sample_open(&baseline, &trials, 0, "a"));
    cr_assert(sample_open(&own, &trials, 0, "b"));
    cr_expect(isnan(sample_speedup(&own, &baseline)));
    sample_close(&own);
    sample_close(&baseline);
}

Test(sample, requests_are_counted_in_the_incomplete_trials_too) {
    struct sample sample;
    add_all();
    cr_assert(sample_open(&sample, &trials, 0, "a"));
    struct tally by_error = {.rows = NULL};
    struct tally by_status = {.rows = NULL};
    cr_assert(sample_requests(&sample, &by_error, &by_status));
    cr_expect_eq(tally_of(&by_error, EVENT_TIMEOUT), 2);
    cr_expect_eq(tally_of(&by_error, EVENT_OK), 12 + 12 + 10);
    cr_expect_eq(tally_of(&by_status, 200), 3 * 12);
    tally_close(&by_error);
    tally_close(&by_status);
    sample_close(&sample);
}

Test(sample, each_reason_is_listed_once) {
    struct texts reasons = {.list = NULL};
    add_all();
    cr_assert(sample_reasons(&trials, 0, "a", &reasons));
    cr_assert_eq(reasons.count, 2);
    cr_expect_str_eq(reasons.list[0], "hung");
    cr_expect_str_eq(reasons.list[1], "rows are missing");
    texts_close(&reasons);
    cr_assert(sample_reasons(&trials, 0, "b", &reasons));
    cr_expect_eq(reasons.count, 0);
    texts_close(&reasons);
}

/* bench/summary/sample.c: one model's trials, picked out of a run's. */
#include "bench/summary/sample.h"
#include "tests/support/lecture.h"

#include <criterion/criterion.h>
#include <math.h>

/* A trial of the 0th point in which some requests failed. */
static json_t *incomplete_trial(const char *model, int block, json_int_t makespan_ms) {
    json_t *trial = lecture_trial(0, model, block, makespan_ms);
    json_object_set_new(json_object_get(trial, "requests"), "by_error",
                        json_pack("{s:i, s:i}", "ok", 10, "timeout", 2));
    return trial;
}

static json_t *invalid_trial(const char *model, int block, const char *reason) {
    json_t *trial = lecture_trial(0, model, block, 1);
    json_object_set_new(trial, "valid", json_false());
    json_object_set_new(trial, "reasons", json_pack("[s]", reason));
    return trial;
}

/* Both models twice, at two points, with one of each kind of trouble. */
static json_t *all_trials(void) {
    json_t *trials = json_array();
    json_array_append_new(trials, lecture_trial(0, "a", 1, 100));
    json_array_append_new(trials, lecture_trial(0, "b", 1, 50));
    json_array_append_new(trials, incomplete_trial("a", 2, 7));
    json_array_append_new(trials, lecture_trial(1, "a", 1, 999));
    json_array_append_new(trials, invalid_trial("a", 3, "hung"));
    json_array_append_new(trials, lecture_trial(0, "a", 4, 300));
    json_array_append_new(trials, lecture_trial(0, "b", 4, 100));
    json_array_append_new(trials, invalid_trial("a", 5, "hung"));
    json_array_append_new(trials, invalid_trial("a", 6, "rows are missing"));
    return trials;
}

Test(sample, its_trials_are_the_model_s_at_that_point) {
    struct sample sample;
    json_t *trials = all_trials();
    cr_assert(sample_open(&sample, trials, 0, "a"));
    cr_expect_eq(sample.count, 2);
    cr_expect_eq(sample.incomplete, 1);
    cr_expect_eq(sample.invalid, 3);
    sample_close(&sample);
    cr_expect_eq(sample.count, 0);
    cr_assert(sample_open(&sample, trials, 1, "a"));
    cr_expect_eq(sample.count, 1);
    sample_close(&sample);
    cr_assert(sample_open(&sample, trials, 0, "c"));
    cr_expect_eq(sample.count + sample.incomplete + sample.invalid, 0);
    sample_close(&sample);
    json_decref(trials);
}

Test(sample, figures_stand_on_the_complete_trials_alone) {
    struct sample sample;
    json_t *trials = all_trials();
    cr_assert(sample_open(&sample, trials, 0, "a"));
    cr_expect_eq(sample_take(&sample, "makespan_ns", 1e-6), 2);
    cr_expect_float_eq(sample_median(&sample, "makespan_ns", 1e-6), 200, 1e-9);
    cr_expect_float_eq(sample_incomplete_median(&sample, 1e-6), 7, 1e-9);
    sample_close(&sample);
    json_decref(trials);
}

Test(sample, a_field_that_no_trial_has_is_nan) {
    struct sample sample;
    json_t *trials = all_trials();
    cr_assert(sample_open(&sample, trials, 0, "b"));
    cr_expect_eq(sample_take(&sample, "no_such_field", 1), 0);
    cr_expect(isnan(sample_median(&sample, "no_such_field", 1)));
    cr_expect(isnan(sample_incomplete_median(&sample, 1)));
    sample_close(&sample);
    json_decref(trials);
}

Test(sample, it_is_faster_by_the_median_of_its_blocks) {
    struct sample own;
    struct sample baseline;
    json_t *trials = all_trials();
    json_array_remove(trials, 2); /* the incomplete one */
    cr_assert(sample_open(&baseline, trials, 0, "a"));
    cr_assert(sample_open(&own, trials, 0, "b"));
    cr_expect_float_eq(sample_speedup(&own, &baseline), (2.0 + 3.0) / 2, 1e-9);
    cr_expect_float_eq(sample_speedup(&own, &own), 1, 1e-9);
    sample_close(&own);
    sample_close(&baseline);
    json_decref(trials);
}

Test(sample, nobody_is_compared_with_what_failed) {
    struct sample own;
    struct sample baseline;
    json_t *trials = all_trials();
    cr_assert(sample_open(&baseline, trials, 0, "a"));
    cr_assert(sample_open(&own, trials, 0, "b"));
    cr_expect(isnan(sample_speedup(&own, &baseline)));
    cr_expect(isnan(sample_speedup(&baseline, &own)));
    sample_close(&own);
    sample_close(&baseline);
    json_decref(trials);
}

Test(sample, without_a_common_block_there_is_no_ratio) {
    struct sample own;
    struct sample baseline;
    json_t *trials = json_pack("[o, o]", lecture_trial(0, "a", 1, 100),
                               lecture_trial(0, "b", 2, 100));
    cr_assert(sample_open(&baseline, trials, 0, "a"));
    cr_assert(sample_open(&own, trials, 0, "b"));
    cr_expect(isnan(sample_speedup(&own, &baseline)));
    sample_close(&own);
    sample_close(&baseline);
    json_decref(trials);
}

Test(sample, requests_are_counted_in_the_incomplete_trials_too) {
    struct sample sample;
    json_t *trials = all_trials();
    cr_assert(sample_open(&sample, trials, 0, "a"));
    json_t *requests = sample_requests(&sample);
    cr_expect_eq(json_integer_value(json_object_get(requests, "failed")), 2);
    cr_expect_eq(json_integer_value(
                     json_object_get(json_object_get(requests, "by_error"), "timeout")),
                 2);
    cr_expect_eq(json_integer_value(json_object_get(requests, "ok")), 12 + 12 + 10);
    json_decref(requests);
    sample_close(&sample);
    json_decref(trials);
}

Test(sample, reasons_are_told_once) {
    json_t *trials = all_trials();
    json_t *reasons = sample_reasons(trials, 0, "a");
    cr_assert_eq(json_array_size(reasons), 2);
    cr_expect_str_eq(json_string_value(json_array_get(reasons, 0)), "hung");
    cr_expect_str_eq(json_string_value(json_array_get(reasons, 1)), "rows are missing");
    json_decref(reasons);
    reasons = sample_reasons(trials, 0, "b");
    cr_expect_eq(json_array_size(reasons), 0);
    json_decref(reasons);
    json_decref(trials);
}

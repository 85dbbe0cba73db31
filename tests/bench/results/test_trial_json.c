/* bench/results/trial_json.c: what a trial showed, in JSON. */
#include "bench/results/trial_json.h"
#include "tests/support/lecture.h"

#include <criterion/criterion.h>

static struct plan plan;

/* The object of a trial of the lecture's plan; the caller lets go of it. */
static json_t *object_of(const struct trial *trial, size_t index) {
    lecture_plan(&plan, "urls");
    json_t *object = trial_to_json(&plan, index, trial);
    cr_assert(object != NULL);
    return object;
}

Test(trial_json, it_says_which_of_the_plan_it_was) {
    struct trial trial = {.name = "0006-urls-x-1"};
    json_t *object = object_of(&trial, 5);
    const struct plan_point *point = &plan.points[0];
    cr_expect_eq(json_integer_value(json_object_get(object, "number")), 6);
    cr_expect_str_eq(json_string_value(json_object_get(object, "scenario")), "urls");
    cr_expect_str_eq(json_string_value(json_object_get(object, "model")),
                     point->entries[plan.trials[5].entry].model.name);
    cr_expect_eq(json_integer_value(json_object_get(object, "block")),
                 plan.trials[5].block);
    cr_expect_str_eq(json_string_value(json_object_get(object, "events")),
                     "events/0006-urls-x-1.csv");
    json_decref(object);
    plan_close(&plan);
}

Test(trial_json, what_is_not_known_is_null) {
    static const char *const keys[] = {"busy_ns",      "busy_sum_ns",
                                       "setup_ns",     "peak_memory_bytes",
                                       "peak_threads", "api_lateness_ns"};
    struct trial trial = {
        .figures = {.busy_ns = -1, .busy_sum_ns = -1, .lateness_ns = -1},
        .setup_ns = -1,
        .peak_memory_bytes = -1,
        .peak_threads = -1,
    };
    json_t *object = object_of(&trial, 0);
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        cr_expect(json_is_null(json_object_get(object, keys[i])), "%s", keys[i]);
    }
    json_decref(object);
    plan_close(&plan);
}

Test(trial_json, only_what_happened_is_counted_and_success_always) {
    struct trial trial = {.setup_ns = 0};
    trial.figures.requests_by_error[EVENT_TIMEOUT] = 12;
    trial.figures.requests_by_status[0] = 12;
    json_t *object = object_of(&trial, 0);
    json_t *expected = json_pack("{s:{s:i, s:i}, s:{s:i}}", "by_error", "ok", 0,
                                 "timeout", 12, "by_status", "0", 12);
    cr_expect(json_equal(json_object_get(object, "requests"), expected));
    json_decref(expected);
    json_decref(object);
    plan_close(&plan);
}

Test(trial_json, a_reason_makes_it_invalid) {
    struct trial trial = {.setup_ns = 0};
    json_t *object = object_of(&trial, 0);
    cr_expect(json_is_true(json_object_get(object, "valid")));
    json_decref(object);
    plan_close(&plan);
    validity_add(&trial.validity, "rows are missing: %d of 8", 1);
    object = object_of(&trial, 0);
    cr_expect(json_is_false(json_object_get(object, "valid")));
    cr_expect_str_eq(
        json_string_value(json_array_get(json_object_get(object, "reasons"), 0)),
        "rows are missing: 1 of 8");
    json_decref(object);
    plan_close(&plan);
}

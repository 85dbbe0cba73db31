/* bench/results/trial_json.c: a trial in JSON. */
#include "bench/results/trial_json.h"
#include "tests/support/lecture.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct plan plan;

/* The object of a trial of the lecture's plan; the caller releases it. */
static json_t *object_of(const struct trial *trial, size_t index) {
    lecture_plan(&plan, "urls");
    json_t *object = trial_to_json(&plan, index, trial);
    cr_assert(object != NULL);
    return object;
}

Test(trial_json, a_line_says_which_trial_of_the_plan_it_is) {
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

Test(trial_json, unknown_figures_are_null) {
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

Test(trial_json, only_kinds_that_occurred_are_counted_and_success_always) {
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

Test(trial_json, connections_that_were_opened_anew_are_counted_if_there_are_any) {
    struct trial trial = {.figures = {.reopened = 0}};
    for (int reopened = 0; reopened < 12; reopened += 6) {
        struct past_trial past;
        struct error error;
        trial.figures.reopened = reopened;
        json_t *object = object_of(&trial, 0);
        json_t *number =
            json_object_get(json_object_get(object, "requests"), "reopened");
        cr_expect_eq(number != NULL, reopened > 0);
        cr_expect_eq(json_integer_value(number), reopened);
        cr_expect(trial_from_json(&past, object, &error));
        cr_expect_eq(past.reopened, reopened);
        past_trial_close(&past);
        json_decref(object);
        plan_close(&plan);
    }
}

Test(trial_json, failed_requests_are_read_back_with_their_lines_and_without_urls) {
    static const char text[] = "# mine\nhttp://a/?key=1\n\nhttp://b/\n";
    struct trial trial = {.figures = {.first_failed = {.count = 2}}};
    struct past_trial past;
    struct error error;
    trial.figures.requests_by_error[EVENT_OK] = 5;
    trial.figures.requests_by_error[EVENT_STATUS] = 7;
    trial.figures.first_failed.list[0] =
        (struct failed_request){.error = EVENT_STATUS, .status = 404};
    trial.figures.first_failed.list[1] = (struct failed_request){
        .conversation = 1, .round = 2, .error = EVENT_STATUS, .status = 503};
    lecture_plan(&plan, "urls");
    cr_assert(url_file_parse(&plan.points[0].urls, "u", text, sizeof text - 1, &error));
    json_t *object = trial_to_json(&plan, 0, &trial);
    char *dumped = json_dumps(object, 0);
    cr_expect_null(strstr(dumped, "key=1"), "%s", dumped);
    free(dumped);
    cr_assert(trial_from_json(&past, object, &error), "%s", error.message);
    const struct failed_requests *failed = &past.first_failed;
    cr_assert_eq(failed->count, 2);
    cr_expect_eq(failed->total, 7);
    cr_expect_eq(failed->list[0].line, 2);
    cr_expect_eq(failed->list[0].status, 404);
    cr_expect_eq(failed->list[1].conversation, 1);
    cr_expect_eq(failed->list[1].round, 2);
    cr_expect_eq(failed->list[1].line, 4);
    cr_expect_eq(failed->list[1].error, EVENT_STATUS);
    json_decref(object);
    past_trial_close(&past);
    plan_close(&plan);
}

Test(trial_json, stderr_is_named_if_there_is_any_and_its_end_is_read_back) {
    struct trial trial = {.name = "0006-urls-x-1"};
    struct past_trial past;
    struct error error;
    json_t *object = object_of(&trial, 5);
    cr_expect_null(json_object_get(object, "stderr"));
    json_decref(object);
    plan_close(&plan);
    trial.has_stderr = true;
    trial.complaint.count = 2;
    strcpy(trial.complaint.list[0], "line 3");
    strcpy(trial.complaint.list[1], "NameError");
    object = object_of(&trial, 5);
    cr_assert(trial_from_json(&past, object, &error), "%s", error.message);
    cr_expect_str_eq(past.stderr_path, "events/0006-urls-x-1.stderr.txt");
    cr_assert_eq(past.stderr_end.count, 2);
    cr_expect_str_eq(past.stderr_end.list[0], "line 3");
    cr_expect_str_eq(past.stderr_end.list[1], "NameError");
    json_decref(object);
    past_trial_close(&past);
    plan_close(&plan);
}

Test(trial_json, a_reason_makes_the_trial_invalid) {
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

/* Reads a trial back; it is closed by the caller. */
static bool read_back(struct past_trial *past, const char *text, struct error *error) {
    json_error_t why;
    json_t *object = json_loads(text, JSON_DECODE_ANY, &why);
    cr_assert(object != NULL, "%s", why.text);
    bool ok = trial_from_json(past, object, error);
    json_decref(object);
    return ok;
}

Test(trial_json, a_trial_is_read_back_as_it_was_written) {
    struct past_trial past;
    struct error error;
    struct trial trial = {
        .name = "0006-urls-x-1",
        .figures = {.makespan_ns = 1150000003,
                    .busy_ns = 600000000,
                    .in_flight_peak = 12,
                    .lateness_ns = -1},
        .setup_ns = 2000000,
        .user_ns = 3,
        .system_ns = 4,
        .peak_memory_bytes = -1,
        .peak_threads = 13,
        .voluntary_switches = 5,
        .involuntary_switches = 6,
    };
    trial.figures.requests_by_error[EVENT_OK] = 11;
    trial.figures.requests_by_error[EVENT_TIMEOUT] = 1;
    trial.figures.requests_by_status[200] = 11;
    trial.figures.requests_by_status[0] = 1;
    validity_add(&trial.validity, "late");
    json_t *object = object_of(&trial, 5);
    cr_assert(trial_from_json(&past, object, &error), "%s", error.message);
    const struct plan_point *point = &plan.points[0];
    cr_expect(
        past_trial_is_of(&past, 0, point->entries[plan.trials[5].entry].model.name));
    cr_expect_eq(past.block, plan.trials[5].block);
    cr_expect_str_eq(past.events, "events/0006-urls-x-1.csv");
    cr_expect_not(past.is_valid);
    cr_assert_eq(past.reasons.count, 1);
    cr_expect_str_eq(past.reasons.list[0], "late");
    static const double figures[TRIAL_FIGURES] = {
        1150000003, 600000000, 2000000, 3, 4, NAN, 13, 5, 6, 12, NAN};
    for (int i = 0; i < TRIAL_FIGURES; i++) {
        cr_expect(isnan(figures[i]) ? isnan(past.figures[i])
                                    : past.figures[i] == figures[i],
                  "%d: %g", i, past.figures[i]);
    }
    cr_expect_eq(past_trial_failed(&past), 1);
    cr_expect_eq(tally_of(&past.by_error, EVENT_OK), 11);
    cr_expect_eq(tally_of(&past.by_error, EVENT_TIMEOUT), 1);
    cr_expect_eq(tally_of(&past.by_status, 200), 11);
    cr_expect_eq(tally_of(&past.by_status, 0), 1);
    past_trial_close(&past);
    json_decref(object);
    plan_close(&plan);
}

Test(trial_json, a_number_is_read_whether_it_has_decimals_or_not) {
    struct past_trial past;
    struct error error;
    cr_assert(read_back(&past, "{\"makespan_ns\": 3, \"busy_ns\": 0.25}", &error));
    cr_expect_eq(past.figures[TRIAL_MAKESPAN_NS], 3);
    cr_expect_eq(past.figures[TRIAL_BUSY_NS], 0.25);
    past_trial_close(&past);
}

Test(trial_json, a_missing_number_is_nan_and_a_missing_text_is_empty) {
    struct past_trial past;
    struct error error;
    cr_assert(read_back(&past,
                        "{\"makespan_ns\": \"3\", \"busy_ns\": null, \"setup_ns\": "
                        "true, \"model\": 3, \"events\": 3, \"reasons\": [3]}",
                        &error));
    cr_expect(isnan(past.figures[TRIAL_MAKESPAN_NS]));
    cr_expect(isnan(past.figures[TRIAL_BUSY_NS]));
    cr_expect(isnan(past.figures[TRIAL_SETUP_NS]));
    cr_expect(isnan(past.figures[TRIAL_USER_NS]));
    cr_expect_str_eq(past.model, "");
    cr_expect_null(past.events);
    cr_expect_eq(past.reasons.count, 0);
    past_trial_close(&past);
}

Test(trial_json, an_error_that_this_version_does_not_know_is_refused) {
    static const char *const texts[][2] = {
        {"[]", "a trial is an object"},
        {"{\"requests\": {\"by_error\": {\"ok\": 1, \"flood\": 2}}}",
         "by_error: this version does not know 'flood'"},
        {"{\"requests\": {\"by_status\": {\"2oo\": 2}}}",
         "by_status: this version does not know '2oo'"},
        {"{\"requests\": {\"by_status\": {\"\": 2}}}",
         "by_status: this version does not know ''"},
        {"{\"requests\": {\"by_status\": {\"1000\": 2}}}",
         "by_status: this version does not know '1000'"},
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct past_trial past;
        struct error error;
        cr_expect_not(read_back(&past, texts[i][0], &error));
        cr_expect_eq(error.kind, ERROR_INPUT);
        cr_expect_str_eq(error.message, texts[i][1]);
        past_trial_close(&past);
    }
}

/* bench/summary/json.c: the summary in the shape that the design promises; see also
 * docs/summary.schema.json, which the tests of the commands check. */
#include "bench/summary/json.h"
#include "base/clock.h"
#include "tests/support/summed.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static struct summed run;

/* The object of the first point; the caller releases the array. */
static const json_t *describe(json_t **array) {
    summed_point(&run);
    *array = summary_to_json(&run.summary);
    cr_assert_eq(json_array_size(*array), run.plan.point_count);
    return json_array_get(*array, 0);
}

static const json_t *model_of(const json_t *point, const char *name) {
    size_t i;
    json_t *model;
    json_array_foreach(json_object_get(point, "models"), i, model) {
        if (!strcmp(json_string_value(json_object_get(model, "name")), name)) {
            return model;
        }
    }
    cr_assert(false, "no model %s", name);
    return NULL;
}

static const json_t *at(const json_t *object, const char *path) {
    char copy[100];
    char *rest = NULL;
    snprintf(copy, sizeof copy, "%s", path);
    for (char *key = strtok_r(copy, ".", &rest); key;
         key = strtok_r(NULL, ".", &rest)) {
        object = json_object_get(object, key);
        cr_assert(object != NULL, "%s", path);
    }
    return object;
}

static double number(const json_t *object, const char *path) {
    const json_t *value = at(object, path);
    cr_assert(json_is_number(value), "%s", path);
    return json_number_value(value);
}

static const char *text(const json_t *object, const char *path) {
    const char *value = json_string_value(at(object, path));
    cr_assert(value != NULL, "%s", path);
    return value;
}

Test(summary_json, has_the_keys_that_the_design_promises) {
    static const char *const scenario_keys[] = {"name",    "title",  "conversations",
                                                "rounds",  "send_s", "response_s",
                                                "senders", "slots",  "speed"};
    static const char *const model_keys[] = {
        "name",
        "printed_s",
        "predicted.closed_form_s",
        "predicted.simulated_s",
        "predicted.busy_s",
        "measured.median_s",
        "measured.low_s",
        "measured.high_s",
        "measured.interval",
        "measured.trials",
        "measured.invalid",
        "measured.busy_s",
        "error_percent",
        "setup_s",
        "excess_us_per_request",
        "requests.ok",
        "requests.failed",
        "resources",
    };
    static const char *const claim_keys[] = {"model",       "printed_s", "source",
                                             "predicted_s", "holds",     "why"};
    json_t *array;
    summed_open(&run, "urls");
    summed_add(&run, 0, "threads", 1, 1150);
    const json_t *point = describe(&array);
    cr_assert_eq(number(point, "schema"), 1);
    for (size_t i = 0; i < sizeof scenario_keys / sizeof scenario_keys[0]; i++) {
        at(json_object_get(point, "scenario"), scenario_keys[i]);
    }
    for (size_t i = 0; i < sizeof model_keys / sizeof model_keys[0]; i++) {
        at(model_of(point, "threads"), model_keys[i]);
    }
    cr_assert_eq(json_array_size(at(point, "models")), 4);
    cr_assert_eq(json_array_size(at(point, "claims")), 2);
    for (size_t i = 0; i < sizeof claim_keys / sizeof claim_keys[0]; i++) {
        at(json_array_get(at(point, "claims"), 0), claim_keys[i]);
    }
    json_decref(array);
    summed_close(&run);
}

Test(summary_json, describes_its_scenario) {
    json_t *array;
    summed_open(&run, "chess");
    const json_t *scenario = at(describe(&array), "scenario");
    cr_assert_str_eq(text(scenario, "name"), "chess");
    cr_assert_str_eq(text(scenario, "title"),
                     "A chess exhibition, 24 boards, 30 pairs of moves");
    cr_assert_eq(number(scenario, "conversations"), 24);
    cr_assert_eq(number(scenario, "rounds"), 30);
    cr_assert_eq(number(scenario, "send_s"), 5);
    cr_assert_eq(number(scenario, "response_s"), 55);
    cr_assert_str_eq(text(scenario, "senders"), "1");
    cr_assert_eq(number(scenario, "slots"), 0);
    cr_assert_eq(number(scenario, "speed"), 1000);
    cr_assert(json_is_real(at(scenario, "send_s")));
    cr_assert(json_is_null(at(scenario, "url_file")));
    json_decref(array);
    summed_close(&run);
}

Test(summary_json, the_seed_is_the_plan_s) {
    json_t *array;
    summed_open(&run, "urls");
    run.plan.seed = 7;
    cr_expect_eq(json_integer_value(at(describe(&array), "scenario.seed")), 7);
    json_decref(array);
    summed_close(&run);
}

Test(summary_json, a_drawn_latency_is_given_by_its_mean) {
    json_t *array;
    summed_open(&run, "urls");
    struct scenario *scenario = &run.plan.points[0].scenario;
    scenario->send = (struct latency){LATENCY_UNIFORM, 4 * NS_PER_S, 8 * NS_PER_S};
    scenario->response = (struct latency){LATENCY_EXPONENTIAL, 7 * NS_PER_S, 0};
    const json_t *described = at(describe(&array), "scenario");
    cr_assert_float_eq(number(described, "send_s"), 6, 1e-9);
    cr_assert_float_eq(number(described, "response_s"), 7, 1e-9);
    cr_assert_str_eq(text(described, "send"), "{uniform: {min: 4 s, max: 8 s}}");
    json_decref(array);
    summed_close(&run);
}

Test(summary_json, fields_of_the_user_s_own_api_that_are_unknown_are_null) {
    static const char *const not_known[] = {"send_s",   "response_s", "send",
                                            "response", "senders",    "slots"};
    json_t *array;
    summed_open(&run, "urls");
    struct scenario *scenario = &run.plan.points[0].scenario;
    cr_assert(scenario_set_url_file(scenario, "a/own\xff.txt"));
    const json_t *point = describe(&array);
    for (size_t i = 0; i < sizeof not_known / sizeof not_known[0]; i++) {
        cr_expect(json_is_null(json_object_get(at(point, "scenario"), not_known[i])));
    }
    cr_expect_str_eq(text(point, "scenario.url_file"), "a/own?.txt");
    json_decref(array);
    summed_close(&run);
}

Test(summary_json, unknown_figures_are_null) {
    static const char *const empty[] = {"measured.median_s",
                                        "measured.low_s",
                                        "measured.high_s",
                                        "error_percent",
                                        "excess_us_per_request",
                                        "setup_s",
                                        "speedup",
                                        "predicted",
                                        "printed_s"};
    json_t *array;
    summed_open(&run, "urls");
    run.plan.points[0].entries[1].prediction.is_known = false;
    cr_assert_str_eq(run.plan.points[0].entries[1].model.name, "threads");
    summed_add(&run, 0, "threads", 1, 1150)->is_valid = false;
    summed_add(&run, 0, "sequential", 1, 7200);
    const json_t *point = describe(&array);
    for (size_t i = 0; i < sizeof empty / sizeof empty[0]; i++) {
        cr_assert(json_is_null(at(model_of(point, "threads"), empty[i])), "%s",
                  empty[i]);
    }
    cr_assert(
        json_is_null(at(model_of(point, "sequential"), "resources.peak_memory_bytes")));
    cr_assert(
        json_is_null(at(model_of(point, "thread-pool"), "predicted.closed_form_s")));
    json_decref(array);
    summed_close(&run);
}

Test(summary_json, counts_are_rounded_to_whole_numbers) {
    json_t *array;
    summed_open(&run, "urls");
    for (int block = 1; block <= 2; block++) {
        struct past_trial *trial = summed_add(&run, 0, "threads", block, 1150);
        trial->figures[TRIAL_PEAK_THREADS] = block;
    }
    const json_t *peak =
        at(model_of(describe(&array), "threads"), "resources.peak_threads");
    cr_expect(json_is_integer(peak));
    cr_expect_eq(json_integer_value(peak), 2); /* 1.5 */
    json_decref(array);
    summed_close(&run);
}

Test(summary_json, the_interval_has_its_name) {
    for (int trials = 5; trials <= 6; trials++) {
        json_t *array;
        summed_open(&run, "urls");
        for (int block = 1; block <= trials; block++) {
            summed_add(&run, 0, "threads", block, 1150 + block);
        }
        cr_expect_str_eq(
            text(model_of(describe(&array), "threads"), "measured.interval"),
            trials < 6 ? "range" : "bootstrap95");
        json_decref(array);
        summed_close(&run);
    }
}

Test(summary_json, requests_are_counted_by_name_and_status) {
    json_t *array;
    summed_open(&run, "urls");
    struct past_trial *trial = summed_add(&run, 0, "threads", 1, 1150);
    lecture_tally(&trial->by_error, 2,
                  (struct tally_row[]){{EVENT_STATUS, 3}, {EVENT_TIMEOUT, 9}});
    lecture_tally(&trial->by_status, 2, (struct tally_row[]){{503, 3}, {0, 9}});
    const json_t *requests = at(model_of(describe(&array), "threads"), "requests");
    char *dumped = json_dumps(requests, JSON_COMPACT);
    cr_expect_str_eq(dumped,
                     "{\"ok\":0,\"failed\":12,\"by_error\":{\"ok\":0,\"status\":"
                     "3,\"timeout\":9},\"by_status\":{\"503\":3,\"0\":9}}");
    free(dumped);
    json_decref(array);
    summed_close(&run);
}

Test(summary_json, connections_that_were_opened_anew_are_counted_if_there_are_any) {
    json_t *array;
    summed_open(&run, "urls");
    summed_add(&run, 0, "threads", 1, 1150);
    summed_add(&run, 0, "sequential", 1, 7200)->reopened = 7;
    const json_t *point = describe(&array);
    cr_expect_eq(number(model_of(point, "sequential"), "requests.reopened"), 7);
    cr_expect_null(
        json_object_get(at(model_of(point, "threads"), "requests"), "reopened"));
    json_decref(array);
    summed_close(&run);
}

Test(summary_json, claims_say_whether_they_hold) {
    json_t *array;
    summed_open(&run, "urls");
    const json_t *claims = at(describe(&array), "claims");
    cr_assert(json_is_true(at(json_array_get(claims, 0), "holds")));
    cr_assert(json_is_false(at(json_array_get(claims, 1), "holds")));
    cr_assert_eq(number(json_array_get(claims, 1), "printed_s"), 330);
    cr_assert_eq(number(json_array_get(claims, 1), "predicted_s"), 115);
    json_decref(array);
    summed_close(&run);
}

Test(summary_json, a_prediction_alone_has_nothing_measured) {
    struct error error;
    summed_open(&run, "chess");
    cr_assert(summary_make(&run.summary, &run.plan, NULL, &error));
    json_t *array = summary_to_json(&run.summary);
    const json_t *loop = model_of(json_array_get(array, 0), "event-loop");
    cr_assert_eq(json_object_size(loop), 3);
    cr_assert_eq(number(loop, "printed_s"), 3600);
    cr_assert_eq(number(loop, "predicted.simulated_s"), 3655);
    cr_assert_eq(number(loop, "predicted.busy_s"), 3600);
    json_decref(array);
    summed_close(&run);
}

Test(summary_json, is_the_same_from_the_same_trials) {
    json_t *array;
    json_t *again;
    summed_open(&run, "urls");
    for (int block = 1; block <= 10; block++) {
        summed_add(&run, 0, "threads", block, 1150 + block * block % 7);
    }
    describe(&array);
    describe(&again);
    cr_assert(json_equal(array, again));
    json_decref(again);
    json_decref(array);
    summed_close(&run);
}

/* bench/summary/summary.c: what the trials say, in the shape that the design promises.
 */
#include "base/clock.h"
#include "bench/summary/summary.h"
#include "tests/support/lecture.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

/* A run of a shipped scenario: its plan, its trials, its summary. */
struct run {
    struct plan plan;
    json_t *trials;
    json_t *summary;
};

static void begin(struct run *run, const char *scenario) {
    lecture_plan(&run->plan, scenario);
    run->trials = json_array();
    run->summary = NULL;
}

static json_t *add(struct run *run, json_t *trial) {
    cr_assert_eq(json_array_append_new(run->trials, trial), 0);
    return trial;
}

/* The summary of the scenario. */
static const json_t *sum_up(struct run *run) {
    run->summary = summary_make(&run->plan, run->trials);
    cr_assert_eq(json_array_size(run->summary), run->plan.point_count);
    return json_array_get(run->summary, 0);
}

static void end(struct run *run) {
    json_decref(run->summary);
    json_decref(run->trials);
    plan_close(&run->plan);
}

static const json_t *model_of(const json_t *scenario, const char *name) {
    size_t i;
    json_t *model;
    json_array_foreach(json_object_get(scenario, "models"), i, model) {
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

Test(summary, has_the_keys_that_the_design_promises) {
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
    struct run run;
    begin(&run, "urls");
    add(&run, lecture_trial(0, "threads", 1, 1150));
    const json_t *scenario = sum_up(&run);
    cr_assert_eq(number(scenario, "schema"), 1);
    for (size_t i = 0; i < sizeof scenario_keys / sizeof scenario_keys[0]; i++) {
        at(json_object_get(scenario, "scenario"), scenario_keys[i]);
    }
    for (size_t i = 0; i < sizeof model_keys / sizeof model_keys[0]; i++) {
        at(model_of(scenario, "threads"), model_keys[i]);
    }
    cr_assert_eq(json_array_size(at(scenario, "models")), 4);
    cr_assert_eq(json_array_size(at(scenario, "claims")), 2);
    for (size_t i = 0; i < sizeof claim_keys / sizeof claim_keys[0]; i++) {
        at(json_array_get(at(scenario, "claims"), 0), claim_keys[i]);
    }
    end(&run);
}

Test(summary, describes_its_scenario) {
    struct run run;
    begin(&run, "chess");
    const json_t *scenario = at(sum_up(&run), "scenario");
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
    end(&run);
}

Test(summary, a_drawn_latency_is_given_by_its_mean) {
    struct run run;
    begin(&run, "urls");
    struct scenario *scenario = &run.plan.points[0].scenario;
    scenario->send = (struct latency){LATENCY_UNIFORM, 4 * NS_PER_S, 8 * NS_PER_S};
    scenario->response = (struct latency){LATENCY_EXPONENTIAL, 7 * NS_PER_S, 0};
    const json_t *described = at(sum_up(&run), "scenario");
    cr_assert_float_eq(number(described, "send_s"), 6, 1e-9);
    cr_assert_float_eq(number(described, "response_s"), 7, 1e-9);
    cr_assert_str_eq(text(described, "send"), "{uniform: {min: 4 s, max: 8 s}}");
    end(&run);
}

Test(summary, holds_printed_and_predicted_side_by_side) {
    struct run run;
    begin(&run, "urls");
    const json_t *scenario = sum_up(&run);
    const json_t *loop = model_of(scenario, "event-loop");
    cr_assert_eq(number(loop, "printed_s"), 330);
    cr_assert_eq(number(loop, "predicted.closed_form_s"), 115);
    cr_assert_eq(number(loop, "predicted.simulated_s"), 115);
    cr_assert_eq(number(loop, "predicted.busy_s"), 60);
    const json_t *pool = model_of(scenario, "thread-pool");
    cr_assert(json_is_null(at(pool, "printed_s")));
    cr_assert(json_is_null(at(pool, "predicted.closed_form_s")));
    cr_assert_eq(number(pool, "predicted.simulated_s"), 195);
    end(&run);
}

Test(summary, scales_what_was_measured_back_to_the_scenario) {
    struct run run;
    begin(&run, "urls"); /* 100 times faster than life */
    add(&run, lecture_trial(0, "threads", 1, 1160));
    add(&run, lecture_trial(0, "threads", 2, 1150));
    add(&run, lecture_trial(0, "threads", 3, 1180));
    const json_t *threads = model_of(sum_up(&run), "threads");
    cr_assert_float_eq(number(threads, "measured.median_s"), 116, 1e-9);
    cr_assert_float_eq(number(threads, "measured.low_s"), 115, 1e-9);
    cr_assert_float_eq(number(threads, "measured.high_s"), 118, 1e-9);
    cr_assert_str_eq(text(threads, "measured.interval"), "range");
    cr_assert_eq(number(threads, "measured.trials"), 3);
    cr_assert_eq(number(threads, "measured.invalid"), 0);
    cr_assert_float_eq(number(threads, "measured.busy_s"), 60, 1e-9);
    end(&run);
}

Test(summary, gives_error_setup_and_excess) {
    struct run run;
    begin(&run, "urls");
    add(&run, lecture_trial(0, "threads", 1, 1173)); /* ideal: 1150 */
    const json_t *threads = model_of(sum_up(&run), "threads");
    cr_assert_float_eq(number(threads, "error_percent"), 2, 1e-9);
    cr_assert_float_eq(number(threads, "setup_s"), 0.002, 1e-12);
    cr_assert_float_eq(number(threads, "excess_us_per_request"), 23000.0 / 12, 1e-6);
    end(&run);
}

Test(summary, from_six_trials_on_the_interval_is_a_bootstrap) {
    struct run run;
    begin(&run, "urls");
    for (int block = 1; block <= 6; block++) {
        add(&run, lecture_trial(0, "threads", block, 1150 + block));
    }
    const json_t *measured = at(model_of(sum_up(&run), "threads"), "measured");
    cr_assert_str_eq(text(measured, "interval"), "bootstrap95");
    cr_assert_float_eq(number(measured, "median_s"), 115.35, 1e-9);
    cr_assert_leq(number(measured, "low_s"), 115.35);
    cr_assert_geq(number(measured, "high_s"), 115.35);
    end(&run);
}

Test(summary, counts_invalid_trials_and_leaves_them_out) {
    struct run run;
    begin(&run, "urls");
    add(&run, lecture_trial(0, "threads", 1, 1150));
    for (int block = 2; block <= 4; block++) {
        json_t *trial = add(&run, lecture_trial(0, "threads", block, 1));
        json_object_set_new(trial, "valid", json_false());
        json_array_append_new(json_object_get(trial, "reasons"),
                              json_string(block == 4 ? "late" : "rows are missing"));
    }
    const json_t *threads = model_of(sum_up(&run), "threads");
    cr_assert_eq(number(threads, "measured.trials"), 1);
    cr_assert_eq(number(threads, "measured.invalid"), 3);
    cr_assert_float_eq(number(threads, "measured.median_s"), 115, 1e-9);
    const json_t *reasons = at(threads, "invalid_reasons");
    cr_assert_eq(json_array_size(reasons), 2);
    cr_assert_str_eq(json_string_value(json_array_get(reasons, 0)), "rows are missing");
    cr_assert_str_eq(json_string_value(json_array_get(reasons, 1)), "late");
    end(&run);
}

Test(summary, a_model_without_a_valid_trial_has_no_figures) {
    struct run run;
    begin(&run, "urls");
    json_t *trial = add(&run, lecture_trial(0, "threads", 1, 1150));
    json_object_set_new(trial, "valid", json_false());
    const json_t *threads = model_of(sum_up(&run), "threads");
    cr_assert_eq(number(threads, "measured.trials"), 0);
    cr_assert_eq(number(threads, "measured.invalid"), 1);
    static const char *const empty[] = {
        "measured.median_s",     "measured.low_s", "measured.high_s", "error_percent",
        "excess_us_per_request", "setup_s",        "speedup"};
    for (size_t i = 0; i < sizeof empty / sizeof empty[0]; i++) {
        cr_assert(json_is_null(at(threads, empty[i])), "%s", empty[i]);
    }
    end(&run);
}

Test(summary, counts_failed_requests) {
    struct run run;
    begin(&run, "urls");
    for (int block = 1; block <= 2; block++) {
        json_t *trial = add(&run, lecture_trial(0, "threads", block, 1150));
        json_object_set_new(
            json_object_get(trial, "requests"), "by_error",
            json_pack("{s:i, s:i, s:i}", "ok", 9, "timeout", 2, "reset", 1));
    }
    const json_t *requests = at(model_of(sum_up(&run), "threads"), "requests");
    cr_assert_eq(number(requests, "ok"), 18);
    cr_assert_eq(number(requests, "failed"), 6);
    end(&run);
}

Test(summary, gives_resources_and_null_where_they_are_unknown) {
    struct run run;
    begin(&run, "urls");
    add(&run, lecture_trial(0, "threads", 1, 1150));
    const json_t *resources = at(model_of(sum_up(&run), "threads"), "resources");
    cr_assert_float_eq(number(resources, "user_s"), 0.003, 1e-12);
    cr_assert_float_eq(number(resources, "system_s"), 0.004, 1e-12);
    cr_assert(json_is_null(at(resources, "peak_memory_bytes")));
    cr_assert_eq(number(resources, "peak_threads"), 12);
    cr_assert_eq(number(resources, "voluntary_switches"), 50);
    cr_assert_eq(number(resources, "in_flight_peak"), 11);
    end(&run);
}

Test(summary, ratios_are_paired_by_their_blocks) {
    struct run run;
    begin(&run, "urls");
    const json_int_t base_ms[] = {7200, 8000, 14400};
    const json_int_t own_ms[] = {1200, 1000, 7200}; /* 6, 8 and 2 times faster */
    for (int block = 3; block >= 1; block--) {
        add(&run, lecture_trial(0, "sequential", block, base_ms[block - 1]));
    }
    for (int block = 1; block <= 3; block++) {
        add(&run, lecture_trial(0, "threads", block, own_ms[block - 1]));
    }
    const json_t *scenario = sum_up(&run);
    cr_assert_str_eq(text(scenario, "baseline"), "sequential");
    cr_assert_float_eq(number(model_of(scenario, "threads"), "speedup"), 6, 1e-9);
    cr_assert_float_eq(number(model_of(scenario, "sequential"), "speedup"), 1, 1e-9);
    end(&run);
}

Test(summary, models_that_share_no_block_have_no_ratio) {
    struct run run;
    begin(&run, "urls");
    add(&run, lecture_trial(0, "sequential", 1, 7200));
    add(&run, lecture_trial(0, "threads", 2, 1150));
    const json_t *threads = model_of(sum_up(&run), "threads");
    cr_assert(json_is_null(at(threads, "speedup")));
    end(&run);
}

Test(summary, without_sequential_the_first_model_is_the_baseline) {
    struct run run;
    begin(&run, "chess-clones");
    cr_assert_str_eq(text(sum_up(&run), "baseline"), "threads");
    end(&run);
}

Test(summary, judges_the_claims) {
    struct run run;
    begin(&run, "urls");
    const json_t *claims = at(sum_up(&run), "claims");
    const json_t *sequential = json_array_get(claims, 0);
    const json_t *loop = json_array_get(claims, 1);
    cr_assert_str_eq(text(sequential, "model"), "sequential");
    cr_assert(json_is_true(at(sequential, "holds")));
    cr_assert_str_eq(text(loop, "model"), "event-loop");
    cr_assert(json_is_false(at(loop, "holds")));
    cr_assert_eq(number(loop, "printed_s"), 330);
    cr_assert_eq(number(loop, "predicted_s"), 115);
    cr_assert_str_eq(text(loop, "source"), "Concurrent Code with Asyncio, lesson 7");
    cr_assert(strstr(text(loop, "why"), "5 s x 12 + 55 s") != NULL);
    end(&run);
}

Test(summary, a_prediction_alone_has_nothing_measured) {
    struct plan plan;
    lecture_plan(&plan, "chess");
    json_t *summary = summary_make(&plan, NULL);
    const json_t *loop = model_of(json_array_get(summary, 0), "event-loop");
    cr_assert_eq(json_object_size(loop), 3);
    cr_assert_eq(number(loop, "printed_s"), 3600);
    cr_assert_eq(number(loop, "predicted.simulated_s"), 3655);
    cr_assert_eq(number(loop, "predicted.busy_s"), 3600);
    json_decref(summary);
    plan_close(&plan);
}

Test(summary, a_model_that_is_not_predicted_has_null) {
    struct run run;
    begin(&run, "urls");
    run.plan.points[0].entries[1].prediction.is_known = false;
    const char *name = run.plan.points[0].entries[1].model.name;
    add(&run, lecture_trial(0, name, 1, 1150));
    const json_t *model = model_of(sum_up(&run), name);
    cr_assert(json_is_null(at(model, "predicted")));
    cr_assert(json_is_null(at(model, "error_percent")));
    cr_assert(json_is_null(at(model, "excess_us_per_request")));
    cr_assert_float_eq(number(model, "measured.median_s"), 115, 1e-9);
    end(&run);
}

Test(summary, trials_of_several_scenarios_are_told_apart) {
    struct run run;
    begin(&run, "urls");
    lecture_add(&run.plan, "urls-55");
    add(&run, lecture_trial(0, "threads", 1, 1150));
    add(&run, lecture_trial(1, "threads", 1, 3300));
    sum_up(&run);
    const json_t *first = model_of(json_array_get(run.summary, 0), "threads");
    const json_t *second = model_of(json_array_get(run.summary, 1), "threads");
    cr_assert_eq(number(first, "measured.trials"), 1);
    cr_assert_float_eq(number(first, "measured.median_s"), 115, 1e-9);
    cr_assert_float_eq(number(second, "measured.median_s"), 330, 1e-9);
    end(&run);
}

Test(summary, says_when_the_api_was_late_and_names_a_speed) {
    struct run run;
    begin(&run, "urls"); /* a request of 600 ms */
    json_t *trial = add(&run, lecture_trial(0, "threads", 1, 1150));
    json_object_set_new(trial, "api_lateness_ns", json_integer(12000000));
    const json_t *notes = at(sum_up(&run), "notes");
    cr_assert_eq(json_array_size(notes), 1);
    cr_assert_str_eq(json_string_value(json_array_get(notes, 0)),
                     "the mock API was 12000 us late, 2.0 % of a request, at 100 times "
                     "faster than life; this machine keeps --speed 50");
    end(&run);
}

Test(summary, a_lateness_of_one_percent_is_not_worth_a_word) {
    struct run run;
    begin(&run, "urls");
    json_t *trial = add(&run, lecture_trial(0, "threads", 1, 1150));
    json_object_set_new(trial, "api_lateness_ns", json_integer(6000000));
    cr_assert_eq(json_array_size(at(sum_up(&run), "notes")), 0);
    end(&run);
}

Test(summary, is_the_same_from_the_same_trials) {
    struct run run;
    begin(&run, "urls");
    for (int block = 1; block <= 10; block++) {
        add(&run, lecture_trial(0, "threads", block, 1150 + block * block % 7));
    }
    sum_up(&run);
    json_t *again = summary_make(&run.plan, run.trials);
    cr_assert(json_equal(run.summary, again));
    json_decref(again);
    end(&run);
}

/* A trial of the urls scenario in which so many of the 12 requests timed out. */
static json_t *incomplete_trial(const char *model, int block, int makespan_ms,
                                int timeouts) {
    json_t *trial = lecture_trial(0, model, block, makespan_ms);
    json_object_set_new(trial, "requests",
                        json_pack("{s:{s:i, s:i}, s:{s:i, s:i}}", "by_error", "ok",
                                  12 - timeouts, "timeout", timeouts, "by_status",
                                  "200", 12 - timeouts, "0", timeouts));
    return trial;
}

Test(summary, figures_stand_on_trials_in_which_every_request_succeeded) {
    struct run run;
    begin(&run, "urls");
    add(&run, incomplete_trial("threads", 1, 10, 12));
    add(&run, lecture_trial(0, "threads", 2, 1150));
    add(&run, incomplete_trial("threads", 3, 30, 1));
    const json_t *threads = model_of(sum_up(&run), "threads");
    cr_expect_float_eq(number(threads, "measured.median_s"), 115, 1e-9);
    cr_expect_float_eq(number(threads, "measured.low_s"), 115, 1e-9);
    cr_expect_float_eq(number(threads, "error_percent"), 0, 1e-9);
    cr_expect_eq(number(threads, "measured.trials"), 1);
    cr_expect_eq(number(threads, "measured.incomplete"), 2);
    cr_expect_eq(number(threads, "measured.invalid"), 0);
    cr_expect_float_eq(number(threads, "measured.incomplete_median_s"), 2, 1e-9);
    cr_expect_eq(number(threads, "requests.ok"), 23);
    cr_expect_eq(number(threads, "requests.failed"), 13);
    cr_expect_eq(number(threads, "requests.by_error.timeout"), 13);
    cr_expect_eq(number(threads, "requests.by_status.200"), 23);
    end(&run);
}

Test(summary, a_model_that_failed_is_never_compared) {
    static const int failures[][2] = {{1, 0}, {0, 1}, {12, 12}, {0, 0}};
    for (size_t i = 0; i < sizeof failures / sizeof failures[0]; i++) {
        struct run run;
        begin(&run, "urls");
        for (int block = 1; block <= 2; block++) { /* only the second has failures */
            int threads = block == 2 ? failures[i][0] : 0;
            int sequential = block == 2 ? failures[i][1] : 0;
            add(&run, incomplete_trial("threads", block, 1150, threads));
            add(&run, incomplete_trial("sequential", block, 7200, sequential));
        }
        const json_t *speedup = at(model_of(sum_up(&run), "threads"), "speedup");
        cr_expect_eq(json_is_null(speedup), i < 3, "case %zu", i);
        end(&run);
    }
}

Test(summary, a_claim_does_not_hold_where_requests_fail) {
    struct run run;
    begin(&run, "urls");
    struct plan_entry *entry = &run.plan.points[0].entries[0];
    entry->prediction.simulated.timed_out = 4;
    const json_t *summary = sum_up(&run);
    const json_t *claim = json_array_get(json_object_get(summary, "claims"), 0);
    cr_expect(json_is_false(json_object_get(claim, "holds")));
    cr_expect_str_eq(text(claim, "why"),
                     "720 s is not the time of this work: with this timeout 4 of its "
                     "requests fail");
    end(&run);
}

Test(summary, of_the_user_s_own_api_nothing_is_made_up) {
    static const char *const unknown[] = {"send_s",   "response_s", "send",
                                          "response", "senders",    "slots"};
    struct run run;
    begin(&run, "urls");
    struct scenario *scenario = &run.plan.points[0].scenario;
    cr_assert(scenario_set_url_file(scenario, "a/own\xff.txt"));
    const json_t *summary = sum_up(&run);
    for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++) {
        cr_expect(json_is_null(json_object_get(at(summary, "scenario"), unknown[i])));
    }
    cr_expect_str_eq(text(summary, "scenario.url_file"), "a/own?.txt");
    end(&run);
}

/* bench/commands/selection.c: a plan from scenarios and options. */
#include "bench/commands/selection.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct option_row *find_row(const struct option_row rows[],
                                         const char *name) {
    while (rows->name && strcmp(rows->name, name) != 0) {
        rows++;
    }
    return rows->name ? rows : NULL;
}

/* Makes a plan of one scenario with options, ended by NULL. Fails as
 * selection_make_plan() does. */
static bool make_plan(const char *scenario, const char *const options[][2],
                      struct plan *plan, struct error *error) {
    struct selection selection;
    struct option_row rows[SELECTION_OPTIONS];
    char name[200];
    selection_init(&selection);
    selection_options(rows, true);
    *plan = (struct plan){.points = NULL};
    for (int i = 0; options[i][0]; i++) {
        const struct option_row *row = find_row(rows, options[i][0]);
        cr_assert_not_null(row, "%s", options[i][0]);
        if (!row->set(&selection, row, options[i][1], error)) {
            return false;
        }
    }
    snprintf(name, sizeof name, "%s", scenario);
    return selection_make_plan(&selection, 1, (char *[]){name}, plan, error);
}

Test(selection, every_field_that_can_be_set_is_an_option) {
    struct option_row rows[SELECTION_OPTIONS];
    selection_options(rows, false);
    for (const struct scenario_field *field = scenario_fields; field->key; field++) {
        char option[64];
        snprintf(option, sizeof option, "%s", field->key);
        for (char *at = option; *at; at++) {
            *at = *at == '_' ? '-' : *at;
        }
        cr_expect_eq(find_row(rows, option) != NULL, field->argument != NULL, "%s",
                     option);
    }
    cr_expect_null(find_row(rows, "output"), "predict writes no run");
}

Test(selection, a_prediction_is_offered_only_what_changes_it) {
    static const char *const hidden[] = {"url-file", "connections", "blocks", "story"};
    struct option_row of_run[SELECTION_OPTIONS];
    struct option_row of_predict[SELECTION_OPTIONS];
    selection_options(of_run, true);
    selection_options(of_predict, false);
    for (const struct option_row *row = of_predict; row->name; row++) {
        bool is_hidden = false;
        for (size_t i = 0; i < sizeof hidden / sizeof hidden[0]; i++) {
            is_hidden = is_hidden || !strcmp(row->name, hidden[i]);
        }
        cr_expect_eq(row->help == NULL, is_hidden, "--%s", row->name);
        cr_expect_not_null(find_row(of_run, row->name)->help, "--%s", row->name);
    }
}

Test(selection, options_override_the_scenario) {
    static const char *const options[][2] = {{"conversations", "7"},
                                             {"send", "{uniform: {min: 1s, max: 2s}}"},
                                             {"senders", "unlimited"},
                                             {"blocks", "2"},
                                             {"models", "sequential,event-loop"},
                                             {NULL, NULL}};
    struct plan plan;
    struct error error = {.kind = ERROR_NONE};
    cr_assert(make_plan("urls", options, &plan, &error), "%s", error.message);
    const struct scenario *scenario = &plan.points[0].scenario;
    cr_expect_eq(scenario->conversations, 7);
    cr_expect_eq(scenario->send.kind, LATENCY_UNIFORM);
    cr_expect_eq(scenario->senders, SENDERS_UNLIMITED);
    cr_expect_eq(plan.points[0].entry_count, 2);
    cr_expect_eq(plan.trial_count, 4);
    plan_close(&plan);
}

Test(selection, claims_are_dropped_only_if_the_work_changes) {
    static const struct {
        const char *option;
        const char *value;
        size_t claims;
    } cases[] = {
        {"conversations", "13", 0}, {"send", "6s", 0},           {"timeout", "100s", 0},
        {"workers", "5", 0},        {"slots", "3", 0},           {"senders", "2", 0},
        {"conversations", "12", 2}, {"speed", "50", 2},          {"blocks", "1", 2},
        {"send", "5000ms", 2},      {"connections", "close", 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *const options[][2] = {{cases[i].option, cases[i].value},
                                          {NULL, NULL}};
        struct plan plan;
        struct error error = {.kind = ERROR_NONE};
        cr_assert(make_plan("urls", options, &plan, &error), "%s", error.message);
        cr_expect_eq(plan.points[0].scenario.claim_count, cases[i].claims, "--%s %s",
                     cases[i].option, cases[i].value);
        plan_close(&plan);
    }
}

/* The title of `urls` under these options. */
static void expect_title(const char *const options[][2], const char *title) {
    struct plan plan;
    struct error error = {.kind = ERROR_NONE};
    cr_assert(make_plan("urls", options, &plan, &error), "%s", error.message);
    cr_expect_str_eq(plan.points[0].scenario.title, title);
    plan_close(&plan);
}

Test(selection, the_title_says_what_was_changed) {
    expect_title((const char *const[][2]){{"speed", "50"}, {NULL, NULL}},
                 "12 URLs, 5 s to send, 55 s to answer");
    expect_title((const char *const[][2]){{"conversations", "12"}, {NULL, NULL}},
                 "12 URLs, 5 s to send, 55 s to answer");
    expect_title((const char *const[][2]){{"conversations", "200"}, {NULL, NULL}},
                 "urls, changed: conversations 200");
    expect_title((const char *const[][2]){{"rounds", "2"},
                                          {"response", "{uniform: {min: 1s, max: 2s}}"},
                                          {NULL, NULL}},
                 "urls, changed: rounds 2, response {uniform: {min: 1 s, max: 2 s}}");
}

Test(selection, equal_scenarios_are_told_apart_by_their_names) {
    struct selection selection;
    struct plan plan;
    struct error error = {.kind = ERROR_NONE};
    char *names[] = {(char *)"urls", (char *)"chess", (char *)"urls", (char *)"urls"};
    static const char *const expected[] = {"urls", "chess", "urls-2", "urls-3"};
    selection_init(&selection);
    cr_assert(selection_make_plan(&selection, 4, names, &plan, &error), "%s",
              error.message);
    for (size_t i = 0; i < 4; i++) {
        cr_expect_str_eq(plan.points[i].scenario.name, expected[i]);
        cr_expect_eq(plan.points[i].scenario.claim_count, 2);
    }
    plan_close(&plan);
}

Test(selection, a_long_name_is_told_apart_within_its_bytes) {
    struct selection selection;
    struct plan plan;
    struct error error = {.kind = ERROR_NONE};
    char path[] = "/tmp/simul-selection-XXXXXX";
    int fd = mkstemp(path);
    cr_assert_geq(fd, 0);
    dprintf(fd,
            "name: %063d\nconversations: 1\nrounds: 1\nsend: 1s\nresponse: 1s\n"
            "models: [sequential]\n",
            0);
    close(fd);
    selection_init(&selection);
    char named[sizeof path + 5];
    snprintf(named, sizeof named, "%s.yaml", path);
    cr_assert_eq(rename(path, named), 0);
    cr_assert(
        selection_make_plan(&selection, 2, (char *[]){named, named}, &plan, &error),
        "%s", error.message);
    unlink(named);
    cr_expect_eq(strlen(plan.points[1].scenario.name), 63);
    cr_expect_str_eq(plan.points[1].scenario.name + 61, "-2");
    plan_close(&plan);
}

Test(selection, a_bad_value_is_refused_before_a_scenario_is_read) {
    static const char *const options[][2] = {{"rounds", "many"}, {NULL, NULL}};
    struct plan plan;
    struct error error = {.kind = ERROR_NONE};
    cr_assert_not(make_plan("no-such-scenario", options, &plan, &error));
    cr_expect(strstr(error.message, "'many' is not a whole number") != NULL, "%s",
              error.message);
}

Test(selection, options_are_checked_together) {
    static const char *const options[][2] = {{"send-work", "cpu"}, {NULL, NULL}};
    struct plan plan;
    struct error error = {.kind = ERROR_NONE};
    cr_assert_not(make_plan("urls", options, &plan, &error));
    cr_expect_eq(error.kind, ERROR_INPUT);
    cr_expect_str_eq(error.message, "urls: 'send_work: cpu' needs 'senders: client'");
    plan_close(&plan);
}

Test(selection, without_a_scenario_it_names_one) {
    struct selection selection;
    struct plan plan;
    struct error error = {.kind = ERROR_NONE};
    selection_init(&selection);
    cr_assert_not(selection_make_plan(&selection, 0, NULL, &plan, &error));
    cr_expect_eq(error.kind, ERROR_INPUT);
    cr_expect(strstr(error.message, "'urls'") != NULL, "%s", error.message);
    plan_close(&plan);
}

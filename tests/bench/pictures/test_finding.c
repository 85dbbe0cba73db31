/* What pictures say of their numbers. */
#include "bench/pictures/finding.h"
#include "tests/support/lecture.h"
#include "bench/summary/summary.h"

#include <criterion/criterion.h>

struct row {
    const char *model;
    int makespan_ms; /* real, at speed 100; 0: its trial is invalid */
};

/* The summary of a shipped scenario with these models only. */
static json_t *sum_up(const char *scenario, const struct row rows[], size_t count) {
    struct plan plan;
    json_t *trials = json_array();
    lecture_plan(&plan, scenario);
    struct plan_point *point = &plan.points[0];
    size_t kept = 0;
    for (size_t i = 0; i < point->entry_count; i++) {
        for (size_t j = 0; j < count; j++) {
            if (!strcmp(point->entries[i].model.name, rows[j].model)) {
                point->entries[kept++] = point->entries[i];
            }
        }
    }
    point->entry_count = kept;
    for (size_t i = 0; i < count; i++) {
        json_t *trial = lecture_trial(0, rows[i].model, 1, rows[i].makespan_ms);
        if (rows[i].makespan_ms == 0) {
            json_object_set_new(trial, "valid", json_false());
        }
        json_array_append_new(trials, trial);
    }
    json_t *summary = summary_make(&plan, trials);
    plan_close(&plan);
    json_decref(trials);
    return summary;
}

static void expect_finding(const struct row rows[], size_t count, const char *speed,
                           const char *agreement) {
    json_t *summary = sum_up("urls", rows, count);
    char text[FINDING_BYTES];
    cr_expect_str_eq(finding_speed(json_array_get(summary, 0), text), speed, "%s",
                     text);
    cr_expect_str_eq(finding_agreement(json_array_get(summary, 0), text), agreement,
                     "%s", text);
    json_decref(summary);
}

Test(finding, it_says_what_not_standing_in_line_is_worth) {
    const struct row rows[] = {
        {"sequential", 7203}, {"threads", 1156}, {"event-loop", 1151}};
    expect_finding(rows, 3,
                   "Not standing in line: 115 s instead of 720 s, 6.3 times faster",
                   "Theory and measurement agree within 0.52 %; the printed 330 s does "
                   "not hold");
}

Test(finding, one_model_alone_is_not_compared) {
    const struct row sequential[] = {{"sequential", 7200}};
    const struct row loop[] = {{"event-loop", 1150}};
    expect_finding(sequential, 1, "One after the other: 12 requests take 720 s",
                   "Theory and measurement agree within 0.00 %");
    expect_finding(loop, 1, "event-loop: 12 requests take 115 s",
                   "Theory and measurement agree within 0.00 %; the printed 330 s does "
                   "not hold");
}

Test(finding, without_sequential_the_first_is_what_others_are_held_against) {
    const struct row rows[] = {{"threads", 2300}, {"event-loop", 1150}};
    expect_finding(
        rows, 2, "event-loop: 115 s instead of threads's 230 s, 2.0 times faster",
        "Measured differs from theory by up to 100 %; the printed 330 s does "
        "not hold");
}

Test(finding, what_is_slower_is_called_slower) {
    const struct row rows[] = {{"sequential", 7200}, {"threads", 9000}};
    expect_finding(rows, 2,
                   "Nobody is faster than sequential: 720 s, and threads is 1.2 times "
                   "slower",
                   "Measured differs from theory by up to 683 %");
}

Test(finding, a_hair_s_breadth_is_no_difference) {
    const struct row rows[] = {{"sequential", 7200}, {"threads", 7190}};
    expect_finding(rows, 2,
                   "It makes no difference: sequential takes 720 s, threads 719 s",
                   "Measured differs from theory by up to 525 %");
}

Test(finding, what_is_invalid_finds_nothing) {
    const struct row rows[] = {{"sequential", 0}, {"threads", 0}};
    expect_finding(rows, 2, "Nothing was measured", "Nothing was measured");
    const struct row one[] = {{"sequential", 0}, {"threads", 1150}};
    expect_finding(one, 2, "threads: 12 requests take 115 s",
                   "Theory and measurement agree within 0.00 %");
}

Test(finding, what_failed_is_not_compared) {
    struct plan plan;
    json_t *trials = json_array();
    char text[FINDING_BYTES];
    lecture_plan(&plan, "urls");
    json_array_append_new(trials, lecture_trial(0, "sequential", 1, 7200));
    json_array_append_new(trials, lecture_trial(0, "threads", 1, 100));
    json_array_append_new(trials, lecture_trial(0, "event-loop", 1, 1150));
    for (size_t i = 1; i < 3; i++) {
        json_t *requests = json_object_get(json_array_get(trials, i), "requests");
        json_object_set_new(json_object_get(requests, "by_error"), "timeout",
                            json_integer(3));
        json_t *summary = summary_make(&plan, trials);
        cr_expect_str_eq(finding_speed(json_array_get(summary, 0), text),
                         i == 1 ? "Not standing in line: 115 s instead of 720 s, 6.3 "
                                  "times faster"
                                : "One after the other: 12 requests take 720 s",
                         "%s", text);
        json_decref(summary);
    }
    json_array_remove(trials, 0);
    json_t *summary = summary_make(&plan, trials);
    cr_expect_str_eq(finding_speed(json_array_get(summary, 0), text),
                     "Requests failed: nothing is compared");
    json_decref(summary);
    json_decref(trials);
    plan_close(&plan);
}

Test(finding, of_equally_fast_ones_the_lecture_s_is_the_fastest) {
    const struct row equal[] = {
        {"sequential", 7200}, {"threads", 1150}, {"event-loop", 1153}};
    const struct row unequal[] = {
        {"sequential", 7200}, {"threads", 1150}, {"event-loop", 1190}};
    json_t *summary = sum_up("urls", equal, 3);
    const json_t *fastest = finding_fastest(json_array_get(summary, 0));
    cr_expect_eq(fastest, finding_model(json_array_get(summary, 0), "event-loop"));
    json_decref(summary);
    summary = sum_up("urls", unequal, 3);
    fastest = finding_fastest(json_array_get(summary, 0));
    cr_expect_eq(fastest, finding_model(json_array_get(summary, 0), "threads"));
    json_decref(summary);
}

Test(finding, without_a_prediction_the_speed_is_what_is_found) {
    const struct row rows[] = {{"sequential", 7200}, {"threads", 1150}};
    json_t *summary = sum_up("urls", rows, 2);
    json_t *scenario = json_array_get(summary, 0);
    char text[FINDING_BYTES];
    size_t i;
    json_t *model;
    json_array_foreach(json_object_get(scenario, "models"), i, model) {
        json_object_set_new(model, "predicted", json_null());
        json_object_set_new(model, "error_percent", json_null());
    }
    cr_expect_str_eq(finding_agreement(scenario, text),
                     "Not standing in line: 115 s instead of 720 s, 6.3 times faster");
    json_decref(summary);
}

Test(finding, the_setting_is_the_table_s_and_the_subject_says_how_it_was_run) {
    const struct row rows[] = {{"sequential", 7200}};
    json_t *summary = sum_up("urls", rows, 1);
    char text[FINDING_BYTES];
    cr_expect_str_eq(finding_setting(json_array_get(summary, 0), text),
                     "urls: 12 conversations x 1 round, send 5 s, response 55 s, one "
                     "sender",
                     "%s", text);
    cr_expect_str_eq(
        finding_subject(json_array_get(summary, 0), text),
        "12 URLs, 5 s to send, 55 s to answer; 100 times faster than life, "
        "one trial each",
        "%s", text);
    json_decref(summary);
}

Test(finding, a_title_does_not_decide_the_story) {
    struct scenario scenario;
    scenario_init(&scenario);
    strcpy(scenario.name, "chess");
    strcpy(scenario.title, "A chess exhibition");
    cr_expect_str_eq(story_of(&scenario)->sender, "sender");
}

Test(finding, chess_has_a_story_of_its_own) {
    static const char *const senders[][2] = {{"urls", "sender"},
                                             {"chess", "master"},
                                             {"chess-12", "master"},
                                             {"chess-clones", "master"}};
    for (size_t i = 0; i < sizeof senders / sizeof senders[0]; i++) {
        struct plan plan;
        lecture_plan(&plan, senders[i][0]);
        cr_expect_str_eq(story_of(&plan.points[0].scenario)->sender, senders[i][1]);
        plan_close(&plan);
    }
}

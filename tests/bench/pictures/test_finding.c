/* bench/pictures/finding.c: titles that are made from numbers. */
#include "bench/pictures/finding.h"
#include "tests/support/summed.h"

#include <criterion/criterion.h>

struct row {
    const char *model;
    int makespan_ms; /* real, at speed 100; 0: its trial is invalid */
};

static struct summed run;

/* Sums up a shipped scenario with these models only; leave() closes it. */
static const struct summary_point *sum_up(const char *scenario, const struct row rows[],
                                          size_t count) {
    summed_open(&run, scenario);
    struct plan_point *point = &run.plan.points[0];
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
        summed_add(&run, 0, rows[i].model, 1, rows[i].makespan_ms)->is_valid =
            rows[i].makespan_ms > 0;
    }
    return summed_point(&run);
}

static void expect_finding(const struct row rows[], size_t count, const char *speed,
                           const char *agreement) {
    const struct summary_point *point = sum_up("urls", rows, count);
    char text[FINDING_BYTES];
    cr_expect_str_eq(finding_speed(point, text), speed, "%s", text);
    cr_expect_str_eq(finding_agreement(point, text), agreement, "%s", text);
    summed_close(&run);
}

Test(finding, the_title_says_how_much_faster_the_fastest_model_is) {
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

Test(finding, without_sequential_the_first_model_is_the_baseline) {
    const struct row rows[] = {{"threads", 2300}, {"event-loop", 1150}};
    expect_finding(
        rows, 2, "event-loop: 115 s instead of 230 s with threads, 2.0 times faster",
        "Measured differs from theory by up to 100 %; the printed 330 s does "
        "not hold");
}

Test(finding, a_slower_model_is_called_slower) {
    const struct row rows[] = {{"sequential", 7200}, {"threads", 9000}};
    expect_finding(
        rows, 2,
        "No model is faster than sequential: 720 s, and threads is 1.2 times "
        "slower",
        "Measured differs from theory by up to 683 %");
}

Test(finding, a_tiny_difference_is_no_difference) {
    const struct row rows[] = {{"sequential", 7200}, {"threads", 7190}};
    expect_finding(rows, 2,
                   "It makes no difference: sequential takes 720 s, threads 719 s",
                   "Measured differs from theory by up to 525 %");
}

Test(finding, models_that_are_predicted_alike_differ_by_chance) {
    char text[FINDING_BYTES];
    summed_open(&run, "urls-client"); /* threads; event-loop: 60 s and 115 s */
    struct plan_point *point = &run.plan.points[0];
    for (size_t i = 0; i < point->entry_count; i++) {
        point->entries[i].prediction = point->entries[0].prediction;
    }
    summed_add(&run, 0, "sequential", 1, 7300);
    summed_add(&run, 0, "event-loop", 1, 7000);
    cr_expect_str_eq(finding_speed(summed_point(&run), text),
                     "It makes no difference: sequential takes 730 s, event-loop 700 s",
                     "%s", text);
    summed_close(&run);
}

Test(finding, an_invalid_run_has_no_finding) {
    const struct row rows[] = {{"sequential", 0}, {"threads", 0}};
    expect_finding(rows, 2, "Nothing was measured", "Nothing was measured");
    const struct row one[] = {{"sequential", 0}, {"threads", 1150}};
    expect_finding(one, 2, "threads: 12 requests take 115 s",
                   "Theory and measurement agree within 0.00 %");
}

Test(finding, a_model_with_a_failed_request_is_not_compared) {
    char text[FINDING_BYTES];
    summed_open(&run, "urls");
    summed_add(&run, 0, "sequential", 1, 7200);
    summed_add(&run, 0, "threads", 1, 100);
    summed_add(&run, 0, "event-loop", 1, 1150);
    for (size_t i = 1; i < 3; i++) {
        cr_assert(tally_add(&run.trials.list[i].by_error, EVENT_TIMEOUT, 3));
        cr_expect_str_eq(finding_speed(summed_point(&run), text),
                         i == 1 ? "Not standing in line: 115 s instead of 720 s, 6.3 "
                                  "times faster"
                                : "One after the other: 12 requests take 720 s",
                         "%s", text);
    }
    run.trials.list[0].point = 1; /* not this one's any more */
    cr_expect_str_eq(finding_speed(summed_point(&run), text),
                     "Requests failed: nothing is compared");
    summed_close(&run);
}

Test(finding, of_equally_fast_models_the_lecture_s_is_the_fastest) {
    const struct row equal[] = {
        {"sequential", 7200}, {"threads", 1150}, {"event-loop", 1153}};
    const struct row unequal[] = {
        {"sequential", 7200}, {"threads", 1150}, {"event-loop", 1190}};
    cr_expect_str_eq(finding_fastest(sum_up("urls", equal, 3))->name, "event-loop");
    summed_close(&run);
    cr_expect_str_eq(finding_fastest(sum_up("urls", unequal, 3))->name, "threads");
    summed_close(&run);
}

Test(finding, without_a_prediction_the_finding_is_the_speed) {
    char text[FINDING_BYTES];
    summed_open(&run, "urls");
    for (size_t i = 0; i < run.plan.points[0].entry_count; i++) {
        run.plan.points[0].entries[i].prediction.is_known = false;
    }
    summed_add(&run, 0, "sequential", 1, 7200);
    summed_add(&run, 0, "threads", 1, 1150);
    cr_expect_str_eq(finding_agreement(summed_point(&run), text),
                     "Not standing in line: 115 s instead of 720 s, 6.3 times faster");
    summed_close(&run);
}

Test(finding, the_setting_is_the_table_s_and_the_pace_has_the_trials) {
    const struct row rows[] = {{"sequential", 7200}};
    const struct summary_point *point = sum_up("urls", rows, 1);
    char text[FINDING_BYTES];
    cr_expect_str_eq(finding_setting(point, text),
                     "urls: 12 conversations x 1 round, send 5 s, response 55 s, one "
                     "sender",
                     "%s", text);
    cr_expect_str_eq(finding_pace(point, text),
                     "100 times faster than life, one trial each", "%s", text);
    strcpy(run.plan.points[0].scenario.title, "Before the holidays");
    cr_expect_str_eq(finding_pace(point, text),
                     "Before the holidays; 100 times faster than life, one trial each",
                     "%s", text);
    summed_close(&run);
}

Test(finding, the_setting_has_the_timeout_and_short_decimals) {
    const struct row rows[] = {{"sequential", 7200}};
    const struct summary_point *point = sum_up("urls-330", rows, 1);
    char text[FINDING_BYTES];
    run.plan.points[0].scenario.timeout_ns = INT64_C(70000000000);
    cr_expect_str_eq(finding_setting(point, text),
                     "urls-330: 12 conversations x 1 round, send 24.55 s, response "
                     "35.45 s, one sender, timeout 70 s",
                     "%s", text);
    summed_close(&run);
}

Test(finding, hours_become_an_hour_and_a_figure_that_is_nearly_right_is_no_headline) {
    char text[FINDING_BYTES];
    summed_open(&run, "chess"); /* at speed 1000; printed: 12 h and 1 h */
    summed_add(&run, 0, "sequential", 1, 43418);
    summed_add(&run, 0, "event-loop", 1, 3656);
    const struct summary_point *point = summed_point(&run);
    cr_expect_str_eq(finding_speed(point, text),
                     "From board to board: 12 h become 1 h, 11.9 times faster", "%s",
                     text);
    cr_expect_str_eq(finding_agreement(point, text),
                     "12 h become 1 h; theory and measurement agree within 0.50 %",
                     "%s", text);
    summed_close(&run);
}

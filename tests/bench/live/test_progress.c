/* bench/live/progress.c: the line for each trial. */
#include "bench/live/progress.h"
#include "tests/support/lecture.h"

#include <criterion/criterion.h>

static struct plan plan;

static void open_plan(void) {
    lecture_plan(&plan, "urls");
}

static void close_plan(void) {
    plan_close(&plan);
}

TestSuite(progress, .init = open_plan, .fini = close_plan);

/* The trial of a model in the first block. */
static size_t index_of(const char *model) {
    size_t i = 0;
    while (strcmp(plan.points[0].entries[plan.trials[i].entry].model.name, model)) {
        i++;
        cr_assert_lt(i, plan.trial_count);
    }
    return i;
}

static void expect(size_t index, const struct trial *trial, const char *rest) {
    char text[PROGRESS_BYTES];
    char expected[PROGRESS_BYTES];
    progress_line(&plan, index, trial, text);
    snprintf(expected, sizeof expected, "[%zu/%zu] urls, block 1, %s", index + 1,
             plan.trial_count, rest);
    cr_expect_str_eq(text, expected, "%s", text);
}

Test(progress, a_trial_is_shown_in_the_scenario_s_seconds) {
    struct trial trial = {.figures = {.makespan_ns = 1151000000}};
    expect(index_of("event-loop"), &trial, "event-loop: 115.1 s (predicted 115.0 s)");
}

Test(progress, without_a_prediction_none_is_shown) {
    size_t index = index_of("threads");
    struct trial trial = {.figures = {.makespan_ns = 1151000000}};
    plan.points[0].entries[plan.trials[index].entry].prediction.is_known = false;
    expect(index, &trial, "threads: 115.1 s");
}

Test(progress, an_invalid_one_says_why) {
    struct trial trial = {.figures = {.makespan_ns = 1}};
    validity_add(&trial.validity, "a row is missing");
    validity_add(&trial.validity, "and more");
    expect(index_of("threads"), &trial, "threads: invalid: a row is missing");
}

Test(progress, a_place_is_the_beginning_of_the_line) {
    char place[PROGRESS_BYTES];
    progress_place(&plan, 0, place);
    char expected[PROGRESS_BYTES];
    snprintf(expected, sizeof expected, "[1/%zu] urls, block 1, ", plan.trial_count);
    cr_expect_str_eq(place, expected);
}

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
    expect(index_of("event-loop"), &trial,
           "event-loop: 115.1 s (predicted 115.0 s, 1 min "
           "55 s)");
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

Test(progress, a_minute_and_more_is_said_as_people_say_it) {
    static const struct {
        double seconds;
        const char *text;
    } rows[] = {{59.0, " (predicted 59.0 s)"},
                {720.0, " (predicted 720.0 s, 12 min)"},
                {3655.0, " (predicted 3655.0 s, 1 h 0 min 55 s)"},
                {43200.0, " (predicted 43200.0 s, 12 h)"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[PROGRESS_PREDICTED_BYTES];
        cr_expect_eq(progress_predicted(rows[i].seconds, text), strlen(text));
        cr_expect_str_eq(text, rows[i].text);
    }
}

Test(progress, a_long_trial_says_how_far_it_is) {
    size_t index = index_of("sequential");
    struct lanes lanes = {.setup = {.predicted_ns = 7200 * NS_PER_MS},
                          .start_ns = NS_PER_S,
                          .now_ns = 4 * NS_PER_S,
                          .answered = 5};
    char text[PROGRESS_BYTES];
    progress_now(&plan, index, &lanes, text);
    cr_expect_str_eq(strstr(text, "sequential"),
                     "sequential: at 300.0 s of 720.0 s, 5 of 12 requests answered");
    lanes.is_blind = true;
    lanes.setup.predicted_ns = 0;
    progress_now(&plan, index, &lanes, text);
    cr_expect_str_eq(strstr(text, "sequential"), "sequential: at 300.0 s");
}

/* The rest of a trial that has run so long, and of those after it. */
static void expect_left(const struct estimate *estimate, size_t index,
                        int64_t elapsed_ns, const char *expected) {
    char text[PROGRESS_BYTES];
    progress_left(estimate, index, elapsed_ns, text);
    cr_expect_str_eq(text, expected, "%zu: %s", index, text);
}

Test(progress, the_time_that_is_left_is_real_time) {
    struct estimate estimate;
    struct error error = {.kind = ERROR_NONE};
    cr_assert(estimate_open(&estimate, &plan, &error));
    for (size_t i = 0; i < plan.trial_count; i++) {
        estimate.trial_ns[i] = 10 * NS_PER_S;
    }
    size_t last = plan.trial_count - 1;
    expect_left(&estimate, last - 3, 0, "about 40 s left");
    expect_left(&estimate, last - 3, 3 * NS_PER_S, "about 37 s left");
    expect_left(&estimate, last - 3, 60 * NS_PER_S, "about 30 s left");
    expect_left(&estimate, last, 7 * NS_PER_S, ""); /* too short to be read */
    estimate.trial_ns[last] = 3000 * NS_PER_S;
    expect_left(&estimate, last - 1, INT64_MAX, "about 50 min left");
    estimate.trial_ns[last] = -1;
    expect_left(&estimate, last - 1, 0, "");
    expect_left(NULL, 0, 0, "");
    estimate_close(&estimate);
}

/* bench/summary/claims.c: printed figures are judged, with a reason. */
#include "base/clock.h"
#include "bench/summary/claims.h"
#include "tests/support/lecture.h"

#include <criterion/criterion.h>
#include <string.h>

/* Judges a claim about a shipped scenario. */
static struct verdict judge(const char *scenario, const char *model,
                            int64_t printed_s) {
    struct plan plan;
    struct verdict verdict;
    struct claim claim = {(char *)model, printed_s * NS_PER_S, (char *)"a book"};
    lecture_plan(&plan, scenario);
    cr_assert(claim_judge(&plan, &plan.points[0], &claim, &verdict));
    plan_close(&plan);
    return verdict;
}

static void assert_says(const char *why, const char *const words[]) {
    for (int i = 0; words[i]; i++) {
        cr_assert(strstr(why, words[i]) != NULL, "'%s' is not in '%s'", words[i], why);
    }
}

Test(claims, the_printed_720_s_are_true) {
    struct verdict verdict = judge("urls", "sequential", 720);
    cr_assert(verdict.holds);
    cr_assert_eq(verdict.predicted_ns, 720 * NS_PER_S);
    cr_assert_str_eq(verdict.why, "720 s = (5 s + 55 s) x 12");
}

Test(claims, the_printed_330_s_do_not_follow_and_the_reason_names_what_would) {
    struct verdict verdict = judge("urls", "event-loop", 330);
    cr_assert_not(verdict.holds);
    cr_assert_eq(verdict.predicted_ns, 115 * NS_PER_S);
    assert_says(verdict.why,
                (const char *[]){"330 s", "5 s x 12 + 55 s", "115 s",
                                 "55 conversations", "urls-55", "urls-330", NULL});
}

Test(claims, the_printed_330_s_hold_for_55_urls) {
    struct verdict verdict = judge("urls-55", "event-loop", 330);
    cr_assert(verdict.holds);
    cr_assert_str_eq(verdict.why, "330 s = 5 s x 55 + 55 s");
}

Test(claims, both_printed_figures_hold_for_one_pair_of_latencies) {
    cr_assert(judge("urls-330", "sequential", 720).holds);
    cr_assert(judge("urls-330", "event-loop", 330).holds);
}

/* Judges a claim about sequential and so many requests that take 0.1 s each. */
static struct verdict judge_measured(int32_t conversations, int32_t rounds,
                                     int64_t printed_ms) {
    struct plan plan;
    struct verdict verdict;
    struct error error = {.kind = ERROR_NONE};
    struct claim claim = {(char *)"sequential", printed_ms * NS_PER_MS, (char *)"me"};
    lecture_plan(&plan, "urls");
    struct plan_point *point = &plan.points[0];
    struct plan_entry *entry = &point->entries[0];
    point->scenario.conversations = conversations;
    point->scenario.rounds = rounds;
    point->scenario.send.first_ns = 0;
    point->scenario.response.first_ns = 100 * NS_PER_MS;
    cr_assert(predict(&point->scenario, &entry->model, &plan.processors, 1,
                      &entry->prediction, &error));
    cr_assert(claim_judge(&plan, point, &claim, &verdict));
    plan_close(&plan);
    return verdict;
}

Test(claims, a_figure_a_little_above_the_ideal_is_taken_as_measured) {
    static const struct {
        int32_t conversations;
        int32_t rounds;
        int64_t printed_ms;
        const char *why;
    } rows[] = {
        {1000, 1, 109000,
         "109 s is 9.0 s more than the ideal of 100 s, 9.0 ms a request"},
        {10, 100, 109000,
         "109 s is 9.0 s more than the ideal of 100 s, 9.0 ms a request"},
        {1000, 1, 100200,
         "100.2 s is 200 ms more than the ideal of 100 s, 200 us a request"},
        {10, 1, 1250, "1.25 s is 250 ms more than the ideal of 1 s, 25 ms a request"},
        {10, 1, 1251, "1.251 s does not follow from (0 s + 100 ms) x 10, which is 1 s"},
        {10, 1, 990, "990 ms does not follow from (0 s + 100 ms) x 10, which is 1 s"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct verdict verdict =
            judge_measured(rows[i].conversations, rows[i].rounds, rows[i].printed_ms);
        cr_expect_not(verdict.holds);
        cr_expect_str_eq(verdict.why, rows[i].why);
    }
}

Test(claims, the_printed_hour_is_how_long_the_master_is_busy) {
    struct verdict verdict = judge("chess", "event-loop", 3600);
    cr_assert_not(verdict.holds);
    cr_assert_eq(verdict.predicted_ns, 3655 * NS_PER_S);
    cr_assert_str_eq(verdict.why, "3600 s is how long the sender is busy; the last "
                                  "answer arrives at 3655 s");
}

Test(claims, the_printed_12_hours_are_true) {
    struct verdict verdict = judge("chess", "sequential", 43200);
    cr_assert(verdict.holds);
    cr_assert_str_eq(verdict.why, "43200 s = (5 s + 55 s) x 24 x 30");
}

Test(claims, a_figure_holds_within_a_thousandth) {
    struct plan plan;
    const struct {
        int64_t printed_ms;
        bool holds;
    } rows[] = {{720720, true}, {720721, false}, {719280, true}, {719279, false}};
    lecture_plan(&plan, "urls");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct verdict verdict;
        struct claim claim = {(char *)"sequential", rows[i].printed_ms * NS_PER_MS,
                              (char *)""};
        cr_assert(claim_judge(&plan, &plan.points[0], &claim, &verdict));
        cr_assert_eq(verdict.holds, rows[i].holds, "%ld ms", (long)rows[i].printed_ms);
    }
    plan_close(&plan);
}

Test(claims, each_formula_is_written_as_it_is) {
    const struct {
        const char *scenario;
        const char *model;
        int64_t printed_s;
        const char *why;
    } rows[] = {
        {"urls-unlimited", "threads", 60, "60 s = (5 s + 55 s)"},
        {"urls-client", "threads", 60, "60 s = (5 s + 55 s)"},
        {"urls-client", "event-loop", 115, "115 s = 5 s x 12 + 55 s"},
        {"chess-clones", "threads", 1800, "1800 s = (5 s + 55 s) x 30"},
        {"chess", "threads", 3655, "3655 s = 5 s x 24 x 30 + 55 s"},
        {"smoke", "threads", 23, "23 s = (1 s + 9 s) x 1 + 1 s x 4 + 9 s"},
        {"urls", "thread-pool", 195, "195 s is what the simulation gives"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct verdict verdict =
            judge(rows[i].scenario, rows[i].model, rows[i].printed_s);
        cr_assert(verdict.holds, "%s: %s", rows[i].scenario, verdict.why);
        cr_assert_str_eq(verdict.why, rows[i].why);
    }
}

Test(claims, a_figure_that_no_number_of_conversations_takes_gets_no_number) {
    struct verdict verdict = judge("urls", "event-loop", 331);
    cr_assert_str_eq(verdict.why,
                     "331 s does not follow from 5 s x 12 + 55 s, which is 115 s");
}

Test(claims, a_pool_s_wrong_figure_is_compared_with_the_simulation) {
    struct verdict verdict = judge("urls", "thread-pool", 300);
    cr_assert_not(verdict.holds);
    cr_assert_str_eq(verdict.why,
                     "300 s does not follow from the simulation, which is 195 s");
}

Test(claims, zero_seconds_can_be_claimed) {
    struct verdict verdict = judge("urls", "event-loop", 0);
    cr_assert_not(verdict.holds);
    verdict = judge("urls", "event-loop", INT64_C(9000000000));
    cr_assert_not(verdict.holds);
}

Test(claims, a_model_that_is_not_in_the_plan_is_not_judged) {
    struct plan plan;
    struct verdict verdict;
    struct claim claim = {(char *)"fibers", NS_PER_S, (char *)""};
    lecture_plan(&plan, "urls");
    cr_assert_not(claim_judge(&plan, &plan.points[0], &claim, &verdict));
    plan_close(&plan);
}

Test(claims, a_model_that_is_not_predicted_is_not_judged) {
    struct plan plan;
    struct verdict verdict;
    struct claim claim = {(char *)"sequential", NS_PER_S, (char *)""};
    lecture_plan(&plan, "urls");
    plan.points[0].entries[0].prediction.is_known = false;
    cr_assert_str_eq(plan.points[0].entries[0].model.name, "sequential");
    cr_assert_not(claim_judge(&plan, &plan.points[0], &claim, &verdict));
    plan_close(&plan);
}

Test(claims, the_first_claim_about_a_model_is_its_printed_figure) {
    struct scenario scenario;
    scenario_init(&scenario);
    cr_assert(scenario_add_claim(&scenario, "a", 1, "x"));
    cr_assert(scenario_add_claim(&scenario, "b", 2, "x"));
    cr_assert(scenario_add_claim(&scenario, "b", 3, "x"));
    cr_assert_eq(claim_find(&scenario, "b"), &scenario.claims[1]);
    cr_assert_null(claim_find(&scenario, "c"));
    scenario_close(&scenario);
}

/* bench/measure/ideal.c: the time that a model cannot undercut. */
#include "bench/measure/ideal.h"
#include "base/clock.h"
#include "tests/support/lecture.h"

#include <criterion/criterion.h>

/* The ideal of a model in the plan's first scenario, in the scenario's seconds. */
static double ideal_s(const struct plan *plan, const char *model) {
    const struct plan_point *point = &plan->points[0];
    for (size_t i = 0; i < point->entry_count; i++) {
        if (!strcmp(point->entries[i].model.name, model)) {
            return (double)ideal_ns(&point->scenario, &point->entries[i],
                                    &plan->processors, plan->seed) /
                   (double)NS_PER_S;
        }
    }
    cr_assert(false, "no model %s", model);
    return 0;
}

Test(ideal, of_the_lecture_s_urls_it_is_the_prediction) {
    struct plan plan;
    lecture_plan(&plan, "urls");
    cr_expect_float_eq(ideal_s(&plan, "sequential"), 720, 1e-9);
    cr_expect_float_eq(ideal_s(&plan, "threads"), 115, 1e-9);
    cr_expect_float_eq(ideal_s(&plan, "event-loop"), 115, 1e-9);
    cr_expect_float_eq(ideal_s(&plan, "thread-pool"), 195, 1e-9);
    plan_close(&plan);
}

Test(ideal, of_chess_it_is_the_prediction_if_a_formula_gives_it) {
    struct plan plan;
    lecture_plan(&plan, "chess");
    cr_expect_float_eq(ideal_s(&plan, "sequential"), 43200, 1e-9);
    cr_expect_float_eq(ideal_s(&plan, "event-loop"), 3655, 1e-9);
    plan_close(&plan);
}

/* A plan of the lecture's models in urls with other fields. */
static void plan_with(struct plan *plan, const char *const fields[][2]) {
    struct error error = {.kind = ERROR_NONE};
    lecture_plan(plan, "urls");
    struct plan_point *point = &plan->points[0];
    for (int i = 0; fields[i][0]; i++) {
        cr_assert(scenario_find_field(fields[i][0])
                      ->set(&point->scenario, fields[i][1], &error),
                  "%s", error.message);
    }
    for (size_t i = 0; i < point->entry_count; i++) {
        cr_assert(predict(&point->scenario, &point->entries[i].model, &plan->processors,
                          plan->seed, &point->entries[i].prediction, &error));
    }
}

/* No simulation, with any draws, is below its bound; and none is far above it, because
 * such a bound would say nothing. */
Test(ideal, no_prediction_is_below_it) {
    static const char *const settings[][5][2] = {
        {{"response", "{lognormal: {median: 55s, p99: 80s}}"},
         {"slots", "3"},
         {"rounds", "5"},
         {NULL, NULL}},
        {{"send", "{uniform: {min: 1s, max: 9s}}"}, {"senders", "2"}, {NULL, NULL}},
        {{"response", "{exponential: {mean: 55s}}"}, {"workers", "5"}, {NULL, NULL}},
        {{"rounds", "7"}, {"workers", "5"}, {"senders", "unlimited"}, {NULL, NULL}},
        {{"senders", "client"}, {"rounds", "3"}, {NULL, NULL}},
        {{"senders", "client"}, {"send_work", "cpu"}, {NULL, NULL}},
        {{"timeout", "100s"}, {"rounds", "2"}, {NULL, NULL}},
    };
    for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++) {
        struct plan plan;
        plan_with(&plan, settings[i]);
        const struct plan_point *point = &plan.points[0];
        for (size_t k = 0; k < point->entry_count; k++) {
            const struct plan_entry *entry = &point->entries[k];
            double predicted_s =
                (double)entry->prediction.simulated.makespan_ns / (double)NS_PER_S;
            double least_s = ideal_s(&plan, entry->model.name);
            if (entry->prediction.simulated.timed_out == 0) {
                cr_expect_leq(least_s, predicted_s + 1e-6, "setting %zu, %s: %f > %f",
                              i, entry->model.name, least_s, predicted_s);
                cr_expect_geq(least_s, 0.5 * predicted_s, "setting %zu, %s: %f, %f", i,
                              entry->model.name, least_s, predicted_s);
            } else { /* the ideal is that of requests that succeed */
                cr_expect_geq(least_s, 2 * 12 * 5 + 55);
            }
        }
        plan_close(&plan);
    }
}

Test(ideal, without_a_prediction_it_is_unknown) {
    struct plan plan;
    lecture_plan(&plan, "urls");
    struct plan_entry entry = plan.points[0].entries[0];
    entry.prediction.is_known = false;
    cr_expect_eq(
        ideal_ns(&plan.points[0].scenario, &entry, &(struct processors){.cores = 2}, 1),
        0);
    plan_close(&plan);
}

/* bench/results/plan_json.c: a plan in run.json, and back. */
#include "bench/results/plan_json.h"
#include "tests/support/lecture.h"

#include <criterion/criterion.h>

/* Reads a plan from this text. */
static bool read_text(const char *text, struct error *error) {
    struct plan plan;
    json_error_t why;
    json_t *run = json_loads(text, 0, &why);
    cr_assert(run != NULL, "%s", why.text);
    bool ok = plan_from_json(&plan, run, error);
    plan_close(&plan);
    json_decref(run);
    return ok;
}

Test(plan_json, a_plan_is_read_back_with_the_same_predictions) {
    struct plan plan;
    struct plan back;
    struct error error = {.kind = ERROR_NONE};
    json_t *run = json_object();
    lecture_plan(&plan, "urls");
    lecture_add(&plan, "chess");
    plan.processors = (struct processors){3, 50000000, 100000000};
    plan_to_json(&plan, run);
    cr_assert(plan_from_json(&back, run, &error), "%s", error.message);
    cr_expect_eq(back.seed, plan.seed);
    cr_expect_eq(back.processors.cores, 3);
    cr_expect_eq(back.processors.quota_ns, 50000000);
    cr_expect_eq(back.processors.period_ns, 100000000);
    cr_assert_eq(back.point_count, 2);
    for (size_t i = 0; i < 2; i++) {
        const struct plan_point *a = &plan.points[i];
        const struct plan_point *b = &back.points[i];
        cr_expect_str_eq(b->scenario.name, a->scenario.name);
        cr_assert_eq(b->entry_count, a->entry_count);
        for (size_t j = 0; j < a->entry_count; j++) {
            cr_expect_str_eq(b->entries[j].model.name, a->entries[j].model.name);
            cr_expect_eq(b->entries[j].prediction.simulated.makespan_ns,
                         a->entries[j].prediction.simulated.makespan_ns);
        }
    }
    json_decref(run);
    plan_close(&back);
    plan_close(&plan);
}

Test(plan_json, the_order_of_all_trials_is_written) {
    struct plan plan;
    json_t *run = json_object();
    lecture_plan(&plan, "urls");
    plan_to_json(&plan, run);
    const json_t *order = json_object_get(run, "order");
    cr_assert_eq(json_array_size(order), plan.trial_count);
    for (size_t i = 0; i < plan.trial_count; i++) {
        const json_t *trial = json_array_get(order, i);
        cr_expect_str_eq(json_string_value(json_object_get(trial, "model")),
                         plan.points[0].entries[plan.trials[i].entry].model.name);
        cr_expect_eq(json_integer_value(json_object_get(trial, "block")),
                     plan.trials[i].block);
    }
    json_decref(run);
    plan_close(&plan);
}

Test(plan_json, each_point_says_whether_its_models_were_shuffled) {
    struct plan plan;
    lecture_plan(&plan, "urls");
    lecture_add(&plan, "chess");
    plan.points[1].scenario.blocks = 1;
    json_t *run = json_object();
    plan_to_json(&plan, run);
    static const char *const orders[] = {"random", "listed"};
    for (size_t i = 0; i < 2; i++) {
        const json_t *point = json_array_get(json_object_get(run, "points"), i);
        cr_expect_str_eq(json_string_value(json_object_get(point, "order")), orders[i]);
    }
    json_decref(run);
    plan_close(&plan);
}

Test(plan_json, a_point_that_is_wrong_is_named_by_its_number) {
    struct error error;
    cr_assert_not(
        read_text("{\"cores\": 2, \"points\": [{\"scenario\": {\"name\": "
                  "\"a\"}, \"models\": []}, {\"scenario\": {\"rounds\": 0}}]}",
                  &error));
    cr_expect_eq(error.kind, ERROR_INPUT);
    cr_expect_eq(strncmp(error.message, "point 1: rounds: ", 17), 0, "%s",
                 error.message);
}

Test(plan_json, without_cores_nothing_can_be_predicted) {
    struct error error;
    cr_assert_not(read_text("{\"points\": []}", &error));
    cr_expect_str_eq(error.message, "no number of cores");
    cr_assert(read_text("{\"cores\": 1, \"points\": []}", &error));
}

Test(plan_json, urls_have_a_file_for_each_point) {
    char name[PLAN_URLS_NAME_BYTES];
    cr_expect_str_eq(plan_urls_name(0, name), "urls-0.txt");
    cr_expect_str_eq(plan_urls_name(12, name), "urls-12.txt");
}

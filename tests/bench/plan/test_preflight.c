/* bench/plan/preflight.c: needs compared with limits, and the message. */
#include "bench/plan/preflight.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static struct limits no_limits(void) {
    struct limits limits;
    for (int i = 0; i < LIMIT_KINDS; i++) {
        limits.of[i] = (struct limit){INT64_MAX, 0, "raise the limit", NULL};
    }
    return limits;
}

/* A plan of one scenario of 100 conversations with these models. */
static struct plan *make_plan(size_t models) {
    static struct plan_entry entries[30];
    static struct plan_point scenario;
    static struct plan plan;
    scenario_init(&scenario.scenario);
    strcpy(scenario.scenario.name, "tiny");
    scenario.scenario.conversations = 100;
    scenario.entries = entries;
    scenario.entry_count = models;
    for (size_t i = 0; i < models; i++) {
        entries[i].model = (struct model){.is_described = true,
                                          .holds = HOLDS_ALL,
                                          .needs = {.descriptors = 10,
                                                    .descriptors_per_caller = 3,
                                                    .threads_per_caller = 1}};
        snprintf(entries[i].model.name, MODEL_NAME_BYTES, "model-%zu", i + 1);
    }
    plan = (struct plan){
        .points = &scenario, .point_count = 1, .processors = {.cores = 2}};
    return &plan;
}

Test(preflight, a_run_that_fits_exactly_may_start) {
    struct limits limits = no_limits();
    struct error error;
    limits.of[LIMIT_DESCRIPTORS].most = 310;
    limits.of[LIMIT_PORTS].most = 100;
    cr_expect(preflight(make_plan(2), &limits, &error), "%s", error.message);
    cr_expect_eq(error.kind, ERROR_NONE);
}

Test(preflight, one_descriptor_too_few_is_reported_with_every_remedy) {
    struct limits limits = no_limits();
    struct error error;
    limits.of[LIMIT_DESCRIPTORS] =
        (struct limit){309, 0, "raise the limit", "ulimit -n "};
    cr_assert_not(preflight(make_plan(1), &limits, &error));
    cr_expect_eq(error.kind, ERROR_INPUT);
    cr_expect_str_eq(error.message,
                     "tiny: model-1 needs 310 descriptors (open files), 309 can be "
                     "had; raise the limit (ulimit -n 310), or --conversations 99 at "
                     "most");
}

Test(preflight, the_remedy_for_a_pool_is_fewer_workers) {
    struct limits limits = no_limits();
    struct error error;
    struct plan *plan = make_plan(1);
    plan->points[0].entries[0].model.holds = HOLDS_WORKERS;
    plan->points[0].scenario.workers = 50;
    limits.of[LIMIT_DESCRIPTORS].most = 25;
    cr_assert_not(preflight(plan, &limits, &error));
    cr_expect_not_null(strstr(error.message, ", or --workers 5 at most"), "%s",
                       error.message);
}

Test(preflight, every_kind_of_limit_is_watched) {
    static const char *const words[LIMIT_KINDS] = {
        "descriptors", "threads", "memory maps", "ports",
        "of memory",   "of disk", "in one file"};
    for (int i = 0; i < LIMIT_KINDS; i++) {
        struct limits limits = no_limits();
        struct error error;
        limits.of[i].most = 5;
        cr_expect_not(preflight(make_plan(1), &limits, &error), "%s", words[i]);
        cr_expect_not_null(strstr(error.message, words[i]), "%s", error.message);
        cr_expect_null(strchr(error.message, '\n'), "%s", error.message);
    }
}

Test(preflight, the_api_is_reported_if_only_the_api_does_not_fit) {
    struct limits limits = no_limits();
    struct error error;
    struct plan *plan = make_plan(1);
    plan->points[0].entries[0].model.needs =
        (struct model_needs){.descriptors_per_caller = 1};
    limits.of[LIMIT_DESCRIPTORS].most = 100;
    cr_assert_not(preflight(plan, &limits, &error));
    cr_expect_not_null(strstr(error.message, "tiny: the mock API (for model-1) needs "),
                       "%s", error.message);
}

Test(preflight, the_remedy_includes_what_other_programs_use) {
    struct limits limits = no_limits();
    struct error error;
    limits.of[LIMIT_THREADS] = (struct limit){50, 1000, "raise it", "sysctl x="};
    cr_assert_not(preflight(make_plan(1), &limits, &error));
    cr_expect_not_null(strstr(error.message, "needs 103 threads, 50 can be had; raise "
                                             "it (sysctl x=1103)"),
                       "%s", error.message);
}

Test(preflight, lines_beyond_the_room_of_a_message_are_left_out) {
    struct limits limits = no_limits();
    struct error error;
    limits.of[LIMIT_DESCRIPTORS].most = 1;
    limits.of[LIMIT_PORTS].most = 1;
    cr_assert_not(preflight(make_plan(30), &limits, &error));
    size_t length = strlen(error.message);
    cr_expect_lt(length, sizeof error.message);
    cr_expect_str_eq(error.message + length - 6, "\n  ...");
    cr_expect_not_null(strstr(error.message, "\n  tiny: model-2 needs"));
}

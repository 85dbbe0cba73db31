/* bench/plan/estimate.c: how long a run takes. */
#include "base/clock.h"
#include "bench/plan/estimate.h"
#include "tests/support/lecture.h"

#include <criterion/criterion.h>
#include <stdlib.h>

static struct plan plan;
static struct estimate estimate;

/* `urls`: sequential 7.2 s, threads and event-loop 1.15 s, thread-pool 1.95 s of real
 * time, each three times. */
static void open_plan(void) {
    lecture_plan(&plan, "urls");
}

static void close_plan(void) {
    estimate_close(&estimate);
    plan_close(&plan);
}

TestSuite(estimate, .init = open_plan, .fini = close_plan);

static void make(void) {
    struct error error = {.kind = ERROR_NONE};
    cr_assert(estimate_open(&estimate, &plan, &error), "%s", error.message);
}

static struct plan_entry *entry_of(const char *model) {
    struct plan_entry *entry = plan.points[0].entries;
    while (strcmp(entry->model.name, model) != 0) {
        entry++;
    }
    return entry;
}

Test(estimate, is_the_sum_of_all_predictions_in_real_time) {
    make();
    cr_expect_eq(estimate_from(&estimate, 0).ns, 3 * 11450 * NS_PER_MS);
    cr_expect_eq(estimate_from(&estimate, 0).unknown_count, 0);
    cr_expect_eq(estimate_from(&estimate, plan.trial_count).ns, 0);
}

Test(estimate, each_trial_starts_two_programs) {
    for (size_t i = 0; i < plan.points[0].entry_count; i++) {
        plan.points[0].entries[i].model.start_ns = 10 * NS_PER_MS;
    }
    entry_of("threads")->model.start_ns = 500 * NS_PER_MS; /* as an interpreter does */
    make();
    /* The quickest stands for the API, 12 times. */
    int64_t starts_ns = (12 * 10 + 9 * 10 + 3 * 500) * NS_PER_MS;
    cr_expect_eq(estimate_from(&estimate, 0).ns, 3 * 11450 * NS_PER_MS + starts_ns);
}

Test(estimate, an_unpredicted_trial_is_counted_until_one_is_run) {
    entry_of("sequential")->prediction.is_known = false;
    make();
    struct estimate_sum sum = estimate_from(&estimate, 0);
    cr_expect_eq(sum.unknown_count, 3);
    cr_expect_eq(sum.ns, 3 * 4250 * NS_PER_MS);
    size_t first = 0;
    while (plan_entry_of(&plan, first) != entry_of("sequential")) {
        first++;
    }
    estimate_learn(&estimate, first, 8 * NS_PER_S);
    sum = estimate_from(&estimate, 0);
    cr_expect_eq(sum.unknown_count, 0);
    cr_expect_eq(sum.ns, 3 * 4250 * NS_PER_MS + 3 * 8 * NS_PER_S);
}

Test(estimate, a_model_that_sends_nothing_takes_no_time) {
    entry_of("sequential")->prediction.is_known = false;
    entry_of("sequential")->model.never_waits = true;
    make();
    cr_expect_eq(estimate_from(&estimate, 0).unknown_count, 0);
    cr_expect_eq(estimate_from(&estimate, 0).ns, 3 * 4250 * NS_PER_MS);
}

Test(estimate, another_scenario_learns_nothing) {
    struct error error = {.kind = ERROR_NONE};
    lecture_add(&plan, "urls");
    plan.trial_count = 0;
    free(plan.trials);
    cr_assert(plan_order(&plan, &error));
    make();
    int64_t own_ns = estimate.trial_ns[0];
    estimate_learn(&estimate, 0, own_ns + NS_PER_S);
    cr_expect_eq(estimate_from(&estimate, 0).ns, 6 * 11450 * NS_PER_MS + 3 * NS_PER_S);
}

Test(estimate, the_model_that_takes_over_half_is_named) {
    double share;
    make();
    const char *longest = estimate_longest(&estimate, &share);
    cr_assert_not_null(longest);
    cr_expect_str_eq(longest, "sequential");
    cr_expect_float_eq(share, 7.2 / 11.45, 1e-9);
    estimate_close(&estimate);
    plan.points[0].scenario.speed = 100;
    entry_of("sequential")->prediction.simulated.makespan_ns = 300 * NS_PER_S;
    make();
    cr_expect_null(estimate_longest(&estimate, &share), "300 of 725 s");
}

Test(estimate, a_model_alone_is_not_compared) {
    double share;
    plan_close(&plan);
    plan_init(&plan, 1);
    lecture_add(&plan, "urls");
    plan.points[0].entry_count = 1;
    struct error error = {.kind = ERROR_NONE};
    cr_assert(plan_order(&plan, &error));
    make();
    cr_expect_null(estimate_longest(&estimate, &share));
}

Test(estimate, no_trial_is_faster_than_its_prediction) {
    for (size_t i = 0; i < plan.trial_count; i++) {
        bool is_sequential = plan_entry_of(&plan, i) == entry_of("sequential");
        cr_expect(is_sequential == (estimate_least_ns(&plan, i) == 7200 * NS_PER_MS));
    }
    entry_of("sequential")->prediction.is_known = false;
    for (size_t i = 0; i < plan.trial_count; i++) {
        bool is_sequential = plan_entry_of(&plan, i) == entry_of("sequential");
        cr_expect(!is_sequential || estimate_least_ns(&plan, i) == 0);
    }
}

/* bench/plan/plan.c: the models of a plan, and their order. */
#include "base/clock.h"
#include "bench/plan/plan.h"

#include <criterion/criterion.h>
#include <sched.h>
#include <string.h>

/* Models as catalogue_open() would find them; `all` leaves two of them out. */
static struct model models[] = {
    {.name = "event-loop",
     .is_described = true,
     .is_available = true,
     .holds = HOLDS_ALL},
    {.name = "fibers", .is_described = true, .why = "no such kernel"},
    {.name = "null",
     .is_described = true,
     .unlisted = true,
     .is_available = true,
     .never_waits = true},
    {.name = "sequential",
     .is_described = true,
     .is_available = true,
     .holds = HOLDS_ONE},
    {.name = "thread-pool",
     .is_described = true,
     .is_available = true,
     .holds = HOLDS_WORKERS},
    {.name = "threads", .is_described = true, .is_available = true, .holds = HOLDS_ALL},
};
static const struct catalogue catalogue = {models, sizeof models / sizeof models[0]};

static struct scenario make_scenario(const char *name, const char *const names[]) {
    struct scenario scenario;
    scenario_init(&scenario);
    strcpy(scenario.name, name);
    scenario.conversations = 12;
    scenario.send.first_ns = 5 * NS_PER_S;
    scenario.response.first_ns = 55 * NS_PER_S;
    for (int i = 0; names[i]; i++) {
        cr_assert(scenario_add_model(&scenario, names[i]));
    }
    return scenario;
}

static void add(struct plan *plan, const char *name, const char *const names[],
                int32_t blocks) {
    struct error error = {.kind = ERROR_NONE};
    struct scenario scenario = make_scenario(name, names);
    scenario.blocks = blocks;
    cr_assert(plan_add(plan, &scenario, &catalogue, &error), "%s", error.message);
}

static void assert_refused(const char *const names[], const char *message) {
    struct plan plan;
    struct error error = {.kind = ERROR_NONE};
    struct scenario scenario = make_scenario("urls", names);
    plan_init(&plan, 1);
    cr_assert_not(plan_add(&plan, &scenario, &catalogue, &error));
    cr_assert_eq(error.kind, ERROR_INPUT);
    cr_assert_str_eq(error.message, message);
    plan_close(&plan);
}

static struct plan make_ordered(uint64_t seed, int32_t blocks) {
    struct plan plan;
    struct error error = {.kind = ERROR_NONE};
    plan_init(&plan, seed);
    add(&plan, "urls", (const char *[]){"all", NULL}, blocks);
    cr_assert(plan_order(&plan, &error), "%s", error.message);
    return plan;
}

Test(plan, begins_empty_with_the_processors_that_it_may_use) {
    struct plan plan;
    cpu_set_t set;
    plan_init(&plan, 7);
    cr_assert_eq(sched_getaffinity(0, sizeof set, &set), 0);
    cr_assert_eq(plan.seed, 7);
    cr_assert_eq(plan.processors.cores, CPU_COUNT(&set));
    cr_assert_eq(plan.point_count, 0);
    plan_close(&plan);
}

Test(plan, models_come_as_the_scenario_names_them) {
    struct plan plan;
    plan_init(&plan, 1);
    add(&plan, "urls", (const char *[]){"threads", "null", "sequential", NULL}, 1);
    cr_assert_eq(plan.point_count, 1);
    const struct plan_point *point = &plan.points[0];
    cr_assert_str_eq(point->scenario.name, "urls");
    cr_assert_eq(point->entry_count, 3);
    cr_assert_str_eq(point->entries[0].model.name, "threads");
    cr_assert_str_eq(point->entries[1].model.name, "null");
    cr_assert_str_eq(point->entries[2].model.name, "sequential");
    plan_close(&plan);
}

Test(plan, every_model_is_predicted) {
    struct plan plan;
    plan_init(&plan, 1);
    add(&plan, "urls",
        (const char *[]){"sequential", "thread-pool", "event-loop", "null", NULL}, 1);
    const struct plan_entry *entries = plan.points[0].entries;
    cr_assert_eq(entries[0].prediction.simulated.makespan_ns, 720 * NS_PER_S);
    cr_assert_eq(entries[1].prediction.simulated.makespan_ns, 195 * NS_PER_S);
    cr_assert_eq(entries[2].prediction.simulated.makespan_ns, 115 * NS_PER_S);
    cr_assert_not(entries[3].prediction.is_known);
    plan_close(&plan);
}

Test(plan, all_is_every_model_that_is_listed_and_available) {
    static const char *const expected[] = {"event-loop", "sequential", "thread-pool",
                                           "threads"};
    struct plan plan;
    plan_init(&plan, 1);
    add(&plan, "urls", (const char *[]){"all", NULL}, 1);
    cr_assert_eq(plan.points[0].entry_count, 4);
    for (size_t i = 0; i < 4; i++) {
        cr_assert_str_eq(plan.points[0].entries[i].model.name, expected[i]);
    }
    plan_close(&plan);
}

Test(plan, a_model_that_is_named_is_run_though_it_is_not_listed) {
    struct plan plan;
    plan_init(&plan, 1);
    add(&plan, "urls", (const char *[]){"all", "null", NULL}, 1);
    cr_assert_eq(plan.points[0].entry_count, 5);
    plan_close(&plan);
}

Test(plan, a_model_that_is_named_twice_is_refused) {
    assert_refused((const char *[]){"threads", "null", "threads", NULL},
                   "urls: the model 'threads' is named twice");
    assert_refused((const char *[]){"all", "threads", NULL},
                   "urls: the model 'threads' is named twice");
    assert_refused((const char *[]){"all", "all", NULL},
                   "urls: the model 'event-loop' is named twice");
}

Test(plan, an_unknown_model_is_refused_with_a_suggestion) {
    assert_refused((const char *[]){"thraeds", NULL},
                   "there is no model 'thraeds'; did you mean 'threads'?");
}

Test(plan, a_model_that_cannot_run_here_is_refused_with_its_reason) {
    assert_refused((const char *[]){"fibers", NULL},
                   "the model 'fibers' can't run here: no such kernel");
}

Test(plan, no_model_at_all_is_refused) {
    assert_refused((const char *[]){NULL},
                   "urls: no model to run; name some with --models");
}

Test(plan, takes_the_scenario_over_in_any_case) {
    struct plan plan;
    struct error error;
    struct scenario scenario = make_scenario("a", (const char *[]){"nobody", NULL});
    plan_init(&plan, 1);
    cr_assert_not(plan_add(&plan, &scenario, &catalogue, &error));
    cr_assert_eq(scenario.model_count, 0);
    cr_assert_null(scenario.models);
    plan_close(&plan);
}

Test(plan, each_block_holds_every_model_once) {
    for (uint64_t seed = 0; seed < 50; seed++) {
        struct plan plan = make_ordered(seed, 7);
        cr_assert_eq(plan.trial_count, 7 * 4);
        for (int32_t block = 1; block <= 7; block++) {
            int times[4] = {0};
            for (size_t i = 0; i < 4; i++) {
                const struct plan_trial *trial = &plan.trials[(block - 1) * 4 + (int)i];
                cr_assert_eq(trial->block, block);
                cr_assert_eq(trial->point, 0);
                times[trial->entry]++;
            }
            for (size_t i = 0; i < 4; i++) {
                cr_assert_eq(times[i], 1);
            }
        }
        plan_close(&plan);
    }
}

Test(plan, the_same_seed_gives_the_same_order) {
    struct plan a = make_ordered(5, 10);
    struct plan b = make_ordered(5, 10);
    for (size_t i = 0; i < a.trial_count; i++) {
        cr_assert_eq(a.trials[i].entry, b.trials[i].entry);
    }
    plan_close(&a);
    plan_close(&b);
}

Test(plan, another_seed_gives_another_order) {
    struct plan a = make_ordered(5, 10);
    struct plan b = make_ordered(6, 10);
    int differing = 0;
    for (size_t i = 0; i < a.trial_count; i++) {
        differing += a.trials[i].entry != b.trials[i].entry;
    }
    cr_assert_gt(differing, 5);
    plan_close(&a);
    plan_close(&b);
}

Test(plan, every_model_comes_in_every_place_about_as_often) {
    enum { BLOCKS = 4000 };
    struct plan plan = make_ordered(3, BLOCKS);
    int times[4][4] = {{0}};
    for (size_t i = 0; i < plan.trial_count; i++) {
        times[plan.trials[i].entry][i % 4]++;
    }
    for (int entry = 0; entry < 4; entry++) {
        for (int place = 0; place < 4; place++) { /* 1000 +- 27 */
            cr_assert(times[entry][place] > 850 && times[entry][place] < 1150,
                      "model %d in place %d: %d", entry, place, times[entry][place]);
        }
    }
    plan_close(&plan);
}

Test(plan, several_scenarios_come_one_after_the_other) {
    struct plan plan;
    struct error error;
    plan_init(&plan, 1);
    add(&plan, "urls", (const char *[]){"threads", "sequential", NULL}, 2);
    add(&plan, "chess", (const char *[]){"threads", NULL}, 3);
    cr_assert(plan_order(&plan, &error));
    cr_assert_eq(plan.trial_count, 7);
    for (size_t i = 0; i < 7; i++) {
        const struct plan_point *point = &plan.points[i < 4 ? 0 : 1];
        cr_assert_eq(plan.trials[i].point, i < 4 ? 0 : 1);
        cr_assert_eq(plan_point_of(&plan, i), point);
        cr_assert_eq(plan_entry_of(&plan, i), &point->entries[plan.trials[i].entry]);
    }
    cr_assert_eq(plan.trials[6].block, 3);
    plan_close(&plan);
}

Test(plan, of_nothing_lists_no_trials) {
    struct plan plan;
    struct error error;
    plan_init(&plan, 1);
    cr_assert(plan_order(&plan, &error));
    cr_assert_eq(plan.trial_count, 0);
    plan_close(&plan);
}

/* The entries of all trials, as digits. */
static const char *order_of(enum plan_sequence sequence, int32_t blocks) {
    static char digits[64];
    struct plan plan;
    struct error error = {.kind = ERROR_NONE};
    plan_init(&plan, 3);
    plan.sequence = sequence;
    add(&plan, "urls", (const char *[]){"all", NULL}, blocks);
    cr_assert(plan_order(&plan, &error), "%s", error.message);
    for (size_t i = 0; i < plan.trial_count; i++) {
        digits[i] = (char)('0' + plan.trials[i].entry);
    }
    digits[plan.trial_count] = '\0';
    plan_close(&plan);
    return digits;
}

Test(plan, a_single_block_runs_the_models_as_they_are_listed) {
    cr_expect_str_eq(order_of(PLAN_BY_BLOCKS, 1), "0123");
    cr_expect_str_neq(order_of(PLAN_BY_BLOCKS, 3), "012301230123");
}

Test(plan, the_order_may_be_chosen) {
    cr_expect_str_eq(order_of(PLAN_LISTED, 3), "012301230123");
    cr_expect_str_neq(order_of(PLAN_RANDOM, 1), "0123");
}

Test(plan, only_several_blocks_are_shuffled_unless_an_order_is_chosen) {
    static const struct {
        enum plan_sequence sequence;
        int32_t blocks;
        bool is_shuffled;
    } rows[] = {{PLAN_BY_BLOCKS, 1, false}, {PLAN_BY_BLOCKS, 2, true},
                {PLAN_LISTED, 1, false},    {PLAN_LISTED, 2, false},
                {PLAN_RANDOM, 1, true},     {PLAN_RANDOM, 2, true}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct plan plan = {.sequence = rows[i].sequence};
        struct plan_point point = {.scenario = {.blocks = rows[i].blocks}};
        cr_expect_eq(plan_is_shuffled(&plan, &point), rows[i].is_shuffled, "row %zu",
                     i);
    }
}

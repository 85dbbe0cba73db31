/* bench/predict/predict.c: the simulation's setup from a model's description and a
 * scenario. */
#include "base/clock.h"
#include "bench/predict/predict.h"

#include <criterion/criterion.h>

static struct scenario make_urls(void) {
    struct scenario scenario;
    scenario_init(&scenario);
    scenario.conversations = 12;
    scenario.send.first_ns = 5 * NS_PER_S;
    scenario.response.first_ns = 55 * NS_PER_S;
    return scenario;
}

static const struct model threads = {
    .name = "threads", .is_described = true, .holds = HOLDS_ALL};

static struct prediction predict_or_fail(const struct scenario *scenario,
                                         const struct model *model) {
    struct prediction prediction;
    struct error error = {.kind = ERROR_NONE};
    cr_assert(predict(scenario, model, &(struct processors){.cores = 2}, 1, &prediction,
                      &error),
              "%s", error.message);
    return prediction;
}

Test(predict, the_callers_follow_from_what_a_model_holds) {
    const struct {
        enum model_holds holds;
        int32_t expected;
    } rows[] = {{HOLDS_ONE, 1}, {HOLDS_WORKERS, 7}, {HOLDS_ALL, 12}, {HOLDS_CORES, 3}};
    struct scenario scenario = make_urls();
    scenario.workers = 7;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct model model = threads;
        model.holds = rows[i].holds;
        cr_assert_eq(
            predict_setup(&scenario, &model, &(struct processors){.cores = 3}, 1)
                .callers,
            rows[i].expected);
    }
}

Test(predict, the_sender_depends_on_scenario_and_model) {
    const struct {
        enum scenario_senders senders;
        enum scenario_send_work work;
        bool holds_loop;
        enum simulation_sender expected;
        int32_t expected_count;
    } rows[] = {
        {SENDERS_COUNT, SEND_WORK_SLEEP, false, SENDER_API, 3},
        {SENDERS_COUNT, SEND_WORK_SLEEP, true, SENDER_API, 3},
        {SENDERS_UNLIMITED, SEND_WORK_SLEEP, true, SENDER_API, 0},
        {SENDERS_CLIENT, SEND_WORK_SLEEP, false, SENDER_CALLER, 0},
        {SENDERS_CLIENT, SEND_WORK_CPU, false, SENDER_CALLER, 0},
        {SENDERS_CLIENT, SEND_WORK_SLEEP, true, SENDER_LOOP, 0},
        {SENDERS_CLIENT, SEND_WORK_CPU, true, SENDER_LOOP, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct scenario scenario = make_urls();
        struct model model = threads;
        scenario.senders = rows[i].senders;
        scenario.sender_count = 3;
        scenario.send_work = rows[i].work;
        model.send_holds_loop = rows[i].holds_loop;
        struct simulation_setup setup =
            predict_setup(&scenario, &model, &(struct processors){.cores = 2}, 1);
        cr_assert_eq(setup.sender, rows[i].expected, "row %zu", i);
        cr_assert_eq(setup.sender_count, rows[i].expected_count, "row %zu", i);
        cr_assert_eq(setup.computes, rows[i].senders == SENDERS_CLIENT &&
                                         rows[i].work == SEND_WORK_CPU);
    }
}

Test(predict, all_other_fields_are_the_scenario_s) {
    struct scenario scenario = make_urls();
    scenario.rounds = 30;
    scenario.slots = 9;
    scenario.timeout_ns = 17;
    struct simulation_setup setup =
        predict_setup(&scenario, &threads, &(struct processors){.cores = 5}, 99);
    cr_assert_eq(setup.conversations, 12);
    cr_assert_eq(setup.rounds, 30);
    cr_assert_eq(setup.send.first_ns, 5 * NS_PER_S);
    cr_assert_eq(setup.response.first_ns, 55 * NS_PER_S);
    cr_assert_eq(setup.slots, 9);
    cr_assert_eq(setup.timeout_ns, 17);
    cr_assert_eq(setup.cores, 5);
    cr_assert_eq(setup.seed, 99);
}

/* A quota is in real time, and the simulation in the scenario's own. */
Test(predict, a_quota_is_counted_at_the_scenario_s_speed) {
    struct scenario scenario = make_urls();
    const struct processors quota = {
        .cores = 2, .quota_ns = 50 * NS_PER_MS, .period_ns = 100 * NS_PER_MS};
    scenario.speed = 100;
    struct simulation_setup setup = predict_setup(&scenario, &threads, &quota, 1);
    cr_assert_eq(setup.quota_ns, 5 * NS_PER_S);
    cr_assert_eq(setup.period_ns, 10 * NS_PER_S);
}

Test(predict, gives_formula_and_simulation) {
    struct scenario scenario = make_urls();
    struct prediction prediction = predict_or_fail(&scenario, &threads);
    cr_assert(prediction.is_known);
    cr_assert(prediction.has_closed_form);
    cr_assert_eq(prediction.closed_form_ns, 115 * NS_PER_S);
    cr_assert_eq(prediction.simulated.makespan_ns, 115 * NS_PER_S);
    cr_assert_eq(prediction.simulated.busy_ns, 60 * NS_PER_S);
    cr_assert_not(prediction.is_approximate);
}

Test(predict, a_pool_has_no_formula) {
    struct scenario scenario = make_urls();
    struct model pool = threads;
    pool.holds = HOLDS_WORKERS;
    struct prediction prediction = predict_or_fail(&scenario, &pool);
    cr_assert_not(prediction.has_closed_form);
    cr_assert_eq(prediction.simulated.makespan_ns, 195 * NS_PER_S);
}

Test(predict, computing_senders_are_approximate) {
    struct scenario scenario = make_urls();
    scenario.senders = SENDERS_CLIENT;
    scenario.send_work = SEND_WORK_CPU;
    struct prediction prediction = predict_or_fail(&scenario, &threads);
    cr_assert(prediction.is_approximate);
    cr_assert_not(prediction.has_closed_form);
    cr_assert_eq(prediction.simulated.makespan_ns, (30 + 55) * NS_PER_S);
}

Test(predict, nothing_is_known_of_a_model_without_a_description) {
    struct scenario scenario = make_urls();
    struct model model = threads;
    model.is_described = false;
    cr_assert_not(predict_or_fail(&scenario, &model).is_known);
    model.is_described = true;
    model.never_waits = true;
    cr_assert_not(predict_or_fail(&scenario, &model).is_known);
}

Test(predict, callers_follow_from_what_a_model_holds) {
    struct scenario scenario = make_urls();
    struct model model = threads;
    const struct processors three = {.cores = 3};
    const struct processors quota = {.cores = 8, .quota_ns = 150, .period_ns = 100};
    scenario.workers = 20;
    cr_expect_eq(predict_callers(&scenario, &model, &three), 12);
    model.holds = HOLDS_ONE;
    cr_expect_eq(predict_callers(&scenario, &model, &three), 1);
    model.holds = HOLDS_CORES;
    cr_expect_eq(predict_callers(&scenario, &model, &three), 3);
    cr_expect_eq(predict_callers(&scenario, &model, &quota), 2);
    model.holds = HOLDS_WORKERS;
    cr_expect_eq(predict_callers(&scenario, &model, &three), 20);
    model.is_described = false;
    cr_expect_eq(predict_callers(&scenario, &model, &three), 12);
}

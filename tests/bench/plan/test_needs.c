/* bench/plan/needs.c: the needs of a scenario, and that they are enough to run it. */
#include "bench/plan/needs.h"
#include "base/witness.h"
#include "tests/support/program.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static const struct processors two_cores = {.cores = 2};

TestSuite(needs, .init = program_enter, .fini = program_leave);

static struct scenario make_scenario(int conversations, int rounds) {
    struct scenario scenario;
    scenario_init(&scenario);
    strcpy(scenario.name, "tiny");
    scenario.conversations = conversations;
    scenario.rounds = rounds;
    scenario.workers = 4;
    return scenario;
}

static struct model make_model(enum model_holds holds) {
    return (struct model){.name = "mine",
                          .is_described = true,
                          .holds = holds,
                          .needs = {.descriptors = 10,
                                    .descriptors_per_caller = 3,
                                    .threads_per_caller = 1,
                                    .bytes_per_caller = 1000}};
}

Test(needs, grow_with_the_conversations_that_are_held_at_once) {
    struct scenario scenario = make_scenario(100, 2);
    static const struct {
        enum model_holds holds;
        int64_t descriptors;
        int64_t ports;
    } rows[] = {{HOLDS_ONE, 13, 1},
                {HOLDS_WORKERS, 22, 4},
                {HOLDS_CORES, 16, 2},
                {HOLDS_ALL, 310, 100}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct model model = make_model(rows[i].holds);
        struct needs needs = needs_of_trial(&scenario, &model, &two_cores);
        cr_expect_eq(needs.of[LIMIT_DESCRIPTORS], rows[i].descriptors);
        cr_expect_eq(needs.of[LIMIT_PORTS], rows[i].ports);
    }
}

Test(needs, of_warm_connections_are_one_for_every_conversation) {
    struct scenario scenario = make_scenario(100, 1);
    struct model model = make_model(HOLDS_ONE);
    scenario.connections = CONNECTIONS_WARM;
    struct needs needs = needs_of_trial(&scenario, &model, &two_cores);
    cr_expect_eq(needs.of[LIMIT_DESCRIPTORS], 10 + 3 + 99);
    cr_expect_eq(needs.of[LIMIT_PORTS], 100);
    cr_expect_gt(needs.api_descriptors, 100);
}

Test(needs, of_threads_are_two_maps_each) {
    struct scenario scenario = make_scenario(100, 1);
    struct model model = make_model(HOLDS_ALL);
    struct needs few = needs_of_trial(&scenario, &model, &two_cores);
    scenario.conversations = 1100;
    struct needs many = needs_of_trial(&scenario, &model, &two_cores);
    cr_expect_eq(many.of[LIMIT_THREADS] - few.of[LIMIT_THREADS], 1000);
    cr_expect_eq(many.of[LIMIT_MAPS] - few.of[LIMIT_MAPS], 2000);
    model.needs.threads_per_caller = 0;
    cr_expect_eq(needs_of_trial(&scenario, &model, &two_cores).of[LIMIT_MAPS], 0);
}

Test(needs, that_are_not_said_are_one_descriptor_for_each_connection) {
    struct scenario scenario = make_scenario(50, 1);
    struct model model = make_model(HOLDS_ALL);
    model.needs = (struct model_needs){.descriptors = 0};
    cr_expect_eq(needs_of_trial(&scenario, &model, &two_cores).of[LIMIT_DESCRIPTORS],
                 50);
    model.is_described = false;
    cr_expect_eq(needs_of_trial(&scenario, &model, &two_cores).of[LIMIT_DESCRIPTORS],
                 0);
    cr_expect_eq(needs_of_trial(&scenario, &model, &two_cores).api_descriptors, 0);
}

Test(needs, of_the_largest_workload_stay_numbers) {
    struct scenario scenario = make_scenario(1000000, 100);
    struct model model = make_model(HOLDS_ALL);
    model.needs = (struct model_needs){1000000000, 1000000000, 1000000000, 1000000000};
    struct needs needs = needs_of_trial(&scenario, &model, &two_cores);
    for (int i = 0; i < LIMIT_KINDS; i++) {
        cr_expect_geq(needs.of[i], 0);
    }
    cr_expect_gt(needs.of[LIMIT_MEMORY], INT64_C(1000000000000000));
}

/* The disk that a run of smoke needs: for the log during a trial, and for the
 * events. */
Test(needs, of_disk_are_not_more_than_a_run_writes) {
    struct outcome run = program_expect(
        0, "simul run smoke --blocks 2 --models threads,null --no-plots && "
           "cat results/latest/events/* | wc -c");
    struct plan plan;
    struct catalogue catalogue;
    struct error error = {.kind = ERROR_NONE};
    struct scenario scenario = make_scenario(4, 2);
    scenario.blocks = 2;
    cr_assert(scenario_add_model(&scenario, "threads"));
    cr_assert(scenario_add_model(&scenario, "null"));
    plan_init(&plan, 1);
    int64_t log_bytes = needs_file_bytes(&scenario);
    cr_assert(catalogue_open(&catalogue, &error) &&
                  plan_add(&plan, &scenario, &catalogue, &error),
              "%s", error.message);
    const char *last = strrchr(run.out, '\n') - 1;
    while (last > run.out && last[-1] != '\n') {
        last--;
    }
    int64_t events_bytes = needs_disk_bytes(&plan) - log_bytes;
    cr_expect_gt(events_bytes, 0);
    cr_expect_leq(events_bytes, atoll(last), "%s", run.out);
    cr_expect_gt(log_bytes, 1016 * (int64_t)sizeof(struct witness_record));
    catalogue_close(&catalogue);
    plan_close(&plan);
}

/* Runs every model with exactly the descriptors that it says it needs. With one less, a
 * request has to fail with `limit`, or the model says too much. */
static void run_within_needs(const struct model *model, const char *connections) {
    struct scenario scenario = make_scenario(60, 1);
    scenario.connections =
        !strcmp(connections, "warm") ? CONNECTIONS_WARM : CONNECTIONS_KEEP;
    struct needs needs = needs_of_trial(&scenario, model, &two_cores);
    int64_t most = needs.of[LIMIT_DESCRIPTORS] > needs.api_descriptors
                       ? needs.of[LIMIT_DESCRIPTORS]
                       : needs.api_descriptors;
    most = most > 28 ? most : 28;
    struct outcome run = program_expect(
        0,
        "(ulimit -n %lld; exec simul run smoke --conversations 60 --rounds 1 "
        "--speed %d --senders unlimited --blocks 1 --workers 4 --models %s "
        "--connections %s --no-plots --format json)",
        (long long)most, model->holds == HOLDS_ONE ? 5000 : 100, model->name,
        connections);
    json_t *summary = program_json(run.out);
    json_t *models = json_object_get(json_array_get(summary, 0), "models");
    json_t *requests = json_object_get(json_array_get(models, 0), "requests");
    cr_expect_eq(json_integer_value(json_object_get(requests, "ok")), 60, "%s, %s: %s",
                 model->name, connections, program_text(requests));
    json_t *trial =
        json_array_get(program_json_lines("results/latest/trials.jsonl"), 0);
    json_int_t threads = json_integer_value(json_object_get(trial, "peak_threads"));
    if (threads > 0 && model->needs.threads_per_caller > 0) {
        cr_expect_leq(threads, needs.of[LIMIT_THREADS], "%s", model->name);
    } else if (threads > 0) {
        cr_expect_leq(threads, 2, "%s says that it needs no threads", model->name);
    }
}

Test(needs, of_every_listed_model_are_enough) {
    struct catalogue catalogue;
    struct error error = {.kind = ERROR_NONE};
    int count = 0;
    cr_assert(catalogue_open(&catalogue, &error), "%s", error.message);
    for (size_t i = 0; i < catalogue.count; i++) {
        const struct model *model = &catalogue.models[i];
        if (!model->unlisted && model->is_available) {
            run_within_needs(model, "keep");
            run_within_needs(model, "warm");
            count++;
        }
    }
    cr_assert_geq(count, 4);
    catalogue_close(&catalogue);
}

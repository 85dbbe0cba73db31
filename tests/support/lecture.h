/* The lecture's models, with the fields of their --describe, in a plan of shipped
 * scenarios; and trials of them in the form of trials.jsonl. */
#ifndef SIMUL_TESTS_SUPPORT_LECTURE_H
#define SIMUL_TESTS_SUPPORT_LECTURE_H

#include "bench/plan/plan.h"
#include "bench/scenario/file.h"

#include <criterion/criterion.h>
#include <jansson.h>
#include <string.h>

static inline struct model lecture_model(const char *name, enum model_holds holds) {
    struct model model = {
        .is_described = true,
        .holds = holds,
        .send_holds_loop = !strcmp(name, "event-loop"),
        .is_available = true,
    };
    snprintf(model.name, sizeof model.name, "%s", name);
    return model;
}

/* Adds a shipped scenario with the models that it names. */
static inline void lecture_add(struct plan *plan, const char *scenario_name) {
    struct model models[] = {
        lecture_model("event-loop", HOLDS_ALL),
        lecture_model("sequential", HOLDS_ONE),
        lecture_model("thread-pool", HOLDS_WORKERS),
        lecture_model("threads", HOLDS_ALL),
    };
    struct catalogue catalogue = {models, sizeof models / sizeof models[0]};
    struct scenario scenario;
    struct error error = {.kind = ERROR_NONE};
    cr_assert(scenario_load(&scenario, scenario_name, &error), "%s", error.message);
    cr_assert(plan_add(plan, &scenario, &catalogue, &error), "%s", error.message);
}

/* A plan of one shipped scenario on two processors, whose trials are ordered. */
static inline void lecture_plan(struct plan *plan, const char *scenario_name) {
    struct error error = {.kind = ERROR_NONE};
    plan_init(plan, 1);
    plan->cores = 2;
    lecture_add(plan, scenario_name);
    cr_assert(plan_order(plan, &error), "%s", error.message);
}

/* A valid trial with this makespan, in real milliseconds. */
static inline json_t *lecture_trial(int point, const char *model, int block,
                                    json_int_t makespan_ms) {
    return json_pack(
        "{s:i, s:s, s:i, s:b, s:[], s:I, s:I, s:I, s:I, s:I, s:n, s:I, s:I, s:I, "
        "s:{s:{s:i}, s:{s:i}}, s:I, s:I}",
        "point", point, "model", model, "block", block, "valid", 1, "reasons",
        "makespan_ns", makespan_ms * 1000000, "busy_ns", (json_int_t)600000000,
        "setup_ns", (json_int_t)2000000, "user_ns", (json_int_t)3000000, "system_ns",
        (json_int_t)4000000, "peak_memory_bytes", "peak_threads", (json_int_t)12,
        "voluntary_switches", (json_int_t)50, "involuntary_switches", (json_int_t)5,
        "requests", "by_error", "ok", 12, "by_status", "200", 12, "in_flight_peak",
        (json_int_t)11, "api_lateness_ns", (json_int_t)20000);
}

#endif

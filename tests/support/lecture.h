/* The lecture's models, with the fields of their --describe, in a plan of shipped
 * scenarios; and trials of them as results_load() reads them back. */
#ifndef SIMUL_TESTS_SUPPORT_LECTURE_H
#define SIMUL_TESTS_SUPPORT_LECTURE_H

#include "bench/plan/plan.h"
#include "bench/scenario/file.h"
#include "bench/summary/past_trial.h"

#include <criterion/criterion.h>
#include <stdio.h>
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
    plan->processors = (struct processors){.cores = 2};
    lecture_add(plan, scenario_name);
    cr_assert(plan_order(plan, &error), "%s", error.message);
}

/* Replaces the rows of a tally. */
static inline void lecture_tally(struct tally *tally, size_t count,
                                 const struct tally_row rows[]) {
    tally_close(tally);
    for (size_t i = 0; i < count; i++) {
        cr_assert(tally_add(tally, rows[i].kind, rows[i].count));
    }
}

/* A valid trial with this makespan, in real milliseconds. */
static inline struct past_trial lecture_trial(size_t point, const char *model,
                                              int64_t block, int64_t makespan_ms) {
    struct past_trial trial;
    past_trial_init(&trial);
    trial.point = point;
    snprintf(trial.model, sizeof trial.model, "%s", model);
    trial.block = block;
    trial.is_valid = true;
    trial.figures[TRIAL_MAKESPAN_NS] = (double)(makespan_ms * 1000000);
    trial.figures[TRIAL_BUSY_NS] = 600000000;
    trial.figures[TRIAL_SETUP_NS] = 2000000;
    trial.figures[TRIAL_USER_NS] = 3000000;
    trial.figures[TRIAL_SYSTEM_NS] = 4000000;
    trial.figures[TRIAL_PEAK_THREADS] = 12;
    trial.figures[TRIAL_VOLUNTARY_SWITCHES] = 50;
    trial.figures[TRIAL_INVOLUNTARY_SWITCHES] = 5;
    trial.figures[TRIAL_IN_FLIGHT_PEAK] = 11;
    trial.figures[TRIAL_API_LATENESS_NS] = 20000;
    lecture_tally(&trial.by_error, 1, (struct tally_row[]){{EVENT_OK, 12}});
    lecture_tally(&trial.by_status, 1, (struct tally_row[]){{200, 12}});
    return trial;
}

/* Adds a trial to those of a run. Returns its place, which is valid until the next
 * call. */
static inline struct past_trial *lecture_keep(struct past_trials *trials,
                                              struct past_trial trial) {
    cr_assert(past_trials_add(trials, &trial));
    return &trials->list[trials->count - 1];
}

/* The same, for a trial that is invalid. */
static inline struct past_trial *lecture_keep_invalid(struct past_trials *trials,
                                                      struct past_trial trial,
                                                      const char *reason) {
    struct past_trial *kept = lecture_keep(trials, trial);
    kept->is_valid = false;
    cr_assert(texts_add(&kept->reasons, reason));
    return kept;
}

#endif

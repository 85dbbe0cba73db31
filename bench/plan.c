/* What will be run, in which order. */
#include "bench/plan.h"
#include "base/splitmix.h"

#include <sched.h>
#include <stdlib.h>
#include <string.h>

static int32_t count_cores(void) {
    cpu_set_t set;
    return sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
}

void plan_init(struct plan *plan, uint64_t seed) {
    *plan = (struct plan){.seed = seed, .cores = count_cores()};
}

void plan_close(struct plan *plan) {
    for (size_t i = 0; i < plan->scenario_count; i++) {
        scenario_close(&plan->scenarios[i].scenario);
        url_file_close(&plan->scenarios[i].urls);
        free(plan->scenarios[i].entries);
    }
    free(plan->scenarios);
    free(plan->trials);
    *plan = (struct plan){.scenarios = NULL};
}

static bool has_entry(const struct plan_scenario *planned, const char *name) {
    for (size_t i = 0; i < planned->entry_count; i++) {
        if (!strcmp(planned->entries[i].model.name, name)) {
            return true;
        }
    }
    return false;
}

static bool add_entry(const struct plan *plan, struct plan_scenario *planned,
                      const struct model *model, struct error *error) {
    if (has_entry(planned, model->name)) {
        return error_input(error, "%s: the model '%s' is there twice",
                           planned->scenario.name, model->name);
    }
    struct plan_entry *entries =
        realloc(planned->entries, (planned->entry_count + 1) * sizeof *entries);
    if (!entries) {
        return error_failed(error, "out of memory");
    }
    planned->entries = entries;
    struct plan_entry *entry = &entries[planned->entry_count++];
    entry->model = *model;
    return predict(&planned->scenario, model, plan->cores, plan->seed,
                   &entry->prediction, error);
}

static bool add_all(const struct plan *plan, struct plan_scenario *planned,
                    const struct catalogue *catalogue, struct error *error) {
    for (size_t i = 0; i < catalogue->count; i++) {
        const struct model *model = &catalogue->models[i];
        if (model->is_listed && model->is_available &&
            !add_entry(plan, planned, model, error)) {
            return false;
        }
    }
    return true;
}

static bool add_named(const struct plan *plan, struct plan_scenario *planned,
                      const struct catalogue *catalogue, const char *name,
                      struct error *error) {
    struct model model;
    if (!catalogue_find(catalogue, name, &model, error)) {
        return false;
    }
    if (strchr(name, '/') && has_entry(planned, model.name)) {
        model_name_after_file(&model, true); /* sequential.py beside sequential */
    }
    if (!model.is_available) {
        return error_input(error, "the model '%s' can't run here: %s", model.name,
                           model.why);
    }
    return add_entry(plan, planned, &model, error);
}

bool plan_add(struct plan *plan, struct scenario *scenario,
              const struct catalogue *catalogue, struct error *error) {
    struct plan_scenario *scenarios =
        realloc(plan->scenarios, (plan->scenario_count + 1) * sizeof *scenarios);
    if (!scenarios) {
        scenario_close(scenario);
        return error_failed(error, "out of memory");
    }
    plan->scenarios = scenarios;
    struct plan_scenario *planned = &scenarios[plan->scenario_count++];
    *planned = (struct plan_scenario){.scenario = *scenario};
    scenario_init(scenario); /* ours now */
    for (size_t i = 0; i < planned->scenario.model_count; i++) {
        const char *name = planned->scenario.models[i];
        bool ok = !strcmp(name, "all")
                      ? add_all(plan, planned, catalogue, error)
                      : add_named(plan, planned, catalogue, name, error);
        if (!ok) {
            return false;
        }
    }
    return planned->entry_count > 0 ||
           error_input(error, "%s: no model to run; name some with --models",
                       planned->scenario.name);
}

/* Fisher and Yates. */
static void shuffle(struct plan_trial trials[], size_t count, uint64_t *state) {
    for (size_t i = count; i > 1; i--) {
        size_t j = splitmix_next(state) % i;
        struct plan_trial swapped = trials[i - 1];
        trials[i - 1] = trials[j];
        trials[j] = swapped;
    }
}

bool plan_order(struct plan *plan, struct error *error) {
    size_t count = 0;
    for (size_t i = 0; i < plan->scenario_count; i++) {
        count +=
            plan->scenarios[i].entry_count * (size_t)plan->scenarios[i].scenario.blocks;
    }
    plan->trials = calloc(count ? count : 1, sizeof *plan->trials);
    if (!plan->trials) {
        return error_failed(error, "out of memory");
    }
    uint64_t state = plan->seed;
    for (size_t i = 0; i < plan->scenario_count; i++) {
        const struct plan_scenario *planned = &plan->scenarios[i];
        for (int32_t block = 1; block <= planned->scenario.blocks; block++) {
            struct plan_trial *first = &plan->trials[plan->trial_count];
            for (size_t entry = 0; entry < planned->entry_count; entry++) {
                plan->trials[plan->trial_count++] =
                    (struct plan_trial){i, entry, block};
            }
            shuffle(first, planned->entry_count, &state);
        }
    }
    return true;
}

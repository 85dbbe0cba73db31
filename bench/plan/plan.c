/* Builds the plan of a run and orders its trials. */
#include "bench/plan/plan.h"
#include "base/splitmix.h"
#include "bench/plan/cgroup.h"

#include <sched.h>
#include <stdlib.h>
#include <string.h>

static struct processors count_processors(void) {
    cpu_set_t set;
    struct processors processors = {.cores = 1};
    if (sched_getaffinity(0, sizeof set, &set) == 0) {
        processors.cores = CPU_COUNT(&set);
    }
    cgroup_find_quota(&processors.quota_ns, &processors.period_ns);
    return processors;
}

void plan_init(struct plan *plan, uint64_t seed) {
    *plan = (struct plan){.seed = seed, .processors = count_processors()};
}

void plan_close(struct plan *plan) {
    for (size_t i = 0; i < plan->point_count; i++) {
        scenario_close(&plan->points[i].scenario);
        url_file_close(&plan->points[i].urls);
        free(plan->points[i].entries);
    }
    free(plan->points);
    free(plan->trials);
    *plan = (struct plan){.points = NULL};
}

static bool has_entry(const struct plan_point *point, const char *name) {
    for (size_t i = 0; i < point->entry_count; i++) {
        if (!strcmp(point->entries[i].model.name, name)) {
            return true;
        }
    }
    return false;
}

static bool add_entry(const struct plan *plan, struct plan_point *point,
                      const struct model *model, struct error *error) {
    if (has_entry(point, model->name)) {
        return error_input(error, "%s: the model '%s' is named twice",
                           point->scenario.name, model->name);
    }
    struct plan_entry *entries =
        realloc(point->entries, (point->entry_count + 1) * sizeof *entries);
    if (!entries) {
        return error_failed(error, "out of memory");
    }
    point->entries = entries;
    struct plan_entry *entry = &entries[point->entry_count++];
    entry->model = *model;
    return predict(&point->scenario, model, &plan->processors, plan->seed,
                   &entry->prediction, error);
}

static bool add_all(const struct plan *plan, struct plan_point *point,
                    const struct catalogue *catalogue, struct error *error) {
    for (size_t i = 0; i < catalogue->count; i++) {
        const struct model *model = &catalogue->models[i];
        if (!model->unlisted && model->is_available &&
            !add_entry(plan, point, model, error)) {
            return false;
        }
    }
    return true;
}

static bool add_named(const struct plan *plan, struct plan_point *point,
                      const struct catalogue *catalogue, const char *name,
                      struct error *error) {
    struct model model;
    if (!catalogue_find(catalogue, name, &model, error)) {
        return false;
    }
    if (strchr(name, '/') && has_entry(point, model.name)) {
        model_name_after_file(&model, true); /* tells sequential.py from sequential */
    }
    if (!model.is_available) {
        return error_input(error, "the model '%s' can't run here: %s", model.name,
                           model.why);
    }
    return add_entry(plan, point, &model, error);
}

bool plan_add(struct plan *plan, struct scenario *scenario,
              const struct catalogue *catalogue, struct error *error) {
    struct plan_point *points =
        realloc(plan->points, (plan->point_count + 1) * sizeof *points);
    if (!points) {
        scenario_close(scenario);
        return error_failed(error, "out of memory");
    }
    plan->points = points;
    struct plan_point *point = &points[plan->point_count++];
    *point = (struct plan_point){.scenario = *scenario};
    scenario_init(scenario); /* the plan owns its contents now */
    for (size_t i = 0; i < point->scenario.model_count; i++) {
        const char *name = point->scenario.models[i];
        bool ok = !strcmp(name, "all") ? add_all(plan, point, catalogue, error)
                                       : add_named(plan, point, catalogue, name, error);
        if (!ok) {
            return false;
        }
    }
    return point->entry_count > 0 ||
           error_input(error, "%s: no model to run; name some with --models",
                       point->scenario.name);
}

/* The shuffle of Fisher and Yates. */
static void shuffle(struct plan_trial trials[], size_t count, uint64_t *state) {
    for (size_t i = count; i > 1; i--) {
        size_t j = splitmix_next(state) % i;
        struct plan_trial swapped = trials[i - 1];
        trials[i - 1] = trials[j];
        trials[j] = swapped;
    }
}

bool plan_is_shuffled(const struct plan *plan, const struct plan_point *point) {
    return plan->sequence == PLAN_RANDOM ||
           (plan->sequence == PLAN_BY_BLOCKS && point->scenario.blocks > 1);
}

bool plan_order(struct plan *plan, struct error *error) {
    size_t count = 0;
    for (size_t i = 0; i < plan->point_count; i++) {
        count += plan->points[i].entry_count * (size_t)plan->points[i].scenario.blocks;
    }
    plan->trials = calloc(count ? count : 1, sizeof *plan->trials);
    if (!plan->trials) {
        return error_failed(error, "out of memory");
    }
    uint64_t state = plan->seed;
    for (size_t i = 0; i < plan->point_count; i++) {
        const struct plan_point *point = &plan->points[i];
        for (int32_t block = 1; block <= point->scenario.blocks; block++) {
            struct plan_trial *first = &plan->trials[plan->trial_count];
            for (size_t entry = 0; entry < point->entry_count; entry++) {
                plan->trials[plan->trial_count++] =
                    (struct plan_trial){i, entry, block};
            }
            if (plan_is_shuffled(plan, point)) {
                shuffle(first, point->entry_count, &state);
            }
        }
    }
    return true;
}

const struct plan_point *plan_point_of(const struct plan *plan, size_t index) {
    return &plan->points[plan->trials[index].point];
}

const struct plan_entry *plan_entry_of(const struct plan *plan, size_t index) {
    return &plan_point_of(plan, index)->entries[plan->trials[index].entry];
}

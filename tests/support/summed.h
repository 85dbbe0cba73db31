/* A run of a shipped scenario with made-up trials, and its summary. */
#ifndef SIMUL_TESTS_SUPPORT_SUMMED_H
#define SIMUL_TESTS_SUPPORT_SUMMED_H

#include "bench/summary/summary.h"
#include "tests/support/lecture.h"

struct summed {
    struct plan plan;
    struct past_trials trials;
    struct summary summary;
};

static inline void summed_open(struct summed *summed, const char *scenario) {
    *summed = (struct summed){.summary = {.points = NULL}};
    lecture_plan(&summed->plan, scenario);
}

/* Adds a trial. The caller may change it until the next call. */
static inline struct past_trial *summed_add(struct summed *summed, size_t point,
                                            const char *model, int64_t block,
                                            int64_t makespan_ms) {
    return lecture_keep(&summed->trials,
                        lecture_trial(point, model, block, makespan_ms));
}

/* Makes the summary of all trials so far, and returns its first point. */
static inline const struct summary_point *summed_point(struct summed *summed) {
    struct error error;
    summary_close(&summed->summary);
    cr_assert(summary_make(&summed->summary, &summed->plan, &summed->trials, &error));
    cr_assert_eq(summed->summary.point_count, summed->plan.point_count);
    return &summed->summary.points[0];
}

static inline const struct summary_model *summed_find(const struct summary_point *point,
                                                      const char *name) {
    for (size_t i = 0; i < point->model_count; i++) {
        if (!strcmp(point->models[i].name, name)) {
            return &point->models[i];
        }
    }
    cr_assert(false, "no model %s", name);
    return NULL;
}

/* Makes the summary, and returns this model of its first point. */
static inline const struct summary_model *summed_model(struct summed *summed,
                                                       const char *name) {
    return summed_find(summed_point(summed), name);
}

static inline void summed_close(struct summed *summed) {
    summary_close(&summed->summary);
    past_trials_close(&summed->trials);
    plan_close(&summed->plan);
}

#endif

/* How long a run takes, in real time: by the predictions before it begins, and by the
 * trials that are finished as it goes on. */
#ifndef SIMUL_BENCH_PLAN_ESTIMATE_H
#define SIMUL_BENCH_PLAN_ESTIMATE_H

#include "bench/plan/plan.h"

/* A zeroed estimate is closed. */
struct estimate {
    const struct plan *plan; /* borrowed; its trials are ordered */
    int64_t *trial_ns; /* [trial of the plan], owned; -1: unknown until one is run */
};

/* The part of a run that is estimated. */
struct estimate_sum {
    int64_t ns;
    size_t unknown_count; /* trials that are not in it */
};

/* Estimates each trial: its prediction, and the start of its two programs, as long as
 * their descriptions took. Fails if out of memory. Call estimate_close() in any case. */
bool estimate_open(struct estimate *estimate, const struct plan *plan,
                   struct error *error);
void estimate_close(struct estimate *estimate);

/* A trial took so long, so the later trials of its model in its scenario will. */
void estimate_learn(struct estimate *estimate, size_t index, int64_t took_ns);

/* The sum of the trials from `first` on. */
struct estimate_sum estimate_from(const struct estimate *estimate, size_t first);

/* The time that a trial takes at least, because nothing is faster than predicted; 0:
 * unknown. */
int64_t estimate_least_ns(const struct plan *plan, size_t index);

/* The model that takes over half of the run, with its share; NULL: none does, or the
 * run has only one model. Borrowed from the plan. */
const char *estimate_longest(const struct estimate *estimate, double *share);

#endif

/* What a scenario takes of the machine: one model, its API, all of a run's files. */
#ifndef SIMUL_BENCH_PLAN_NEEDS_H
#define SIMUL_BENCH_PLAN_NEEDS_H

#include "bench/plan/limits.h"
#include "bench/plan/plan.h"

/* What one trial takes: so much of each kind, and what grows with `counted`. */
struct needs {
    int64_t of[LIMIT_KINDS];
    int64_t api_descriptors; /* the API is a process of its own */
    int64_t fixed[LIMIT_KINDS];
    int64_t per_counted[LIMIT_KINDS]; /* 0: it does not grow */
    const char *counted;              /* "conversations" or "workers" */
};

/* Of one model in a scenario. What a model does not say is not counted, but for one
 * connection each caller. */
struct needs needs_of_trial(const struct scenario *scenario, const struct model *model,
                            int32_t cores);

/* Bytes that the whole run writes, at least: the events of all trials, and the API's
 * log of the largest, which is gone when its trial ends. */
int64_t needs_disk_bytes(const struct plan *plan);

/* How many records the API's log has room for. */
int64_t needs_log_records(const struct scenario *scenario);

/* Bytes of the largest single file: the API's log. */
int64_t needs_file_bytes(const struct scenario *scenario);

#endif

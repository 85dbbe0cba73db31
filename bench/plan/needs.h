/* The resources that a scenario needs: for one model, for its API, for all files of a
 * run. */
#ifndef SIMUL_BENCH_PLAN_NEEDS_H
#define SIMUL_BENCH_PLAN_NEEDS_H

#include "bench/plan/limits.h"
#include "bench/plan/plan.h"

/* The needs of one trial: of each kind, fixed + per_counted x the number of
 * `counted`. */
struct needs {
    int64_t of[LIMIT_KINDS];
    int64_t api_descriptors; /* of the mock API, which is a process of its own */
    int64_t fixed[LIMIT_KINDS];
    int64_t per_counted[LIMIT_KINDS]; /* 0: it does not grow */
    const char *counted;              /* "conversations" or "workers" */
};

/* The needs of one model in a scenario. A need that the model's description does not
 * say counts as 0, except for one connection for each caller. */
struct needs needs_of_trial(const struct scenario *scenario, const struct model *model,
                            const struct processors *processors);

/* The number of bytes that the whole run writes at least: the events of all trials, and
 * the API's largest log, since a log is removed when its trial ends. */
int64_t needs_disk_bytes(const struct plan *plan);

/* The number of records that the API's log has room for. */
int64_t needs_log_records(const struct scenario *scenario);

/* Bytes of the largest single file: the API's log. */
int64_t needs_file_bytes(const struct scenario *scenario);

#endif

/* Disturbances of a trial: lost connections and segments, a machine that is shared or
 * swaps, an API that could not keep up. Any of them makes the trial invalid. */
#ifndef SIMUL_BENCH_TRIAL_DISTURBANCE_H
#define SIMUL_BENCH_TRIAL_DISTURBANCE_H

#include "bench/measure/validity.h"
#include "bench/plan/cgroup.h"

#include <sys/types.h>

/* The state of the machine at one moment; the counters run since its start. */
struct moment {
    int64_t at_ns;
    int64_t all_ticks; /* of all cores, 10 ms each */
    int64_t stolen_ticks;
    int64_t swapped_pages; /* in and out */
    int64_t api_cpu_ns;    /* -1: unknown */
    struct cgroup_throttling throttling;
};

/* Reads the state; `api` is the API's process; 0: there is none. */
struct moment moment_read(pid_t api);

/* What the model did between two moments. */
struct conduct {
    int64_t major_faults;
    bool computes; /* its sends compute, and the prediction counts with the quota */
};

/* Adds a reason for each disturbance between two moments. Major faults count only if
 * the machine swapped too, because a program that is loaded for the first time has some
 * as well. A quota that held processes back counts only if the model does not
 * compute. */
void disturbance_judge(struct validity *validity, const struct moment *before,
                       const struct moment *after, struct conduct conduct);

/* Adds a reason if connections or segments were lost, as the API's log records. */
void disturbance_judge_losses(struct validity *validity, const struct witness *witness);

#endif

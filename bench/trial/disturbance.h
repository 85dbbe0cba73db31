/* Disturbances of a trial: lost connections and segments, a machine that is shared or
 * swaps, an API that could not keep up. Any of them makes the trial invalid. */
#ifndef SIMUL_BENCH_TRIAL_DISTURBANCE_H
#define SIMUL_BENCH_TRIAL_DISTURBANCE_H

#include "bench/measure/validity.h"

#include <sys/types.h>

/* The state of the machine at one moment; the counters run since its start. */
struct moment {
    int64_t at_ns;
    int64_t all_ticks; /* of all cores, 10 ms each */
    int64_t stolen_ticks;
    int64_t swapped_pages; /* in and out */
    int64_t api_cpu_ns;    /* -1: unknown */
};

/* Reads the state; `api` is the API's process; 0: there is none. */
struct moment moment_read(pid_t api);

/* Adds a reason for each disturbance between two moments. `major_faults` are the
 * model's. They count only if the machine swapped too, because a program that is loaded
 * for the first time has some as well. */
void disturbance_judge(struct validity *validity, const struct moment *before,
                       const struct moment *after, int64_t major_faults);

/* Adds a reason if connections or segments were lost, as the API's log records. */
void disturbance_judge_losses(struct validity *validity, const struct witness *witness);

#endif

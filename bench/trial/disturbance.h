/* What else went on while a trial ran: losses on the way, a machine that is shared, an
 * API that could not keep up. Any of it makes the trial invalid. */
#ifndef SIMUL_BENCH_TRIAL_DISTURBANCE_H
#define SIMUL_BENCH_TRIAL_DISTURBANCE_H

#include "bench/measure/validity.h"

#include <sys/types.h>

/* The machine at one moment; counters since it was started. */
struct moment {
    int64_t at_ns;
    int64_t all_ticks; /* of all cores, 10 ms each */
    int64_t stolen_ticks;
    int64_t swapped_pages; /* in and out */
    int64_t api_cpu_ns;    /* -1: unknown */
};

/* Reads it; `api` is the API's process, 0: none. */
struct moment moment_read(pid_t api);

/* Adds a reason for each disturbance between two moments. `major_faults` are the
 * model's: only with the machine's swapping they are more than a program that is loaded
 * for the first time. */
void disturbance_judge(struct validity *validity, const struct moment *before,
                       const struct moment *after, int64_t major_faults);

/* Adds a reason where connections or segments got lost, as the API's log says. */
void disturbance_judge_losses(struct validity *validity, const struct witness *witness);

#endif

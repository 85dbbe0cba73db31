/* The trials of a run, one after the other: each is announced, run and saved. */
#ifndef SIMUL_BENCH_COMMANDS_TRIALS_H
#define SIMUL_BENCH_COMMANDS_TRIALS_H

#include "bench/live/live.h"
#include "bench/plan/estimate.h"
#include "bench/results/results.h"

/* All are borrowed. */
struct trials {
    const struct plan *plan;
    struct results *results;
    struct live *live;
    struct estimate *estimate;
    int64_t most_ns; /* the trials may take so long in all, in real time; 0: any time */
};

/* Runs the trials to the last one, or until a signal comes. False: an error ends the
 * run. If the time is over, the trial under way is given up, which is such an error; so
 * it is if the next trial can't end in time by its prediction. */
bool trials_run(const struct trials *trials, struct error *error);

#endif

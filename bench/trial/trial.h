/* One model running one scenario once: a fresh mock API, a fresh model,
 * and what became of them. */
#ifndef SIMUL_BENCH_TRIAL_TRIAL_H
#define SIMUL_BENCH_TRIAL_TRIAL_H

#include "bench/measure/figures.h"
#include "bench/plan/plan.h"
#include "bench/measure/validity.h"

#include <limits.h>

#define TRIAL_NAME_BYTES 160

/* Who looks on while the model runs. */
struct trial_watch {
    /* Called now and then, and a last time when the model is done: `witness` is the
     * API's record (NULL where it keeps none), `start_ns` when the model was started.
     * Returns when to be called next. NULL: nobody looks. */
    int64_t (*look)(void *context, const struct witness *witness, int64_t start_ns);
    void *context;
};

/* Which trial, and where its files go. */
struct trial_setup {
    const struct scenario *scenario;
    const struct plan_entry *entry;
    int number; /* from 1, in the run */
    int32_t block;
    uint64_t seed;
    int32_t cores;
    const char *folder;    /* of the events; exists */
    const char *urls_path; /* the user's own API; NULL: a mock API is started */
    /* How long the API may take to start, and the model beyond what model_process.h
     * allows it. */
    int64_t patience_ns;
    int64_t stop_patience_ns; /* how long each may take to end when it is told to */
    struct trial_watch watch;
};

/* What a trial showed. Real nanoseconds; -1: unknown. */
struct trial {
    char name[TRIAL_NAME_BYTES]; /* of its files */
    struct figures figures;
    int64_t setup_ns; /* from the model's start to its common ready */
    int64_t user_ns;  /* processor time of the model */
    int64_t system_ns;
    int64_t peak_memory_bytes;
    int64_t peak_threads;
    int64_t voluntary_switches;
    int64_t involuntary_switches;
    struct validity validity;
    bool interrupted; /* by a signal to this program: what is above is not whole */
};

/* Runs it: starts the API (not where the URLs are the user's own) and the model, waits,
 * checks, writes <folder>/<name>.csv and <name>.api.csv. A fault of the model or the
 * API makes the trial invalid, with its reason; false is for what ends the run: the API
 * can't start, no file can be written. No process is left in any case, and no file of a
 * trial that was not ended. */
bool trial_run(const struct trial_setup *setup, struct trial *trial,
               struct error *error);

/* Removes its files: of a trial that can't be kept. */
void trial_discard(const struct trial_setup *setup, const struct trial *trial);

#endif

/* A trial: one model runs one scenario once, with a fresh mock API and a fresh process
 * of the model. */
#ifndef SIMUL_BENCH_TRIAL_TRIAL_H
#define SIMUL_BENCH_TRIAL_TRIAL_H

#include "bench/measure/figures.h"
#include "bench/plan/plan.h"
#include "bench/programs/process.h"
#include "bench/measure/validity.h"

#include <limits.h>

#define TRIAL_NAME_BYTES 160

/* The end of the name of the file that holds the model's stderr. */
#define TRIAL_STDERR_ENDING ".stderr.txt"

/* A function that is called while the model runs. */
struct trial_watch {
    /* Called now and then, and a last time when the model has ended. `witness` is the
     * API's log (NULL: there is none), `start_ns` the start of the model. Returns the
     * time of the next call. May be NULL. */
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
    struct processors processors;
    const char *folder;          /* of the events; exists */
    const char *urls_path;       /* the user's own API; NULL: a mock API is started */
    const struct url_file *urls; /* the same as the user wrote it, to name requests */
    /* How long the API may take to start, and the model beyond what model_process.h
     * allows it. */
    int64_t patience_ns;
    int64_t stop_patience_ns; /* how long each may take to end when it is told to */
    int64_t until_ns; /* the trial is given up then, on clock_now_ns(); 0: never */
    struct trial_watch watch;
};

/* The result of a trial. Times in real nanoseconds; -1: unknown. */
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
    int64_t throttled_count; /* how often a quota held the processes back */
    int64_t throttled_ns;
    bool has_stderr;                /* the model printed to stderr: the file is there */
    struct process_lines complaint; /* the end of it, if the trial is invalid */
    struct validity validity;
    /* by a signal to this program, or at until_ns: the result is incomplete */
    bool interrupted;
};

/* Runs a trial: starts the mock API (unless the URLs are the user's own) and the model,
 * waits, checks, and writes <folder>/<name>.csv, <name>.api.csv and, if the model prints
 * to stderr, <name>.stderr.txt (transcript.h). A fault of the model or the API makes the trial invalid, with a reason. Returns false on an error
 * that ends the run: the API can't start, or a file can't be written. Leaves no process
 * behind in any case, and no file of a trial that failed or was interrupted. */
bool trial_run(const struct trial_setup *setup, struct trial *trial,
               struct error *error);

/* Notes that the result of a trial is saved: until then, its files are removed if this
 * program is killed (bench/programs/guard.h). */
void trial_keep(const struct trial_setup *setup, const struct trial *trial);

/* Removes the files of a trial, if its result can't be saved. */
void trial_discard(const struct trial_setup *setup, const struct trial *trial);

#endif

/* The output of a run on stderr: lanes if stderr is a terminal, else a line a minute;
 * and a line for each trial. With --quiet, only a line for each invalid trial. */
#ifndef SIMUL_BENCH_LIVE_LIVE_H
#define SIMUL_BENCH_LIVE_LIVE_H

#include "bench/live/frame.h"
#include "bench/live/progress.h"
#include "bench/live/standings.h"
#include "bench/live/terminal.h"

#include <stdio.h>

struct live_options {
    bool quiet;
    enum terminal_wish colour;
};

/* A zeroed one is closed. */
struct live {
    struct live_options options;
    const struct plan *plan;         /* borrowed */
    const struct estimate *estimate; /* borrowed; NULL: unknown */
    FILE *lines; /* stderr, through base/tame.h; NULL: out of memory, prints nothing */
    struct terminal terminal;
    struct lanes lanes;
    struct standings standings; /* of the scenario under way */
    char place[PROGRESS_BYTES];
    char left[PROGRESS_BYTES];
    struct frame_words words; /* of the trial under way */
    size_t index;
    int64_t begun_ns; /* the time at which the trial began */
    int64_t least_ns; /* nothing is drawn before the trial has lasted so long */
    int64_t next_ns;  /* the time at which the next frame, or line, is due */
    uint64_t frames;  /* the number drawn in this trial */
};

/* No function here fails: a run goes on if its output can't be shown. */
void live_open(struct live *live, const struct live_options *options,
               const struct plan *plan, const struct estimate *estimate);
void live_close(struct live *live);

/* Begins a trial, and fills the watch to give to trial_run(). */
void live_begin(struct live *live, size_t index, struct trial_watch *watch);

/* Ends a trial; `trial` is its result, NULL if it was interrupted or failed. Its line
 * replaces its lanes. If the scenario has a single block, the lanes stay above the
 * line: such a run is a demonstration, in which the lanes of the models are
 * compared. */
void live_end(struct live *live, const struct trial *trial);

/* Prints a line, unless with --quiet. */
void live_say(struct live *live, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Prints a line, also with --quiet: a warning. */
void live_warn(struct live *live, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif

/* What a run says while it runs: lanes where stderr is a terminal, a line a trial
 * everywhere, nothing but invalid trials for who wants quiet. */
#ifndef SIMUL_BENCH_LIVE_LIVE_H
#define SIMUL_BENCH_LIVE_LIVE_H

#include "bench/live/frame.h"
#include "bench/live/progress.h"
#include "bench/live/terminal.h"

#include <stdio.h>

struct live_options {
    bool quiet;
    enum terminal_wish colour;
};

/* Zeroed: closed. */
struct live {
    struct live_options options;
    const struct plan *plan; /* borrowed */
    FILE *lines;             /* stderr, made tame; NULL: out of memory, and silent */
    struct terminal terminal;
    struct lanes lanes;
    char place[PROGRESS_BYTES];
    struct frame_words words; /* of the trial under way */
    size_t index;
    int64_t least_ns; /* it lasts so long before anything is drawn */
    int64_t next_ns;  /* when the next frame is due */
    uint64_t frames;  /* drawn */
};

/* Nothing here fails: a run does not end because nobody can look. */
void live_open(struct live *live, const struct live_options *options,
               const struct plan *plan);
void live_close(struct live *live);

/* A trial begins; `watch` is what trial_run() is to be given. */
void live_begin(struct live *live, size_t index, struct trial_watch *watch);

/* The trial is over: `trial` is what it showed, NULL where it was cut off. Its lanes
 * make room for its line. Where a scenario has one block only they stay above it: there
 * the run is a demonstration, and one wants to look from one model's lanes to
 * another's. */
void live_end(struct live *live, const struct trial *trial);

/* Prints a line, unless quiet is wanted. */
void live_say(struct live *live, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Prints a line in any case: something went wrong. */
void live_warn(struct live *live, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif

/* The lines that a run prints: one for each trial, and for a long trial one a minute if
 * nothing can be drawn. */
#ifndef SIMUL_BENCH_LIVE_PROGRESS_H
#define SIMUL_BENCH_LIVE_PROGRESS_H

#include "base/clock.h"
#include "bench/live/lanes.h"
#include "bench/plan/estimate.h"
#include "bench/trial/trial.h"

enum { PROGRESS_BYTES = 768 };

enum { PROGRESS_PREDICTED_BYTES = 128 };

/* Writes " (predicted 720.0 s, 12 min)": seconds of the scenario's own time, and from a
 * minute on as people say them. Returns the number of bytes. */
size_t progress_predicted(double predicted_s,
                          char text[static PROGRESS_PREDICTED_BYTES]);

/* Writes the trial's place in the run: "[2/4] urls, block 1, ". */
void progress_place(const struct plan *plan, size_t index,
                    char text[static PROGRESS_BYTES]);

/* Writes "[2/4] urls, block 1, threads: 115.1 s (predicted 115.0 s, 1 min
 * 55 s)", or the reason why the trial is invalid. */
void progress_line(const struct plan *plan, size_t index, const struct trial *trial,
                   char text[static PROGRESS_BYTES]);

/* Writes "[2/4] urls, block 1, sequential: at 300.0 s of 720.0 s, 5 of 12 requests
 * answered" while a trial runs. */
void progress_now(const struct plan *plan, size_t index, const struct lanes *lanes,
                  char text[static PROGRESS_BYTES]);

/* Writes "about 41 min left": the rest of a trial that has run for `elapsed_ns`, and
 * all later trials. Writes "" if a time is unknown, or less than PROGRESS_LEAST_NS is
 * left. */
#define PROGRESS_LEAST_NS (5 * NS_PER_S)
void progress_left(const struct estimate *estimate, size_t index, int64_t elapsed_ns,
                   char text[static PROGRESS_BYTES]);

#endif

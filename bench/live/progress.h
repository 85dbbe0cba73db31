/* The line that a run prints for each trial. */
#ifndef SIMUL_BENCH_LIVE_PROGRESS_H
#define SIMUL_BENCH_LIVE_PROGRESS_H

#include "bench/trial/trial.h"

enum { PROGRESS_BYTES = 768 };

/* Writes the trial's place in the run: "[2/4] urls, block 1, ". */
void progress_place(const struct plan *plan, size_t index,
                    char text[static PROGRESS_BYTES]);

/* Writes "[2/4] urls, block 1, threads: 115.1 s (predicted 115.0 s)", or the reason why
 * the trial is invalid. */
void progress_line(const struct plan *plan, size_t index, const struct trial *trial,
                   char text[static PROGRESS_BYTES]);

#endif

/* The line that a trial leaves behind, on a terminal and elsewhere. */
#ifndef SIMUL_BENCH_LIVE_PROGRESS_H
#define SIMUL_BENCH_LIVE_PROGRESS_H

#include "bench/trial/trial.h"

enum { PROGRESS_BYTES = 768 };

/* "[2/4] urls, block 1, ": which trial of the run it is. */
void progress_place(const struct plan *plan, size_t index,
                    char text[static PROGRESS_BYTES]);

/* "[2/4] urls, block 1, threads: 115.1 s (predicted 115.0 s)", or why it is invalid. */
void progress_line(const struct plan *plan, size_t index, const struct trial *trial,
                   char text[static PROGRESS_BYTES]);

#endif

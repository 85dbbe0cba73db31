/* Notes on a scenario's figures: how far they can be trusted, and what was left out. */
#ifndef SIMUL_BENCH_SUMMARY_NOTES_H
#define SIMUL_BENCH_SUMMARY_NOTES_H

#include "bench/plan/plan.h"
#include "bench/summary/past_trial.h"

/* Adds the sentences on a point of the plan to `notes`; there may be none. `trials` is NULL if nothing was
 * measured. False: out of memory. */
bool notes_make(const struct plan *plan, size_t point, const struct past_trials *trials,
                struct texts *notes);

#endif

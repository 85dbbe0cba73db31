/* Notes on single models: why a model's figures differ from what is predicted of it. */
#ifndef SIMUL_BENCH_SUMMARY_MODEL_NOTES_H
#define SIMUL_BENCH_SUMMARY_MODEL_NOTES_H

#include "bench/plan/plan.h"
#include "bench/summary/past_trial.h"

/* Adds a sentence for each model that is much slower than predicted and had fewer
 * requests in flight than it says, and for each model that a processor quota held back.
 * False: out of memory. */
bool model_notes_add(const struct plan *plan, size_t point,
                     const struct past_trials *trials, struct texts *notes);

#endif

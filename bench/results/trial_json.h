/* A trial in trials.jsonl. */
#ifndef SIMUL_BENCH_RESULTS_TRIAL_JSON_H
#define SIMUL_BENCH_RESULTS_TRIAL_JSON_H

#include "bench/plan/plan.h"
#include "bench/summary/past_trial.h"
#include "bench/trial/trial.h"

#include <jansson.h>

/* The object for trial `index` (from 0) of the plan. The caller owns the reference. */
json_t *trial_to_json(const struct plan *plan, size_t index, const struct trial *trial);

/* Reads an object that trial_to_json() wrote; a figure that it lacks stays unknown.
 * Fails (input) if it is no object, or if it counts requests of a kind that this
 * version does not know. Call past_trial_close() in any case. */
bool trial_from_json(struct past_trial *trial, const json_t *object,
                     struct error *error);

#endif

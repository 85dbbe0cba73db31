/* A trial as it stands in trials.jsonl. */
#ifndef SIMUL_BENCH_RESULTS_TRIAL_JSON_H
#define SIMUL_BENCH_RESULTS_TRIAL_JSON_H

#include "bench/plan/plan.h"
#include "bench/trial/trial.h"

#include <jansson.h>

/* The object of the plan's trial `index`, from 0. The caller owns the reference. */
json_t *trial_to_json(const struct plan *plan, size_t index, const struct trial *trial);

#endif

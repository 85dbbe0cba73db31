/* The summary: what the trials say, beside what was predicted and printed. It is
 * derived, and can be made again from a run directory. docs/summary.schema.json
 * describes it. */
#ifndef SIMUL_BENCH_SUMMARY_SUMMARY_H
#define SIMUL_BENCH_SUMMARY_SUMMARY_H

#include "bench/plan/plan.h"

#include <jansson.h>

/* One object a scenario. `trials` is what results_load() gives, or NULL: then nothing
 * is measured and each model has its name, what is printed and what is predicted. The
 * caller owns the reference; NULL: out of memory. */
json_t *summary_make(const struct plan *plan, const json_t *trials);

#endif

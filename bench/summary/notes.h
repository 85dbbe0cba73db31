/* Notes on a scenario's figures: how far they can be trusted, and what was left out. */
#ifndef SIMUL_BENCH_SUMMARY_NOTES_H
#define SIMUL_BENCH_SUMMARY_NOTES_H

#include "bench/plan/plan.h"

#include <jansson.h>

/* A list of sentences for people, maybe an empty one. `trials` as for summary_make():
 * NULL where nothing was measured. The caller owns the reference. */
json_t *notes_make(const struct plan_point *planned, size_t point,
                   const json_t *trials);

#endif

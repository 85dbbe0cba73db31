/* The least that a model can take in a scenario: no order of its requests, and no
 * machine, is faster. */
#ifndef SIMUL_BENCH_MEASURE_IDEAL_H
#define SIMUL_BENCH_MEASURE_IDEAL_H

#include "bench/plan/plan.h"

/* In the scenario's own nanoseconds; 0 where nothing is known. All requests are taken
 * to succeed. */
int64_t ideal_ns(const struct scenario *scenario, const struct plan_entry *entry,
                 int32_t cores, uint64_t seed);

#endif

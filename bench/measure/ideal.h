/* The ideal: a time that a model cannot undercut in a scenario, with any order of its
 * requests and on any machine. */
#ifndef SIMUL_BENCH_MEASURE_IDEAL_H
#define SIMUL_BENCH_MEASURE_IDEAL_H

#include "bench/plan/plan.h"

/* The ideal in the scenario's own nanoseconds, if all requests succeed; 0: unknown. */
int64_t ideal_ns(const struct scenario *scenario, const struct plan_entry *entry,
                 const struct processors *processors, uint64_t seed);

#endif

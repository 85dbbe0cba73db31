/* Checks before a run starts that the machine's limits allow all of its trials. */
#ifndef SIMUL_BENCH_PLAN_PREFLIGHT_H
#define SIMUL_BENCH_PLAN_PREFLIGHT_H

#include "bench/plan/needs.h"

/* Compares the needs of every trial of the plan with the limits. Fails (input) with a
 * line for each limit that is too low: the model, its need, the limit, how to raise it,
 * and how much would fit. The whole run is refused, because half of a comparison is
 * worth nothing and no time has been spent yet. */
bool preflight(const struct plan *plan, const struct limits *limits,
               struct error *error);

#endif

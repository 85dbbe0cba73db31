/* Before anything starts: will the machine's limits let it run to its end? */
#ifndef SIMUL_BENCH_PLAN_PREFLIGHT_H
#define SIMUL_BENCH_PLAN_PREFLIGHT_H

#include "bench/plan/needs.h"

/* Holds what every trial of the plan needs against the limits. Fails (input) with a
 * line for each limit that is too low: which model, what it needs, what there is, how
 * to raise it, and how much would fit. The whole run is refused: half of a comparison
 * is none, and nothing is lost yet. */
bool preflight(const struct plan *plan, const struct limits *limits,
               struct error *error);

#endif

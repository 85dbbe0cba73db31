/* What is said before a run begins, to whom it may concern. */
#ifndef SIMUL_BENCH_COMMANDS_ANNOUNCE_H
#define SIMUL_BENCH_COMMANDS_ANNOUNCE_H

#include "bench/plan/plan.h"

/* More requests than this are not sent to anybody's own API in one run. */
#define ANNOUNCE_MOST_REQUESTS 10000000

/* Tells on stderr, a line a scenario, how many requests will go to which hosts that are
 * not ours, and how many at a time. Nothing of the mock API. Fails (input) where they
 * are over ANNOUNCE_MOST_REQUESTS in all. */
bool announce_load(const struct plan *plan, struct error *error);

#endif

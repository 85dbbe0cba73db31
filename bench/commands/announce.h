/* The load of a run on servers that are not the mock API, printed before the run
 * begins. */
#ifndef SIMUL_BENCH_COMMANDS_ANNOUNCE_H
#define SIMUL_BENCH_COMMANDS_ANNOUNCE_H

#include "bench/plan/plan.h"

/* The most requests that one run sends to the user's own API. */
#define ANNOUNCE_MOST_REQUESTS 10000000

/* Prints on stderr, one line for each scenario with a URL file, how many requests go to
 * which hosts, and how many at a time. Scenarios of the mock API are not mentioned.
 * Fails (input) if there are more than ANNOUNCE_MOST_REQUESTS in all. */
bool announce_load(const struct plan *plan, struct error *error);

#endif

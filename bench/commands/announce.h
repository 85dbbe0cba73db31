/* What is told before a run begins: the load on servers that are not the mock API, and
 * the time. */
#ifndef SIMUL_BENCH_COMMANDS_ANNOUNCE_H
#define SIMUL_BENCH_COMMANDS_ANNOUNCE_H

#include "bench/plan/estimate.h"

/* The most requests that one run sends to the user's own API. */
#define ANNOUNCE_MOST_REQUESTS 10000000

/* Prints on stderr, one line for each scenario with a URL file, how many requests go to
 * which hosts, and how many at a time. Scenarios of the mock API are not mentioned.
 * Fails (input) if there are more than ANNOUNCE_MOST_REQUESTS in all. */
bool announce_load(const struct plan *plan, struct error *error);

enum { ANNOUNCE_TIME_BYTES = 256 };

/* Writes "about 52 min; sequential is 97 % of it", in real time. False: the run is over
 * before that is read, or nothing is known. */
bool announce_write_time(const struct estimate *estimate,
                         char text[static ANNOUNCE_TIME_BYTES]);

/* Fails (input) if the run takes longer than `most_ns`, and says what shortens it. 0: it
 * may take any time. */
bool announce_check_time(const struct estimate *estimate, int64_t most_ns,
                         struct error *error);

#endif

/* The mock API as a process of its own, for tests that need the real one. */
#ifndef SIMUL_TESTS_SUPPORT_WATCHED_API_H
#define SIMUL_TESTS_SUPPORT_WATCHED_API_H

#include "base/witness.h"
#include "bench/programs/process.h"

#define API_URL_BYTES 128

struct watched_api {
    struct process process;
    char url[API_URL_BYTES];
    int log_fd; /* its log is a file without a name: nothing is left behind */
    struct witness witness;
};

/* Starts one on a free port, with these options (ended with NULL) behind our own. Fails
 * the test where it can't. The witness is open. */
void watched_api_start(struct watched_api *api, const char *const options[]);

/* Connections that it has accepted so far. */
long watched_api_connections(const struct watched_api *api);

/* How many of its requests, at the worst moment, had arrived and were not answered. */
int watched_api_peak_in_flight(const struct watched_api *api);

void watched_api_stop(struct watched_api *api);

#endif

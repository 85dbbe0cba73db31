/* The mock API as a process of its own, for tests that need the real one. */
#ifndef SIMUL_TESTS_SUPPORT_WATCHED_API_H
#define SIMUL_TESTS_SUPPORT_WATCHED_API_H

#include "base/witness.h"
#include "bench/programs/process.h"

#define API_URL_BYTES 128

struct watched_api {
    struct process process;
    char url[API_URL_BYTES];
    int log_fd; /* its log, a file without a name that needs no removal */
    struct witness witness;
};

/* Starts the API on a free port, with these additional options (ended with NULL), and
 * opens its log. Fails the test if that is not possible. */
void watched_api_start(struct watched_api *api, const char *const options[]);

/* The number of connections that it has accepted so far. */
long watched_api_connections(const struct watched_api *api);

/* The largest number of requests that had arrived and were not answered. */
int watched_api_peak_in_flight(const struct watched_api *api);

void watched_api_stop(struct watched_api *api);

#endif

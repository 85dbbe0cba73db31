/* The scenario of a file of URLs: the user's own API, which takes the time it takes. */
#ifndef SIMUL_BENCH_SCENARIO_URLS_H
#define SIMUL_BENCH_SCENARIO_URLS_H

#include "bench/scenario/scenario.h"
#include "bench/scenario/url_file.h"

/* So long may a request take where nobody says otherwise: without an end, one that
 * never comes would hold up everything. */
#define SCENARIO_URLS_TIMEOUT_S 60

/* Makes a scenario of the URL file alone, called after the file. False: out of memory.
 */
bool scenario_of_urls(struct scenario *scenario, const char *path, struct error *error);

/* Reads the scenario's URL file and takes from it what was not given: a conversation
 * for each line, and a title; real time and SCENARIO_URLS_TIMEOUT_S are the defaults.
 * Fewer conversations than lines ask for the first ones. Fails (input).
 * url_file_close() in any case. */
bool scenario_read_urls(struct scenario *scenario, struct url_file *urls,
                        struct error *error);

#endif

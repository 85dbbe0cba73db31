/* The scenario of a URL file: the user's own API, with latencies that are not known. */
#ifndef SIMUL_BENCH_SCENARIO_URLS_H
#define SIMUL_BENCH_SCENARIO_URLS_H

#include "bench/scenario/scenario.h"
#include "bench/scenario/url_file.h"

/* The timeout of a request if none is given. Without one, a request that is never
 * answered would block the run for ever. */
#define SCENARIO_URLS_TIMEOUT_S 60

/* Makes a scenario from a URL file alone and names it after the file. Fails if out of
 * memory. */
bool scenario_of_urls(struct scenario *scenario, const char *path, struct error *error);

/* Reads the scenario's URL file and fills in the fields that were not given: one
 * conversation for each line, a title, and SCENARIO_URLS_TIMEOUT_S as the timeout. The
 * speed is 1, real time. If there are fewer conversations than lines, only the first
 * lines are requested. Fails (input). Call url_file_close() in any case. */
bool scenario_read_urls(struct scenario *scenario, struct url_file *urls,
                        struct error *error);

#endif

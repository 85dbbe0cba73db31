/* Checks URLs before anything is sent. Every model, in any language, has to be able to
 * request them, and the models' HTTP clients would treat a bad URL differently. */
#ifndef SIMUL_BENCH_SCENARIO_URL_H
#define SIMUL_BENCH_SCENARIO_URL_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

/* Servers may refuse longer ones (RFC 9110, 4.1, names 8000). */
#define URL_MOST_BYTES 8000

/* Checks a URL: http or https, a host, no password, no fragment, printable ASCII. Fails
 * (input) with the fault and its remedy; `column` is then the byte at fault, from
 * zero. */
bool url_check(const char *url, size_t bytes, size_t *column, struct error *error);

/* Points at the host and port within a checked URL; they are `*bytes` long. */
const char *url_host(const char *url, size_t *bytes);

#endif

/* A URL that every model can ask for, whatever its language: checked before anything is
 * sent, so that none of them trips over it in its own way. */
#ifndef SIMUL_BENCH_SCENARIO_URL_H
#define SIMUL_BENCH_SCENARIO_URL_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

/* What a server need not take (RFC 9110, 4.1, names 8000). */
#define URL_MOST_BYTES 8000

/* Checks it: http or https, a host, no password, no fragment, printable ASCII. Fails
 * (input) with what is wrong and what to do; `column` is then the byte at fault, from
 * zero. */
bool url_check(const char *url, size_t bytes, size_t *column, struct error *error);

/* Where a checked URL's host and port stand, without what is before and behind them:
 * `*bytes` long. */
const char *url_host(const char *url, size_t *bytes);

#endif

/* The summary in JSON, as docs/summary.schema.json describes it: what summary.json
 * holds and --format json prints. It is not read back: simul derives it again from
 * run.json and trials.jsonl. */
#ifndef SIMUL_BENCH_SUMMARY_JSON_H
#define SIMUL_BENCH_SUMMARY_JSON_H

#include "bench/summary/summary.h"

#include <jansson.h>

/* An array with one object a point of the plan. The caller owns the reference; NULL:
 * out of memory. */
json_t *summary_to_json(const struct summary *summary);

#endif

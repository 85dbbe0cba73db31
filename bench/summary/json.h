/* The summary in JSON, which summary.json holds and --format json prints;
 * docs/summary.schema.json describes it. No program of simul reads it: the summary is
 * always derived from run.json and trials.jsonl. */
#ifndef SIMUL_BENCH_SUMMARY_JSON_H
#define SIMUL_BENCH_SUMMARY_JSON_H

#include "bench/summary/summary.h"

#include <jansson.h>

/* An array with one object for each point. The caller owns the reference; NULL: out of
 * memory. */
json_t *summary_to_json(const struct summary *summary);

/* An array with one object for each failed request in the list, without its URL, which
 * may hold a key. The caller owns the reference. */
json_t *summary_failed_to_json(const struct failed_requests *failed);

#endif

/* A plan as it stands in run.json. */
#ifndef SIMUL_BENCH_RESULTS_PLAN_JSON_H
#define SIMUL_BENCH_RESULTS_PLAN_JSON_H

#include "bench/plan/plan.h"

#include <jansson.h>

enum { PLAN_URLS_NAME_BYTES = 40 };

/* Adds seed, cores, points (scenario and models) and the order of trials. */
void plan_to_json(const struct plan *plan, json_t *run);

/* Reads what that wrote, but for the order, and predicts it anew. Fails (input) with
 * the point. plan_close() in any case. */
bool plan_from_json(struct plan *plan, const json_t *run, struct error *error);

/* What the file of a point's own URLs is called in the run's directory. Returns `name`.
 */
const char *plan_urls_name(size_t point, char name[static PLAN_URLS_NAME_BYTES]);

#endif

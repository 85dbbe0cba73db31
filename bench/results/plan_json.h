/* A plan in run.json. */
#ifndef SIMUL_BENCH_RESULTS_PLAN_JSON_H
#define SIMUL_BENCH_RESULTS_PLAN_JSON_H

#include "bench/plan/plan.h"

#include <jansson.h>

enum { PLAN_URLS_NAME_BYTES = 40 };

/* Adds seed, cores, points (scenario and models) and the order of trials. */
void plan_to_json(const struct plan *plan, json_t *run);

/* Reads the plan that plan_to_json() wrote, without the order of trials, and predicts
 * it again. Fails (input) with the point. Call plan_close() in any case. */
bool plan_from_json(struct plan *plan, const json_t *run, struct error *error);

/* The name of the file that holds a point's own URLs in the run directory. Returns
 * `name`. */
const char *plan_urls_name(size_t point, char name[static PLAN_URLS_NAME_BYTES]);

#endif

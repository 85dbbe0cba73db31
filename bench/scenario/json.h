/* Writes scenarios and models to run.json, and reads them back. */
#ifndef SIMUL_BENCH_SCENARIO_JSON_H
#define SIMUL_BENCH_SCENARIO_JSON_H

#include "bench/programs/catalogue.h"
#include "bench/scenario/scenario.h"

#include <jansson.h>

/* Every field under its key of a scenario file, models and claims included. The caller
 * owns the reference; NULL: out of memory. */
json_t *scenario_to_json(const struct scenario *scenario);

/* Reads an object that scenario_to_json() wrote. Fails (input) and names the key that
 * is wrong. Call scenario_close() in any case. */
bool scenario_from_json(struct scenario *scenario, const json_t *object,
                        struct error *error);

/* A model without its availability and its needs, which belong to one machine. */
json_t *model_to_json(const struct model *model);
bool model_from_json(struct model *model, const json_t *object, struct error *error);

#endif

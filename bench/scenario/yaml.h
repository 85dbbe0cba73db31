/* Reads scenarios from YAML, strictly. An error names file, line and column, and shows
 * the line with a caret. */
#ifndef SIMUL_BENCH_SCENARIO_YAML_H
#define SIMUL_BENCH_SCENARIO_YAML_H

#include "bench/scenario/scenario.h"

/* Reads a scenario from a text; `path` is for messages. Fails (input) with
 * "file:line:column: what", the line and a caret. Call scenario_close() in any case. */
bool scenario_read(struct scenario *scenario, const char *path, const char *text,
                   size_t bytes, struct error *error);

#endif

/* Scenario files: loads them by name or path, and lists the shipped ones. */
#ifndef SIMUL_BENCH_SCENARIO_FILE_H
#define SIMUL_BENCH_SCENARIO_FILE_H

#include "bench/scenario/scenario.h"

#include <limits.h>

#define SCENARIO_FILE_BYTES 65536

/* The path of a scenario's file: the text itself if it ends in .yaml or .yml or holds a
 * slash, else the shipped file of that name, which may be missing. Fails if the path is
 * too long. */
bool scenario_path(char path[static PATH_MAX], const char *name_or_path,
                   struct error *error);

/* Reads a shipped scenario by its name, or any scenario by its path. Fails (input) with
 * "file:line:column: what", the line and a caret. Call scenario_close() in any case. */
bool scenario_load(struct scenario *scenario, const char *name_or_path,
                   struct error *error);

/* The names of the shipped scenarios, sorted, ended by NULL; owned by the caller.
 * Returns NULL and fills `error` if they can't be listed. */
char **scenario_names(struct error *error);
void scenario_free_names(char **names);

#endif

/* Where the program's own files lie: beside it, in a build tree and
 * when installed alike. */
#ifndef SIMUL_BENCH_PROGRAMS_PATHS_H
#define SIMUL_BENCH_PROGRAMS_PATHS_H

#include "base/error.h"

#include <limits.h>

/* The folder that the running executable lies in, and with it the models and the mock
 * API. Fails where /proc is not there. */
bool paths_programs(char path[static PATH_MAX], struct error *error);

/* The folder of the shipped scenarios: ../share/simul/scenarios from there. */
bool paths_scenarios(char path[static PATH_MAX], struct error *error);

/* The name alone of what lies in the programs' folder; any other path as it is. What is
 * recorded so can be read on another machine. */
const char *paths_shorten(const char *path);

/* The folder of the pictures' gnuplot templates: ../share/simul/plots from there. */
bool paths_plots(char path[static PATH_MAX], struct error *error);

/* Puts folder and name together; false (input) where that is
 * longer than a path can be. */
bool paths_join(char path[static PATH_MAX], const char *folder, const char *name,
                struct error *error);

#endif

/* Where the program's own files lie: relative to the executable, so that the same paths
 * hold in a build tree and in an installation. */
#ifndef SIMUL_BENCH_PROGRAMS_PATHS_H
#define SIMUL_BENCH_PROGRAMS_PATHS_H

#include "base/error.h"

#include <limits.h>

/* The folder of the running executable, the models and the mock API. Fails if /proc is
 * not there. */
bool paths_programs(char path[static PATH_MAX], struct error *error);

/* The folder of the shipped scenarios: ../share/simul/scenarios from the programs'
 * folder. */
bool paths_scenarios(char path[static PATH_MAX], struct error *error);

/* Returns the file name alone if the file lies in the programs' folder, else the whole
 * path. A path recorded this way means the same on another machine. */
const char *paths_shorten(const char *path);

/* The folder of the pictures' gnuplot templates: ../share/simul/plots from the
 * programs' folder. */
bool paths_plots(char path[static PATH_MAX], struct error *error);

/* The folders of the pages and of the models to copy: ../share/doc/simul and
 * ../share/simul/models from the programs' folder, without links and "..". Fails (input)
 * if such a folder is not there. */
bool paths_docs(char path[static PATH_MAX], struct error *error);
bool paths_examples(char path[static PATH_MAX], struct error *error);

/* Joins folder and name. Fails (input) if the result is longer than a path can be. */
bool paths_join(char path[static PATH_MAX], const char *folder, const char *name,
                struct error *error);

#endif

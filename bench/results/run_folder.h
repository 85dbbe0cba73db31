/* The folder of a run, and the link to the newest. */
#ifndef SIMUL_BENCH_RESULTS_RUN_FOLDER_H
#define SIMUL_BENCH_RESULTS_RUN_FOLDER_H

#include "base/error.h"

#include <limits.h>

/* Makes <output>/<utc-stamp>-<name>, with a suffix where that is taken, and `output`
 * where it does not exist; `path` is what was made. Fails (input) where it can't be
 * written. */
bool run_folder_make(const char *output, const char *name, char path[static PATH_MAX],
                     struct error *error);

/* Points <output>/latest at a run's folder in it. A convenience: nothing is said where
 * that fails, as on a file system without links. */
void run_folder_point_latest(const char *output, const char *path);

#endif

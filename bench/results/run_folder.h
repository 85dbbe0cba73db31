/* The folder of a run, and the link to the newest. */
#ifndef SIMUL_BENCH_RESULTS_RUN_FOLDER_H
#define SIMUL_BENCH_RESULTS_RUN_FOLDER_H

#include "base/error.h"

#include <limits.h>

/* Makes <output>/<utc-stamp>-<name>, with a suffix if that name is taken, and `output`
 * if it does not exist; writes the path into `path`. Fails (input) if it can't be
 * written. */
bool run_folder_make(const char *output, const char *name, char path[static PATH_MAX],
                     struct error *error);

/* Lets the link <output>/latest lead to the folder of a run in `output`. Failure is
 * ignored: the link is only a convenience, and some file systems have no links. */
void run_folder_point_latest(const char *output, const char *path);

#endif

/* A run's directory: run.json, trials.jsonl, events/, summary.json. What a trial showed
 * is on the disk before the next one begins. */
#ifndef SIMUL_BENCH_RESULTS_RESULTS_H
#define SIMUL_BENCH_RESULTS_RESULTS_H

#include "bench/plan/plan.h"
#include "bench/summary/past_trial.h"
#include "bench/summary/summary.h"
#include "bench/trial/trial.h"

#include <jansson.h>
#include <limits.h>

#define RESULTS_SCHEMA 1

/* An open run directory. Zeroed: closed. */
struct results {
    char path[PATH_MAX];
    char events_path[PATH_MAX];
    int trials_fd; /* trials.jsonl, appending */
};

/* Makes <output>/<utc-stamp>-<name>, with a suffix where that is taken, and points
 * <output>/latest at it; `output` is made where it does not exist. Fails (input) where
 * it can't be written. results_close() in any case. */
bool results_create(struct results *results, const char *output, const char *name,
                    struct error *error);

/* Writes run.json: all that is known before the first trial. */
bool results_write_run(const struct results *results, const struct plan *plan, int argc,
                       char *const argv[], struct error *error);

/* Where the URLs of a point lie, if it has its own. Fails where the path is too long.
 */
bool results_urls_path(const struct results *results, size_t point,
                       char path[static PATH_MAX], struct error *error);

/* Keeps the URLs of every point that has its own: the models read them from here, and
 * whoever looks at the run later sees what was asked. */
bool results_write_urls(const struct results *results, const struct plan *plan,
                        struct error *error);

/* Appends one line to trials.jsonl with one write, and syncs it. */
bool results_append(struct results *results, const struct plan *plan, size_t index,
                    const struct trial *trial, struct error *error);

/* Writes a derived file, whole or not at all. */
bool results_write_json(const struct results *results, const char *name,
                        const json_t *json, struct error *error);

/* Writes summary.json. */
bool results_write_summary(const struct results *results, const struct summary *summary,
                           struct error *error);

/* The directory is still there: nobody has removed or moved it. */
bool results_exist(const struct results *results);

/* Removes a directory in which no trial was begun, and closes it. */
void results_discard(struct results *results);

void results_close(struct results *results);

/* Reads a run directory back: its plan and its trials (a last line that was cut off by
 * a crash is left out). Fails (input) with file and line. The caller closes both in any
 * case. */
bool results_load(const char *path, struct plan *plan, struct past_trials *trials,
                  struct error *error);

#endif

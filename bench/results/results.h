/* A run directory: run.json, trials.jsonl, events/, summary.json. The result of a trial
 * is on the disk before the next trial begins. */
#ifndef SIMUL_BENCH_RESULTS_RESULTS_H
#define SIMUL_BENCH_RESULTS_RESULTS_H

#include "bench/plan/plan.h"
#include "bench/summary/past_trial.h"
#include "bench/summary/summary.h"
#include "bench/trial/trial.h"

#include <jansson.h>
#include <limits.h>

#define RESULTS_SCHEMA 1

/* An open run directory. A zeroed struct is closed. */
struct results {
    char path[PATH_MAX];
    char events_path[PATH_MAX];
    int trials_fd;      /* trials.jsonl, appending */
    size_t point_count; /* so many points may have a file of URLs */
};

/* Makes <output>/<utc-stamp>-<name>, with a suffix if that name is taken; makes
 * `output` if it does not exist. Fails (input) if it can't be written. Until run.json is
 * written, the guard (bench/programs/guard.h) removes the directory if this program is
 * killed. Call results_close() in any case. */
bool results_create(struct results *results, const char *output, const char *name,
                    struct error *error);

/* Writes run.json, which holds everything that is known before the first trial, and lets
 * the link <output>/latest point to the directory. */
bool results_write_run(const struct results *results, const struct plan *plan, int argc,
                       char *const argv[], struct error *error);

/* The path of the file for a point's own URLs, also if the point has none and the file
 * does not exist. Fails if the path is too long. */
bool results_urls_path(const struct results *results, size_t point,
                       char path[static PATH_MAX], struct error *error);

/* Writes the URLs of every point that has its own: the models read these files, and a
 * later reader of the run sees which URLs were requested. */
bool results_write_urls(struct results *results, const struct plan *plan,
                        struct error *error);

/* Appends one line to trials.jsonl with one write, and syncs it. */
bool results_append(struct results *results, const struct plan *plan, size_t index,
                    const struct trial *trial, struct error *error);

/* Writes a derived file. If that fails, the old file stays as it was. */
bool results_write_json(const struct results *results, const char *name,
                        const json_t *json, struct error *error);

/* Writes summary.json. */
bool results_write_summary(const struct results *results, const struct summary *summary,
                           struct error *error);

/* False: the directory was removed or moved. */
bool results_exist(const struct results *results);

/* Closes a directory in which no trial has begun, and removes it. */
void results_discard(struct results *results);

void results_close(struct results *results);

/* Reads the plan and the trials of a run directory; leaves out a last line that a crash
 * has cut off. Fails (input) with file and line. Close both in any case. */
bool results_load(const char *path, struct plan *plan, struct past_trials *trials,
                  struct error *error);

#endif

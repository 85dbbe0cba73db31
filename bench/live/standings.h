/* The models of a scenario that have finished a trial. Each stays above the lanes as
 * one thin line, on the same time axis. */
#ifndef SIMUL_BENCH_LIVE_STANDINGS_H
#define SIMUL_BENCH_LIVE_STANDINGS_H

#include "bench/live/chart.h"
#include "bench/trial/trial.h"

/* A zeroed one has not finished. */
struct standing {
    bool is_finished;
    int64_t makespan_ns; /* real time */
    const char *fault;   /* "invalid" or "failed", which has no makespan; NULL: none */
};

/* Zeroed standings are closed. */
struct standings {
    const struct plan_point *point; /* borrowed */
    struct standing *of;            /* [entry of the point], owned */
    int64_t longest_ns; /* of all makespans, predicted and measured; 0: unknown */
};

/* Begins the standings of a point: no model has finished. If memory is out, none ever
 * will. */
void standings_open(struct standings *standings, const struct plan_point *point);
void standings_close(struct standings *standings);

/* Notes the result of a trial, which replaces an earlier one of the same model. */
void standings_note(struct standings *standings, const struct plan_entry *entry,
                    const struct trial *trial);

/* The number of models that have finished, without `running`. */
int standings_count(const struct standings *standings,
                    const struct plan_entry *running);

/* The columns for the names of the models, at most `most`; 0 if there is one model
 * only, which is never named beside itself. */
int standings_columns(const struct standings *standings, int most);

/* Draws the lines of the models that have finished, without `running`, as they are
 * listed and as far as the chart has rows. */
void standings_draw(const struct standings *standings, const struct plan_entry *running,
                    const struct chart *chart);

#endif

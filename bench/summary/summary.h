/* The summary of a run: printed, predicted and measured figures side by side. It is
 * derived: simul can make it again from the run directory. Seconds are in the
 * scenario's own time; see also model.h. */
#ifndef SIMUL_BENCH_SUMMARY_SUMMARY_H
#define SIMUL_BENCH_SUMMARY_SUMMARY_H

#include "bench/plan/plan.h"
#include "bench/summary/claims.h"
#include "bench/summary/model.h"

/* A printed figure, and whether it holds. */
struct summary_claim {
    const char *model; /* borrowed from the scenario */
    const char *source;
    double printed_s;
    double predicted_s;
    bool is_whole; /* in the prediction no request fails */
    bool holds;
    char why[CLAIM_WHY_BYTES];
};

/* One point of the plan. */
struct summary_point {
    const struct scenario *scenario; /* borrowed from the plan */
    const struct url_file *urls;     /* as well; closed if they are not known */
    bool is_measured;                /* trials were given, maybe an empty list */
    /* owned; one for each entry of the plan, in its order */
    struct summary_model *models;
    size_t model_count;
    const struct summary_model *baseline; /* one of `models`; NULL: there is no model */
    struct summary_claim *claims;         /* owned; only those that can be judged */
    size_t claim_count;
    struct texts notes; /* how far the figures can be trusted */
};

/* A zeroed summary is closed. */
struct summary {
    struct summary_point *points; /* owned, with all below */
    size_t point_count;
    uint64_t seed; /* the plan's */
};

/* Sums up every point of the plan, which has to outlive the summary. `trials` is NULL
 * if nothing is measured. Fails: out of memory. Call summary_close() in any case. */
bool summary_make(struct summary *summary, const struct plan *plan,
                  const struct past_trials *trials, struct error *error);
void summary_close(struct summary *summary);

/* The model with the most complete trials, the first if there are several; NULL: no
 * trial is complete. */
const struct summary_model *summary_most_trials(const struct summary_point *point);

#endif

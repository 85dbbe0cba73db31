/* The summary: what the trials say, beside what was predicted and printed. It is
 * derived, and can be made again from a run's directory.
 * Seconds are the scenario's own; see also model.h. */
#ifndef SIMUL_BENCH_SUMMARY_SUMMARY_H
#define SIMUL_BENCH_SUMMARY_SUMMARY_H

#include "bench/plan/plan.h"
#include "bench/summary/claims.h"
#include "bench/summary/model.h"

/* What a source says of a model, judged. */
struct summary_claim {
    const char *model; /* borrowed from the scenario */
    const char *source;
    double printed_s;
    double predicted_s;
    bool holds;
    char why[CLAIM_WHY_BYTES];
};

/* A point of the plan. */
struct summary_point {
    const struct scenario *scenario; /* borrowed from the plan */
    bool is_measured;             /* the trials were given, even if there were none */
    struct summary_model *models; /* owned; one an entry of the plan, in its order */
    size_t model_count;
    const struct summary_model *baseline; /* one of the models; NULL: there is none */
    struct summary_claim *claims;         /* owned; those that can be judged */
    size_t claim_count;
    struct texts notes; /* how far the figures can be trusted */
};

/* Zeroed: closed. */
struct summary {
    struct summary_point *points; /* owned, with all below */
    size_t point_count;
    uint64_t seed; /* the plan's */
};

/* Sums up every point of the plan. `trials` is what results_load() gives, or NULL: then
 * nothing is measured. The plan has to live as long. Fails: out of memory.
 * summary_close() in any case. */
bool summary_make(struct summary *summary, const struct plan *plan,
                  const struct past_trials *trials, struct error *error);
void summary_close(struct summary *summary);

/* The model with the most complete trials, the first of several; NULL: there is no
 * complete trial. */
const struct summary_model *summary_most_trials(const struct summary_point *point);

#endif

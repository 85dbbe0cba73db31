/* Sums up every point of a plan. */
#include "bench/summary/summary.h"
#include "base/duration.h"
#include "bench/summary/notes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The baseline is sequential if it is in the plan, else the first model that waits. */
static size_t find_baseline(const struct plan_point *planned) {
    size_t first = 0;
    for (size_t i = planned->entry_count; i > 0; i--) {
        const struct model *model = &planned->entries[i - 1].model;
        if (!strcmp(model->name, "sequential")) {
            return i - 1;
        }
        first = model->never_waits ? first : i - 1;
    }
    return first;
}

static bool measure(const struct plan *plan, size_t at,
                    const struct past_trials *trials, struct summary_point *point) {
    const struct plan_point *planned = &plan->points[at];
    struct sample baseline = {.count = 0};
    point->is_measured = true;
    bool ok =
        !point->baseline || sample_open(&baseline, trials, at, point->baseline->name);
    for (size_t i = 0; ok && i < planned->entry_count; i++) {
        ok = summary_model_measure(&point->models[i], plan, at, &planned->entries[i],
                                   trials, &baseline);
    }
    sample_close(&baseline);
    return ok;
}

static void judge_claims(const struct plan *plan, const struct plan_point *planned,
                         struct summary_point *point) {
    for (size_t i = 0; i < planned->scenario.claim_count; i++) {
        const struct claim *claim = &planned->scenario.claims[i];
        struct verdict verdict;
        if (claim_judge(plan, planned, claim, &verdict)) {
            struct summary_claim *judged = &point->claims[point->claim_count++];
            *judged = (struct summary_claim){
                .model = claim->model,
                .source = claim->source,
                .printed_s = duration_seconds((double)claim->total_ns),
                .predicted_s = duration_seconds((double)verdict.predicted_ns),
                .is_whole = verdict.is_whole,
                .holds = verdict.holds,
            };
            snprintf(judged->why, sizeof judged->why, "%s", verdict.why);
        }
    }
}

static bool sum_up(const struct plan *plan, size_t at, const struct past_trials *trials,
                   struct summary_point *point) {
    const struct plan_point *planned = &plan->points[at];
    point->scenario = &planned->scenario;
    point->urls = &planned->urls;
    point->models = calloc(planned->entry_count + 1, sizeof *point->models);
    point->claims = calloc(planned->scenario.claim_count + 1, sizeof *point->claims);
    if (!point->models || !point->claims) {
        return false;
    }
    point->model_count = planned->entry_count;
    for (size_t i = 0; i < planned->entry_count; i++) {
        summary_model_init(&point->models[i], &planned->scenario, &planned->entries[i]);
    }
    if (planned->entry_count > 0) {
        point->baseline = &point->models[find_baseline(planned)];
    }
    judge_claims(plan, planned, point);
    return (!trials || measure(plan, at, trials, point)) &&
           notes_make(plan, at, trials, &point->notes);
}

bool summary_make(struct summary *summary, const struct plan *plan,
                  const struct past_trials *trials, struct error *error) {
    *summary = (struct summary){
        .points = calloc(plan->point_count + 1, sizeof *summary->points),
        .seed = plan->seed,
    };
    bool ok = summary->points != NULL;
    for (size_t i = 0; ok && i < plan->point_count; i++) {
        ok = sum_up(plan, i, trials, &summary->points[summary->point_count++]);
    }
    return ok || error_failed(error, "out of memory for the summary");
}

void summary_close(struct summary *summary) {
    for (size_t i = 0; i < summary->point_count; i++) {
        struct summary_point *point = &summary->points[i];
        for (size_t j = 0; j < point->model_count; j++) {
            summary_model_close(&point->models[j]);
        }
        free(point->models);
        free(point->claims);
        texts_close(&point->notes);
    }
    free(summary->points);
    *summary = (struct summary){.points = NULL};
}

const struct summary_model *summary_most_trials(const struct summary_point *point) {
    const struct summary_model *most = NULL;
    for (size_t i = 0; i < point->model_count; i++) {
        const struct summary_model *model = &point->models[i];
        if (model->measured.trials > (most ? most->measured.trials : 0)) {
            most = model;
        }
    }
    return most;
}

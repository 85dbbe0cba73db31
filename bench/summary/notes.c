/* Writes notes about conditions that affect the figures and that no figure shows. */
#include "bench/summary/notes.h"
#include "base/clock.h"
#include "bench/summary/claims.h"
#include "bench/summary/model_notes.h"
#include "bench/measure/statistics.h"
#include "base/utf8.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* A run notes the API's lateness if it is above this part of a request's time. */
static const double most_lateness = 0.01;

/* The median of the API's lateness over the trials of a point, so that one disturbed
 * trial does not make a machine slow; NaN: it is not known. */
static double median_lateness_ns(size_t point, const struct past_trials *trials) {
    double *values = calloc(trials->count + 1, sizeof *values);
    size_t count = 0;
    for (size_t i = 0; values && i < trials->count; i++) {
        const struct past_trial *trial = &trials->list[i];
        double lateness_ns = trial->figures[TRIAL_API_LATENESS_NS];
        if (trial->point == point && isfinite(lateness_ns)) {
            values[count++] = lateness_ns;
        }
    }
    double median_ns = statistics_median(values, count);
    free(values);
    return median_ns;
}

/* Says how late the API was, and at which speed its lateness would not matter. */
static bool note_lateness(const struct scenario *scenario, size_t point,
                          const struct past_trials *trials, struct texts *notes) {
    double lateness_ns = median_lateness_ns(point, trials);
    double own_ns =
        latency_mean_ns(scenario->response) +
        (scenario->senders == SENDERS_CLIENT ? 0 : latency_mean_ns(scenario->send));
    double request_ns = scenario_real_ns(scenario, own_ns);
    if (request_ns <= 0 || !(lateness_ns > most_lateness * request_ns)) {
        return true;
    }
    double speed = most_lateness * own_ns / lateness_ns;
    double magnitude = pow(10, floor(log10(speed)));
    double lateness_us = lateness_ns / (double)NS_PER_US;
    char note[300];
    int used = snprintf(note, sizeof note,
                        "the mock API was %.*f us late, %.1f %% of a request, at %g "
                        "times faster than life",
                        lateness_us < 10 ? 2 : 0, lateness_us,
                        lateness_ns / request_ns * 100, scenario->speed);
    if (speed >= SCENARIO_LEAST_SPEED) {
        snprintf(note + used, sizeof note - (size_t)used,
                 "; this machine keeps --speed %g",
                 floor(speed / magnitude) * magnitude);
    }
    return texts_add(notes, note);
}

static bool note_approximations(const struct processors *processors,
                                const struct plan_point *planned, struct texts *notes) {
    bool is_any = false;
    char note[300];
    for (size_t i = 0; i < planned->entry_count; i++) {
        is_any = is_any || planned->entries[i].prediction.is_approximate;
    }
    int used = snprintf(note, sizeof note,
                        "with send_work: cpu a prediction is approximate: it takes the "
                        "scheduler as fair and the cores as free");
    if (processors->quota_ns > 0) {
        snprintf(
            note + used, sizeof note - (size_t)used,
            "; a quota allows %.3g ms of processor time in each %.3g ms (%.3g cores)",
            (double)processors->quota_ns / (double)NS_PER_MS,
            (double)processors->period_ns / (double)NS_PER_MS,
            processors_share(processors));
    }
    return !is_any || texts_add(notes, note);
}

/* If requests time out in a prediction, its makespan is not the time of the work. */
static bool note_timeouts(const struct plan_point *planned, struct texts *notes) {
    char list[300];
    char note[sizeof list + 60];
    size_t used = 0;
    for (size_t i = 0; i < planned->entry_count; i++) {
        const struct plan_entry *entry = &planned->entries[i];
        int64_t timed_out = entry->prediction.simulated.timed_out;
        if (entry->prediction.is_known && timed_out > 0 && used < sizeof list) {
            used += (size_t)snprintf(list + used, sizeof list - used,
                                     "%s %s %" PRId64 " of %" PRId64, used ? "," : "",
                                     entry->model.name, timed_out,
                                     scenario_requests(&planned->scenario));
        }
    }
    if (used == 0) {
        return true;
    }
    snprintf(note, sizeof note,
             "with this timeout requests fail in the prediction, too:%s", list);
    utf8_mend(note); /* the list may be cut in the middle of a character */
    return texts_add(notes, note);
}

/* Names each printed figure whose model does not run here or is not predicted. */
static bool note_unjudged_claims(const struct plan_point *planned,
                                 struct texts *notes) {
    for (size_t i = 0; i < planned->scenario.claim_count; i++) {
        const struct claim *claim = &planned->scenario.claims[i];
        const struct plan_entry *entry = claim_find_entry(planned, claim->model);
        char total[DURATION_TEXT_BYTES];
        char note[400];
        if (entry && entry->prediction.is_known) {
            continue;
        }
        snprintf(note, sizeof note, "not judged: %s of %.60s, by %.200s: %s",
                 duration_format(claim->total_ns, total), claim->model, claim->source,
                 entry ? "nothing is predicted for it" : "it is not in this run");
        utf8_mend(note);
        if (!texts_add(notes, note)) {
            return false;
        }
    }
    return true;
}

bool notes_make(const struct plan *plan, size_t point, const struct past_trials *trials,
                struct texts *notes) {
    const struct plan_point *planned = &plan->points[point];
    return (!trials || model_notes_add(plan, point, trials, notes)) &&
           note_approximations(&plan->processors, planned, notes) &&
           note_timeouts(planned, notes) && note_unjudged_claims(planned, notes) &&
           (!trials || note_lateness(&planned->scenario, point, trials, notes));
}

/* Notes: what does not show in a figure, and bears on it. */
#include "bench/summary/notes.h"
#include "base/clock.h"
#include "bench/summary/claims.h"
#include "bench/measure/statistics.h"
#include "base/utf8.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Where the API's own lateness is over this part of a request, the run says so. */
static const double most_lateness = 0.01;

/* The median over a scenario's trials of how late the API was, itself a median; NaN
 * where there is none. One trial that was disturbed does not make a machine slow. */
static double median_lateness_ns(size_t point, const json_t *trials) {
    double *values = calloc(json_array_size(trials) + 1, sizeof *values);
    size_t count = 0;
    size_t i;
    json_t *trial;
    json_array_foreach(trials, i, trial) {
        const json_t *lateness = json_object_get(trial, "api_lateness_ns");
        const json_t *place = json_object_get(trial, "point");
        if (values && json_is_number(lateness) &&
            (size_t)json_integer_value(place) == point) {
            values[count++] = json_number_value(lateness);
        }
    }
    double median_ns = statistics_median(values, count);
    free(values);
    return median_ns;
}

/* How late the API itself is, and the speed at which that would not matter. */
static void note_lateness(const struct scenario *scenario, size_t point,
                          const json_t *trials, json_t *notes) {
    double lateness_ns = median_lateness_ns(point, trials);
    double request_ns =
        (latency_mean_ns(scenario->response) +
         (scenario->senders == SENDERS_CLIENT ? 0 : latency_mean_ns(scenario->send))) /
        scenario->speed;
    if (request_ns <= 0 || !(lateness_ns > most_lateness * request_ns)) {
        return;
    }
    double speed = scenario->speed * most_lateness * request_ns / lateness_ns;
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
    json_array_append_new(notes, json_string(note));
}

static void note_approximations(const struct plan_point *planned, json_t *notes) {
    for (size_t i = 0; i < planned->entry_count; i++) {
        if (planned->entries[i].prediction.is_approximate) {
            json_array_append_new(
                notes,
                json_string("with send_work: cpu a prediction is approximate: it "
                            "takes the scheduler as fair and the cores as free"));
            return;
        }
    }
}

/* A prediction in which requests time out is not the time of the work either. */
static void note_timeouts(const struct plan_point *planned, json_t *notes) {
    char note[300];
    size_t used = 0;
    for (size_t i = 0; i < planned->entry_count; i++) {
        const struct plan_entry *entry = &planned->entries[i];
        int64_t timed_out = entry->prediction.simulated.timed_out;
        if (entry->prediction.is_known && timed_out > 0 && used < sizeof note) {
            used += (size_t)snprintf(note + used, sizeof note - used,
                                     "%s %s %" PRId64 " of %" PRId64, used ? "," : "",
                                     entry->model.name, timed_out,
                                     scenario_requests(&planned->scenario));
        }
    }
    if (used > 0) {
        json_array_append_new(
            notes,
            json_sprintf("with this timeout requests fail in the prediction, too:%s",
                         note));
    }
}

/* What is printed of a model that does not run here, or of which nothing is predicted,
 * does not go without a word. */
static void note_unjudged_claims(const struct plan_point *planned, json_t *notes) {
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
        json_array_append_new(notes, json_string(note));
    }
}

json_t *notes_make(const struct plan_point *planned, size_t point,
                   const json_t *trials) {
    json_t *notes = json_array();
    note_approximations(planned, notes);
    note_timeouts(planned, notes);
    note_unjudged_claims(planned, notes);
    if (trials) {
        note_lateness(&planned->scenario, point, trials, notes);
    }
    return notes;
}

/* Compares what the API and the kernel recorded of a model with what it says of
 * itself. */
#include "bench/summary/model_notes.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "bench/measure/statistics.h"
#include "bench/summary/sample.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

/* A model is slower than predicted from this part of its prediction on. Below, fewer
 * requests in flight explain nothing. */
static const double least_error = 0.1;

/* The largest value of a figure; 0: no trial has it. */
static double largest(struct sample *sample, enum trial_figure figure) {
    size_t count = sample_take(sample, figure, 1);
    double most = 0;
    for (size_t i = 0; i < count; i++) {
        most = fmax(most, sample->values[i]);
    }
    return most;
}

/* Notes a model that had under three quarters of the predicted requests in flight: it
 * may wait for each answer before it sends the next request. */
static bool note_flight(const struct scenario *scenario, const struct plan_entry *entry,
                        struct sample *sample, struct texts *notes) {
    const struct prediction *prediction = &entry->prediction;
    char note[300];
    if (!prediction->is_known || prediction->simulated.timed_out > 0) {
        return true;
    }
    double predicted_ns =
        scenario_real_ns(scenario, (double)prediction->simulated.makespan_ns);
    double peak = largest(sample, TRIAL_IN_FLIGHT_PEAK);
    double median_ns = sample_median(sample, TRIAL_MAKESPAN_NS, 1);
    bool is_slow = median_ns > predicted_ns * (1 + least_error);
    if (!is_slow || peak >= 0.75 * (double)prediction->simulated.in_flight_peak) {
        return true;
    }
    snprintf(
        note, sizeof note,
        "%s: at most %.0f request%s in flight, though it says that it holds %s; the "
        "prediction has %" PRId64,
        entry->model.name, peak, peak == 1 ? "" : "s",
        model_holds_name(entry->model.holds), prediction->simulated.in_flight_peak);
    utf8_mend(note);
    return texts_add(notes, note);
}

static bool note_throttling(const struct processors *processors,
                            const struct plan_entry *entry, struct sample *sample,
                            struct texts *notes) {
    char note[300];
    size_t count = sample_take(sample, TRIAL_THROTTLED_NS, 1 / (double)NS_PER_S);
    size_t throttled = 0;
    for (size_t i = 0; i < count; i++) {
        throttled += sample->values[i] > 0;
    }
    if (throttled == 0) {
        return true;
    }
    snprintf(
        note, sizeof note,
        "%s: a quota of %.3g cores held its processes back in %zu of %zu trial%s, for "
        "%.3g s of real time in the median",
        entry->model.name, processors_share(processors), throttled, count,
        count == 1 ? "" : "s", statistics_median(sample->values, count));
    utf8_mend(note);
    return texts_add(notes, note);
}

bool model_notes_add(const struct plan *plan, size_t point,
                     const struct past_trials *trials, struct texts *notes) {
    const struct plan_point *planned = &plan->points[point];
    bool ok = true;
    for (size_t i = 0; ok && i < planned->entry_count; i++) {
        const struct plan_entry *entry = &planned->entries[i];
        struct sample sample;
        ok = sample_open(&sample, trials, point, entry->model.name) &&
             note_flight(&planned->scenario, entry, &sample, notes) &&
             note_throttling(&plan->processors, entry, &sample, notes);
        sample_close(&sample);
    }
    return ok;
}

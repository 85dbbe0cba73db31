/* Sums up one model at one point of the plan. */
#include "bench/summary/model.h"
#include "base/clock.h"
#include "base/duration.h"
#include "bench/measure/statistics.h"
#include "bench/summary/claims.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct summary_model unknown = {
    .printed_s = NAN,
    .predicted = {.closed_form_s = NAN, .simulated_s = NAN, .busy_s = NAN},
    .measured = {.median_s = NAN,
                 .low_s = NAN,
                 .high_s = NAN,
                 .incomplete_median_s = NAN,
                 .busy_s = NAN},
    .error_percent = NAN,
    .speedup = NAN,
    .setup_s = NAN,
    .excess_us = NAN,
    .resources = {NAN, NAN, NAN, NAN, NAN, NAN, NAN},
};

static struct summary_predicted sum_up_prediction(const struct prediction *prediction) {
    if (!prediction->is_known) {
        return unknown.predicted;
    }
    return (struct summary_predicted){
        .closed_form_s = prediction->has_closed_form
                             ? duration_seconds((double)prediction->closed_form_ns)
                             : NAN,
        .simulated_s = duration_seconds((double)prediction->simulated.makespan_ns),
        .busy_s = duration_seconds((double)prediction->simulated.busy_ns),
    };
}

static struct summary_measured measure(const struct scenario *scenario,
                                       struct sample *sample, uint64_t seed) {
    double seconds_per_ns = scenario_seconds(scenario, 1);
    size_t count = sample_take(sample, TRIAL_MAKESPAN_NS, seconds_per_ns);
    struct interval interval = statistics_median_interval(sample->values, count, seed);
    return (struct summary_measured){
        .median_s = statistics_median(sample->values, count),
        .low_s = interval.low,
        .high_s = interval.high,
        .is_bootstrap = count >= STATISTICS_BOOTSTRAP_LEAST,
        .trials = count,
        .invalid = sample->invalid,
        .incomplete = sample->incomplete,
        .incomplete_median_s = sample_incomplete_median(sample, seconds_per_ns),
        .busy_s = sample_median(sample, TRIAL_BUSY_NS, seconds_per_ns),
    };
}

static struct summary_resources count_resources(struct sample *sample) {
    double seconds_per_ns = duration_seconds(1);
    return (struct summary_resources){
        .user_s = sample_median(sample, TRIAL_USER_NS, seconds_per_ns),
        .system_s = sample_median(sample, TRIAL_SYSTEM_NS, seconds_per_ns),
        .peak_memory_bytes = sample_median(sample, TRIAL_PEAK_MEMORY_BYTES, 1),
        .peak_threads = sample_median(sample, TRIAL_PEAK_THREADS, 1),
        .voluntary_switches = sample_median(sample, TRIAL_VOLUNTARY_SWITCHES, 1),
        .involuntary_switches = sample_median(sample, TRIAL_INVOLUNTARY_SWITCHES, 1),
        .in_flight_peak = sample_median(sample, TRIAL_IN_FLIGHT_PEAK, 1),
    };
}

static bool count_requests(const struct sample *sample,
                           struct summary_requests *requests) {
    bool ok = sample_requests(sample, &requests->by_error, &requests->by_status);
    requests->ok = tally_of(&requests->by_error, EVENT_OK);
    for (size_t i = 0; i < sample->count + sample->incomplete; i++) {
        requests->failed += past_trial_failed(sample->trials[i]);
        requests->reopened += sample->trials[i]->reopened;
    }
    if (sample->incomplete > 0) {
        requests->first_failed = sample->trials[sample->count]->first_failed;
    }
    return ok;
}

static double error_percent(double predicted_s, double median_s) {
    return predicted_s > 0 ? (median_s - predicted_s) / predicted_s * 100 : NAN;
}

/* The real microseconds for each request by which the makespan exceeds the prediction.
 * The whole makespan of a model that never waits is excess. */
static double excess_us(const struct scenario *scenario, struct sample *sample,
                        const struct plan_entry *entry) {
    const struct prediction *prediction = &entry->prediction;
    double ideal_ns =
        scenario_real_ns(scenario, (double)prediction->simulated.makespan_ns);
    return prediction->is_known || entry->model.never_waits
               ? (sample_median(sample, TRIAL_MAKESPAN_NS, 1) - ideal_ns) /
                     (double)scenario_requests(scenario) / (double)NS_PER_US
               : NAN;
}

/* Copies the end of stderr of the first invalid trial that has one. */
static bool copy_stderr(struct summary_model *model, const struct past_trials *trials,
                        size_t point) {
    for (size_t i = 0; i < trials->count; i++) {
        const struct past_trial *trial = &trials->list[i];
        if (trial->is_valid || !trial->stderr_path ||
            !past_trial_is_of(trial, point, model->name)) {
            continue;
        }
        model->stderr_path = strdup(trial->stderr_path);
        bool ok = model->stderr_path != NULL;
        for (size_t line = 0; ok && line < trial->stderr_end.count; line++) {
            ok = texts_add(&model->stderr_end, trial->stderr_end.list[line]);
        }
        return ok;
    }
    return true;
}

void summary_model_init(struct summary_model *model, const struct scenario *scenario,
                        const struct plan_entry *entry) {
    const struct claim *claim = claim_find(scenario, entry->model.name);
    *model = unknown;
    snprintf(model->name, sizeof model->name, "%s", entry->model.name);
    model->printed_s = claim ? duration_seconds((double)claim->total_ns) : NAN;
    model->predicted = sum_up_prediction(&entry->prediction);
}

bool summary_model_measure(struct summary_model *model, const struct plan *plan,
                           size_t point, const struct plan_entry *entry,
                           const struct past_trials *trials,
                           const struct sample *baseline) {
    const struct scenario *scenario = &plan->points[point].scenario;
    struct sample sample;
    bool ok = sample_open(&sample, trials, point, model->name);
    if (ok) {
        model->measured = measure(scenario, &sample, plan->seed);
        model->error_percent =
            error_percent(model->predicted.simulated_s, model->measured.median_s);
        model->speedup =
            entry->model.never_waits ? NAN : sample_speedup(&sample, baseline);
        model->setup_s = sample_median(&sample, TRIAL_SETUP_NS, duration_seconds(1));
        model->excess_us = excess_us(scenario, &sample, entry);
        model->resources = count_resources(&sample);
        ok = count_requests(&sample, &model->requests) &&
             sample_reasons(trials, point, model->name, &model->invalid_reasons) &&
             copy_stderr(model, trials, point);
    }
    sample_close(&sample);
    return ok;
}

void summary_model_close(struct summary_model *model) {
    tally_close(&model->requests.by_error);
    tally_close(&model->requests.by_status);
    texts_close(&model->invalid_reasons);
    texts_close(&model->stderr_end);
    free(model->stderr_path);
}

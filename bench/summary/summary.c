/* The summary of a run. Seconds are the scenario's own, except setup_s and
 * excess_us_per_request, which are real. */
#include "bench/summary/summary.h"
#include "base/clock.h"
#include "bench/summary/claims.h"
#include "bench/summary/field.h"
#include "bench/summary/notes.h"
#include "bench/summary/sample.h"
#include "bench/summary/setting.h"
#include "bench/measure/statistics.h"

#include <math.h>
#include <string.h>

static double to_seconds(double ns) {
    return ns / (double)NS_PER_S;
}

static json_t *describe_prediction(const struct prediction *prediction) {
    if (!prediction->is_known) {
        return json_null();
    }
    return json_pack("{s:o, s:f, s:f}", "closed_form_s",
                     prediction->has_closed_form
                         ? json_real(to_seconds((double)prediction->closed_form_ns))
                         : json_null(),
                     "simulated_s",
                     to_seconds((double)prediction->simulated.makespan_ns), "busy_s",
                     to_seconds((double)prediction->simulated.busy_ns));
}

static json_t *describe_measured(const struct plan_point *planned,
                                 struct sample *sample, uint64_t seed) {
    double factor = planned->scenario.speed / (double)NS_PER_S;
    size_t count = sample_take(sample, "makespan_ns", factor);
    struct interval interval = statistics_median_interval(sample->values, count, seed);
    double median = statistics_median(sample->values, count);
    const char *kind = count < STATISTICS_BOOTSTRAP_LEAST ? "range" : "bootstrap95";
    return json_pack(
        "{s:o, s:o, s:o, s:s, s:i, s:i, s:i, s:o, s:o}", "median_s",
        field_real_or_null(median), "low_s", field_real_or_null(interval.low), "high_s",
        field_real_or_null(interval.high), "interval", kind, "trials", (int)count,
        "invalid", (int)sample->invalid, "incomplete", (int)sample->incomplete,
        "incomplete_median_s",
        field_real_or_null(sample_incomplete_median(sample, factor)), "busy_s",
        field_real_or_null(sample_median(sample, "busy_ns", factor)));
}

static json_t *describe_resources(struct sample *sample) {
    double per_second = 1.0 / (double)NS_PER_S;
    return json_pack(
        "{s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "user_s",
        field_real_or_null(sample_median(sample, "user_ns", per_second)), "system_s",
        field_real_or_null(sample_median(sample, "system_ns", per_second)),
        "peak_memory_bytes",
        field_integer_or_null(sample_median(sample, "peak_memory_bytes", 1)),
        "peak_threads", field_integer_or_null(sample_median(sample, "peak_threads", 1)),
        "voluntary_switches",
        field_integer_or_null(sample_median(sample, "voluntary_switches", 1)),
        "involuntary_switches",
        field_integer_or_null(sample_median(sample, "involuntary_switches", 1)),
        "in_flight_peak",
        field_integer_or_null(sample_median(sample, "in_flight_peak", 1)));
}

static json_t *printed_of(const struct scenario *scenario, const char *model) {
    const struct claim *claim = claim_find(scenario, model);
    return claim ? json_real(to_seconds((double)claim->total_ns)) : json_null();
}

static double error_percent(const struct prediction *prediction, double median_s) {
    double predicted_s = to_seconds((double)prediction->simulated.makespan_ns);
    return prediction->is_known && predicted_s > 0
               ? (median_s - predicted_s) / predicted_s * 100
               : NAN;
}

/* By how much the makespan is over the prediction, in real microseconds a request. A
 * model that does not wait is all excess. */
static double excess_us(const struct scenario *scenario, struct sample *sample,
                        const struct plan_entry *entry) {
    const struct prediction *prediction = &entry->prediction;
    double ideal_ns = (double)prediction->simulated.makespan_ns / scenario->speed;
    return prediction->is_known || entry->model.never_waits
               ? (sample_median(sample, "makespan_ns", 1) - ideal_ns) /
                     (double)scenario_requests(scenario) / (double)NS_PER_US
               : NAN;
}

static json_t *describe_model(const struct plan *plan, const struct plan_point *planned,
                              struct sample *sample, const struct sample *baseline,
                              const struct plan_entry *entry, json_t *reasons) {
    const struct prediction *prediction = &entry->prediction;
    json_t *model = json_object();
    json_t *measured = describe_measured(planned, sample, plan->seed);
    double median_s = field_number(measured, "median_s");
    double setup_s = sample_median(sample, "setup_ns", 1.0 / (double)NS_PER_S);
    json_object_set_new(model, "name", json_string(entry->model.name));
    json_object_set_new(model, "printed_s",
                        printed_of(&planned->scenario, entry->model.name));
    json_object_set_new(model, "predicted", describe_prediction(prediction));
    json_object_set_new(model, "measured", measured);
    json_object_set_new(model, "error_percent",
                        field_real_or_null(error_percent(prediction, median_s)));
    double speedup = entry->model.never_waits ? NAN : sample_speedup(sample, baseline);
    json_object_set_new(model, "speedup", field_real_or_null(speedup));
    json_object_set_new(model, "setup_s", field_real_or_null(setup_s));
    json_object_set_new(
        model, "excess_us_per_request",
        field_real_or_null(excess_us(&planned->scenario, sample, entry)));
    json_object_set_new(model, "requests", sample_requests(sample));
    json_object_set_new(model, "resources", describe_resources(sample));
    json_object_set_new(model, "invalid_reasons", reasons);
    return model;
}

/* Ratios are against sequential where it ran, else against the
 * first model that waits. */
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

static json_t *describe_models(const struct plan *plan, size_t point,
                               const json_t *trials) {
    const struct plan_point *planned = &plan->points[point];
    const char *baseline_name =
        planned->entry_count ? planned->entries[find_baseline(planned)].model.name : "";
    json_t *models = json_array();
    struct sample baseline = {.count = 0};
    if (trials) {
        sample_open(&baseline, trials, point, baseline_name);
    }
    for (size_t i = 0; i < planned->entry_count; i++) {
        const struct plan_entry *entry = &planned->entries[i];
        const char *name = entry->model.name;
        if (!trials) {
            json_array_append_new(
                models, json_pack("{s:s, s:o, s:o}", "name", name, "printed_s",
                                  printed_of(&planned->scenario, name), "predicted",
                                  describe_prediction(&entry->prediction)));
            continue;
        }
        struct sample sample;
        if (sample_open(&sample, trials, point, name)) {
            json_array_append_new(
                models, describe_model(plan, planned, &sample, &baseline, entry,
                                       sample_reasons(trials, point, name)));
        }
        sample_close(&sample);
    }
    sample_close(&baseline);
    return models;
}

static json_t *describe_claims(const struct plan *plan,
                               const struct plan_point *planned) {
    json_t *claims = json_array();
    for (size_t i = 0; i < planned->scenario.claim_count; i++) {
        const struct claim *claim = &planned->scenario.claims[i];
        struct verdict verdict;
        if (claim_judge(plan, planned, claim, &verdict)) {
            json_array_append_new(
                claims,
                json_pack("{s:s, s:f, s:s, s:f, s:b, s:s}", "model", claim->model,
                          "printed_s", to_seconds((double)claim->total_ns), "source",
                          claim->source, "predicted_s",
                          to_seconds((double)verdict.predicted_ns), "holds",
                          verdict.holds, "why", verdict.why));
        }
    }
    return claims;
}

static json_t *summarize(const struct plan *plan, size_t point, const json_t *trials) {
    const struct plan_point *planned = &plan->points[point];
    json_t *object = json_object();
    json_object_set_new(object, "schema", json_integer(1));
    json_object_set_new(object, "scenario",
                        setting_describe(&planned->scenario, plan->seed));
    json_object_set_new(
        object, "baseline",
        json_string(planned->entry_count
                        ? planned->entries[find_baseline(planned)].model.name
                        : ""));
    json_object_set_new(object, "models", describe_models(plan, point, trials));
    json_object_set_new(object, "claims", describe_claims(plan, planned));
    json_object_set_new(object, "notes", notes_make(planned, point, trials));
    return object;
}

json_t *summary_make(const struct plan *plan, const json_t *trials) {
    json_t *summary = json_array();
    for (size_t i = 0; i < plan->point_count; i++) {
        json_array_append_new(summary, summarize(plan, i, trials));
    }
    return summary;
}

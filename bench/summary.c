/* The summary of a run. Seconds are the scenario's own, except setup_s and
 * excess_us_per_request, which are real. */
#include "bench/summary.h"
#include "base/clock.h"
#include "bench/claims.h"
#include "bench/field.h"
#include "bench/notes.h"
#include "bench/statistics.h"
#include "base/utf8.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The trials of one model in one scenario. Figures stand on the complete ones alone: a
 * trial in which a request failed has done less than was asked, and is often quicker.
 */
struct sample {
    const struct plan_scenario *planned;
    const json_t **trials; /* valid: first the complete ones, by block; borrowed */
    size_t count;          /* complete: every request succeeded */
    size_t incomplete;     /* valid too, and behind them */
    size_t invalid;
    double *values; /* scratch, as long as all of them */
};

static double to_seconds(double ns) {
    return ns / (double)NS_PER_S;
}

/* What the user's own API does is not known, and does not stand there as 0 s. */
static void describe_own_api(const struct scenario *scenario, json_t *object) {
    static const char *const unknown[] = {"send_s",   "response_s", "send",
                                          "response", "senders",    "slots"};
    char path[PATH_MAX];
    for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++) {
        json_object_set_new(object, unknown[i], json_null());
    }
    snprintf(path, sizeof path, "%s", scenario->url_file);
    utf8_mend(path);
    json_object_set_new(object, "url_file", json_string(path));
}

static json_t *describe_scenario(const struct plan *plan,
                                 const struct scenario *scenario) {
    char send[LATENCY_TEXT_BYTES];
    char response[LATENCY_TEXT_BYTES];
    char senders[SCENARIO_FIELD_BYTES];
    char connections[SCENARIO_FIELD_BYTES];
    scenario_format(scenario, "senders", senders);
    scenario_format(scenario, "connections", connections);
    latency_format(scenario->send, send);
    latency_format(scenario->response, response);
    json_t *object = json_pack(
        "{s:s, s:s, s:i, s:i, s:f, s:f, s:s, s:s, s:s, s:i, s:i, s:s, s:f, s:f, s:I}",
        "name", scenario->name, "title", scenario->title, "conversations",
        (int)scenario->conversations, "rounds", (int)scenario->rounds, "send_s",
        to_seconds(latency_mean_ns(scenario->send)), "response_s",
        to_seconds(latency_mean_ns(scenario->response)), "send", send, "response",
        response, "senders", senders, "slots", (int)scenario->slots, "workers",
        (int)scenario->workers, "connections", connections, "timeout_s",
        to_seconds((double)scenario->timeout_ns), "speed", scenario->speed, "seed",
        (json_int_t)plan->seed);
    json_object_set_new(object, "url_file", json_null());
    if (scenario->url_file) {
        describe_own_api(scenario, object);
    }
    return object;
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

/* Fills `values` with one field of every complete trial, times `factor`;
 * returns how many have it. */
static size_t take(struct sample *sample, const char *key, double factor) {
    size_t count = 0;
    for (size_t i = 0; i < sample->count; i++) {
        double value = field_number(sample->trials[i], key);
        if (isfinite(value)) {
            sample->values[count++] = value * factor;
        }
    }
    return count;
}

static double median_of(struct sample *sample, const char *key, double factor) {
    size_t count = take(sample, key, factor);
    return statistics_median(sample->values, count);
}

/* A trial's requests that failed. */
static json_int_t count_failed(const json_t *trial) {
    json_int_t failed = 0;
    const char *kind;
    json_t *count;
    json_object_foreach(json_object_get(json_object_get(trial, "requests"), "by_error"),
                        kind, count) {
        failed += strcmp(kind, "ok") ? json_integer_value(count) : 0;
    }
    return failed;
}

/* How long those took in which a request failed; NaN where none did. */
static double incomplete_median(struct sample *sample, double factor) {
    for (size_t i = 0; i < sample->incomplete; i++) {
        sample->values[i] =
            field_number(sample->trials[sample->count + i], "makespan_ns") * factor;
    }
    return statistics_median(sample->values, sample->incomplete);
}

static json_t *describe_measured(struct sample *sample, uint64_t seed) {
    double factor = sample->planned->scenario.speed / (double)NS_PER_S;
    size_t count = take(sample, "makespan_ns", factor);
    struct interval interval = statistics_median_interval(sample->values, count, seed);
    double median = statistics_median(sample->values, count);
    const char *kind = count < STATISTICS_BOOTSTRAP_LEAST ? "range" : "bootstrap95";
    return json_pack(
        "{s:o, s:o, s:o, s:s, s:i, s:i, s:i, s:o, s:o}", "median_s",
        field_real_or_null(median), "low_s", field_real_or_null(interval.low), "high_s",
        field_real_or_null(interval.high), "interval", kind, "trials", (int)count,
        "invalid", (int)sample->invalid, "incomplete", (int)sample->incomplete,
        "incomplete_median_s", field_real_or_null(incomplete_median(sample, factor)),
        "busy_s", field_real_or_null(median_of(sample, "busy_ns", factor)));
}

/* Adds a trial's counts to the sums of the same names. */
static void add_counts(json_t *sums, const json_t *counts) {
    const char *name;
    json_t *count;
    json_object_foreach((json_t *)counts, name, count) {
        json_int_t before = json_integer_value(json_object_get(sums, name));
        json_object_set_new(sums, name,
                            json_integer(before + json_integer_value(count)));
    }
}

/* Of all valid trials, the incomplete ones too. */
static json_t *describe_requests(const struct sample *sample) {
    json_t *by_error = json_pack("{s:i}", "ok", 0);
    json_t *by_status = json_object();
    json_int_t failed = 0;
    for (size_t i = 0; i < sample->count + sample->incomplete; i++) {
        const json_t *requests = json_object_get(sample->trials[i], "requests");
        add_counts(by_error, json_object_get(requests, "by_error"));
        add_counts(by_status, json_object_get(requests, "by_status"));
        failed += count_failed(sample->trials[i]);
    }
    json_int_t ok = json_integer_value(json_object_get(by_error, "ok"));
    return json_pack("{s:I, s:I, s:o, s:o}", "ok", ok, "failed", failed, "by_error",
                     by_error, "by_status", by_status);
}

static json_t *describe_resources(struct sample *sample) {
    double per_second = 1.0 / (double)NS_PER_S;
    return json_pack(
        "{s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "user_s",
        field_real_or_null(median_of(sample, "user_ns", per_second)), "system_s",
        field_real_or_null(median_of(sample, "system_ns", per_second)),
        "peak_memory_bytes",
        field_integer_or_null(median_of(sample, "peak_memory_bytes", 1)),
        "peak_threads", field_integer_or_null(median_of(sample, "peak_threads", 1)),
        "voluntary_switches",
        field_integer_or_null(median_of(sample, "voluntary_switches", 1)),
        "involuntary_switches",
        field_integer_or_null(median_of(sample, "involuntary_switches", 1)),
        "in_flight_peak",
        field_integer_or_null(median_of(sample, "in_flight_peak", 1)));
}

/* A trial of that point of the plan. */
static bool is_at(const json_t *trial, size_t point) {
    return (size_t)json_integer_value(json_object_get(trial, "point")) == point;
}

static bool is_of(const json_t *trial, const char *model) {
    const char *name = json_string_value(json_object_get(trial, "model"));
    return name && !strcmp(name, model);
}

/* The distinct reasons of its invalid trials. */
static json_t *list_reasons(const json_t *trials, size_t point, const char *model) {
    json_t *reasons = json_object(); /* a set */
    size_t i;
    json_t *trial;
    json_array_foreach(trials, i, trial) {
        size_t j;
        json_t *reason;
        if (!is_at(trial, point) || !is_of(trial, model)) {
            continue;
        }
        json_array_foreach(json_object_get(trial, "reasons"), j, reason) {
            json_object_set_new(reasons, json_string_value(reason), json_true());
        }
    }
    json_t *list = json_array();
    const char *text;
    json_t *ignored;
    json_object_foreach(reasons, text, ignored) {
        json_array_append_new(list, json_string(text));
    }
    json_decref(reasons);
    return list;
}

/* Appends the valid trials that are complete, or those that are not; returns how many.
 */
static size_t sample_add(struct sample *sample, const json_t *trials, size_t point,
                         const char *model, bool complete) {
    size_t before = sample->count + sample->incomplete;
    size_t count = before;
    size_t i;
    json_t *trial;
    json_array_foreach(trials, i, trial) {
        if (is_at(trial, point) && is_of(trial, model) &&
            json_is_true(json_object_get(trial, "valid")) &&
            (count_failed(trial) == 0) == complete) {
            sample->trials[count++] = trial;
        }
    }
    return count - before;
}

/* The trials of one model. False: out of memory; sample_close() in any case. */
static bool sample_open(struct sample *sample, const struct plan_scenario *planned,
                        const json_t *trials, size_t point, const char *model) {
    size_t room = json_array_size(trials) + 1;
    *sample = (struct sample){.planned = planned,
                              .trials = calloc(room, sizeof(json_t *)),
                              .values = calloc(room, sizeof(double))};
    if (!sample->trials || !sample->values) {
        return false;
    }
    size_t i;
    json_t *trial;
    sample->count = sample_add(sample, trials, point, model, true);
    sample->incomplete = sample_add(sample, trials, point, model, false);
    json_array_foreach(trials, i, trial) {
        sample->invalid += is_at(trial, point) && is_of(trial, model) &&
                           !json_is_true(json_object_get(trial, "valid"));
    }
    return true;
}

static void sample_close(struct sample *sample) {
    free(sample->trials);
    free(sample->values);
}

static json_t *trial_of_block(const struct sample *sample, json_int_t block) {
    for (size_t i = 0; i < sample->count; i++) {
        if (json_integer_value(json_object_get(sample->trials[i], "block")) == block) {
            return (json_t *)sample->trials[i];
        }
    }
    return NULL;
}

/* The median over the blocks of how many times faster than the baseline; NaN where the
 * two share no block, and where a request of either failed: no model shall win by what
 * it did not do, nor by the trials that happened to go well. */
static double paired_speedup(struct sample *sample, const struct sample *baseline) {
    size_t count = 0;
    if (sample->incomplete > 0 || baseline->incomplete > 0) {
        return NAN;
    }
    for (size_t i = 0; i < sample->count; i++) {
        json_int_t block =
            json_integer_value(json_object_get(sample->trials[i], "block"));
        const json_t *other = trial_of_block(baseline, block);
        double own_ns = field_number(sample->trials[i], "makespan_ns");
        if (other && own_ns > 0) {
            sample->values[count++] = field_number(other, "makespan_ns") / own_ns;
        }
    }
    return statistics_median(sample->values, count);
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
static double excess_us(struct sample *sample, const struct plan_entry *entry) {
    const struct scenario *scenario = &sample->planned->scenario;
    const struct prediction *prediction = &entry->prediction;
    double ideal_ns = (double)prediction->simulated.makespan_ns / scenario->speed;
    return prediction->is_known || !entry->model.waits
               ? (median_of(sample, "makespan_ns", 1) - ideal_ns) /
                     (double)scenario_requests(scenario) / (double)NS_PER_US
               : NAN;
}

static json_t *describe_model(const struct plan *plan, struct sample *sample,
                              const struct sample *baseline,
                              const struct plan_entry *entry, json_t *reasons) {
    const struct prediction *prediction = &entry->prediction;
    json_t *model = json_object();
    json_t *measured = describe_measured(sample, plan->seed);
    double median_s = field_number(measured, "median_s");
    double setup_s = median_of(sample, "setup_ns", 1.0 / (double)NS_PER_S);
    json_object_set_new(model, "name", json_string(entry->model.name));
    json_object_set_new(model, "printed_s",
                        printed_of(&sample->planned->scenario, entry->model.name));
    json_object_set_new(model, "predicted", describe_prediction(prediction));
    json_object_set_new(model, "measured", measured);
    json_object_set_new(model, "error_percent",
                        field_real_or_null(error_percent(prediction, median_s)));
    double speedup = entry->model.waits ? paired_speedup(sample, baseline) : NAN;
    json_object_set_new(model, "speedup", field_real_or_null(speedup));
    json_object_set_new(model, "setup_s", field_real_or_null(setup_s));
    json_object_set_new(model, "excess_us_per_request",
                        field_real_or_null(excess_us(sample, entry)));
    json_object_set_new(model, "requests", describe_requests(sample));
    json_object_set_new(model, "resources", describe_resources(sample));
    json_object_set_new(model, "invalid_reasons", reasons);
    return model;
}

/* Ratios are against sequential where it ran, else against the
 * first model that waits. */
static size_t find_baseline(const struct plan_scenario *planned) {
    size_t first = 0;
    for (size_t i = planned->entry_count; i > 0; i--) {
        const struct model *model = &planned->entries[i - 1].model;
        if (!strcmp(model->name, "sequential")) {
            return i - 1;
        }
        first = model->waits ? i - 1 : first;
    }
    return first;
}

static json_t *describe_models(const struct plan *plan, size_t point,
                               const json_t *trials) {
    const struct plan_scenario *planned = &plan->scenarios[point];
    const char *baseline_name =
        planned->entry_count ? planned->entries[find_baseline(planned)].model.name : "";
    json_t *models = json_array();
    struct sample baseline = {.count = 0};
    if (trials) {
        sample_open(&baseline, planned, trials, point, baseline_name);
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
        if (sample_open(&sample, planned, trials, point, name)) {
            json_array_append_new(models,
                                  describe_model(plan, &sample, &baseline, entry,
                                                 list_reasons(trials, point, name)));
        }
        sample_close(&sample);
    }
    sample_close(&baseline);
    return models;
}

static json_t *describe_claims(const struct plan *plan,
                               const struct plan_scenario *planned) {
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
    const struct plan_scenario *planned = &plan->scenarios[point];
    json_t *object = json_object();
    json_object_set_new(object, "schema", json_integer(1));
    json_object_set_new(object, "scenario",
                        describe_scenario(plan, &planned->scenario));
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
    for (size_t i = 0; i < plan->scenario_count; i++) {
        json_array_append_new(summary, summarize(plan, i, trials));
    }
    return summary;
}

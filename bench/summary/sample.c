/* A model's trials, and what they amount to. */
#include "bench/summary/sample.h"
#include "bench/summary/field.h"
#include "bench/measure/statistics.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A trial of that point of the plan. */
static bool is_at(const json_t *trial, size_t point) {
    return (size_t)json_integer_value(json_object_get(trial, "point")) == point;
}

static bool is_of(const json_t *trial, const char *model) {
    const char *name = json_string_value(json_object_get(trial, "model"));
    return name && !strcmp(name, model);
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

bool sample_open(struct sample *sample, const json_t *trials, size_t point,
                 const char *model) {
    size_t room = json_array_size(trials) + 1;
    *sample = (struct sample){.trials = calloc(room, sizeof(json_t *)),
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

void sample_close(struct sample *sample) {
    free(sample->trials);
    free(sample->values);
    *sample = (struct sample){.trials = NULL};
}

size_t sample_take(struct sample *sample, const char *key, double factor) {
    size_t count = 0;
    for (size_t i = 0; i < sample->count; i++) {
        double value = field_number(sample->trials[i], key);
        if (isfinite(value)) {
            sample->values[count++] = value * factor;
        }
    }
    return count;
}

double sample_median(struct sample *sample, const char *key, double factor) {
    size_t count = sample_take(sample, key, factor);
    return statistics_median(sample->values, count);
}

double sample_incomplete_median(struct sample *sample, double factor) {
    for (size_t i = 0; i < sample->incomplete; i++) {
        sample->values[i] =
            field_number(sample->trials[sample->count + i], "makespan_ns") * factor;
    }
    return statistics_median(sample->values, sample->incomplete);
}

static json_t *trial_of_block(const struct sample *sample, json_int_t block) {
    for (size_t i = 0; i < sample->count; i++) {
        if (json_integer_value(json_object_get(sample->trials[i], "block")) == block) {
            return (json_t *)sample->trials[i];
        }
    }
    return NULL;
}

double sample_speedup(struct sample *sample, const struct sample *baseline) {
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

json_t *sample_requests(const struct sample *sample) {
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

json_t *sample_reasons(const json_t *trials, size_t point, const char *model) {
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

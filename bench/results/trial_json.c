/* What a trial showed, as a line of trials.jsonl. */
#include "bench/results/trial_json.h"

#include <stdio.h>

/* -1 is unknown, and null in JSON. */
static json_t *number_or_null(int64_t number) {
    return number < 0 ? json_null() : json_integer((json_int_t)number);
}

static json_t *describe_requests(const struct trial *trial) {
    json_t *errors = json_object();
    json_t *statuses = json_object();
    char text[16];
    for (int i = 0; i < EVENT_ERROR_COUNT; i++) {
        if (trial->figures.requests_by_error[i] > 0 || i == EVENT_OK) {
            json_object_set_new(
                errors, event_error_name((enum event_error)i),
                json_integer((json_int_t)trial->figures.requests_by_error[i]));
        }
    }
    for (int i = 0; i < 1000; i++) {
        if (trial->figures.requests_by_status[i] > 0) {
            snprintf(text, sizeof text, "%d", i);
            json_object_set_new(
                statuses, text,
                json_integer((json_int_t)trial->figures.requests_by_status[i]));
        }
    }
    return json_pack("{s:o, s:o}", "by_error", errors, "by_status", statuses);
}

json_t *trial_to_json(const struct plan *plan, size_t index,
                      const struct trial *trial) {
    const struct plan_trial *planned = &plan->trials[index];
    const struct plan_point *point = &plan->points[planned->point];
    json_t *reasons = json_array();
    for (size_t i = 0; i < trial->validity.count; i++) {
        json_array_append_new(reasons, json_string(trial->validity.reasons[i]));
    }
    char events[TRIAL_NAME_BYTES + 32];
    snprintf(events, sizeof events, "events/%s.csv", trial->name);
    json_t *line = json_object();
    const struct {
        const char *key;
        json_t *value;
    } fields[] = {
        {"number", json_integer((json_int_t)index + 1)},
        {"point", json_integer((json_int_t)planned->point)},
        {"scenario", json_string(point->scenario.name)},
        {"model", json_string(point->entries[planned->entry].model.name)},
        {"block", json_integer(planned->block)},
        {"valid", json_boolean(trial->validity.count == 0)},
        {"reasons", reasons},
        {"makespan_ns", json_integer((json_int_t)trial->figures.makespan_ns)},
        {"busy_ns", number_or_null(trial->figures.busy_ns)},
        {"busy_sum_ns", number_or_null(trial->figures.busy_sum_ns)},
        {"setup_ns", number_or_null(trial->setup_ns)},
        {"user_ns", json_integer((json_int_t)trial->user_ns)},
        {"system_ns", json_integer((json_int_t)trial->system_ns)},
        {"peak_memory_bytes", number_or_null(trial->peak_memory_bytes)},
        {"peak_threads", number_or_null(trial->peak_threads)},
        {"voluntary_switches", json_integer((json_int_t)trial->voluntary_switches)},
        {"involuntary_switches", json_integer((json_int_t)trial->involuntary_switches)},
        {"requests", describe_requests(trial)},
        {"in_flight_peak", json_integer((json_int_t)trial->figures.in_flight_peak)},
        {"in_flight_mean", json_real(trial->figures.in_flight_mean)},
        {"api_lateness_ns", number_or_null(trial->figures.lateness_ns)},
        {"events", json_string(events)},
    };
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        json_object_set_new(line, fields[i].key, fields[i].value);
    }
    return line;
}

/* Writes a trial as a line of trials.jsonl, and reads it back. */
#include "bench/results/trial_json.h"
#include "bench/summary/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const figure_keys[TRIAL_FIGURES] = {
    [TRIAL_MAKESPAN_NS] = "makespan_ns",
    [TRIAL_BUSY_NS] = "busy_ns",
    [TRIAL_SETUP_NS] = "setup_ns",
    [TRIAL_USER_NS] = "user_ns",
    [TRIAL_SYSTEM_NS] = "system_ns",
    [TRIAL_PEAK_MEMORY_BYTES] = "peak_memory_bytes",
    [TRIAL_PEAK_THREADS] = "peak_threads",
    [TRIAL_VOLUNTARY_SWITCHES] = "voluntary_switches",
    [TRIAL_INVOLUNTARY_SWITCHES] = "involuntary_switches",
    [TRIAL_IN_FLIGHT_PEAK] = "in_flight_peak",
    [TRIAL_API_LATENESS_NS] = "api_lateness_ns",
    [TRIAL_THROTTLED_NS] = "throttled_ns",
};

/* -1 (unknown) is null in JSON. */
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
    json_t *requests =
        json_pack("{s:o, s:o}", "by_error", errors, "by_status", statuses);
    if (trial->figures.reopened > 0) {
        json_object_set_new(requests, "reopened",
                            json_integer((json_int_t)trial->figures.reopened));
    }
    return requests;
}

/* Adds the first failed requests, if there are any, with their lines in the URL file. */
static void add_failed(json_t *line, const struct trial *trial,
                       const struct url_file *urls) {
    struct failed_requests failed = trial->figures.first_failed;
    for (size_t i = 0; i < failed.count; i++) {
        failed.list[i].line = url_file_line(urls, failed.list[i].conversation);
    }
    if (failed.count > 0) {
        json_object_set_new(line, "first_failed", summary_failed_to_json(&failed));
    }
}

/* Adds the file of the model's stderr and its end, if there are any. */
static void add_stderr(json_t *line, const struct trial *trial) {
    char path[TRIAL_NAME_BYTES + 32];
    if (!trial->has_stderr) {
        return;
    }
    snprintf(path, sizeof path, "events/%s" TRIAL_STDERR_ENDING, trial->name);
    json_object_set_new(line, "stderr", json_string(path));
    json_t *end = json_array();
    for (size_t i = 0; i < trial->complaint.count; i++) {
        json_array_append_new(end, json_string(trial->complaint.list[i]));
    }
    json_object_set_new(line, "stderr_end", end);
}

json_t *trial_to_json(const struct plan *plan, size_t index,
                      const struct trial *trial) {
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
        {"point", json_integer((json_int_t)plan->trials[index].point)},
        {"scenario", json_string(plan_point_of(plan, index)->scenario.name)},
        {"model", json_string(plan_entry_of(plan, index)->model.name)},
        {"block", json_integer(plan->trials[index].block)},
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
        {"throttled_count", json_integer((json_int_t)trial->throttled_count)},
        {"throttled_ns", json_integer((json_int_t)trial->throttled_ns)},
        {"events", json_string(events)},
    };
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        json_object_set_new(line, fields[i].key, fields[i].value);
    }
    add_stderr(line, trial);
    add_failed(line, trial, &plan_point_of(plan, index)->urls);
    return line;
}

static bool find_error(const char *name, int *kind) {
    for (int i = 0; i < EVENT_ERROR_COUNT; i++) {
        if (!strcmp(event_error_name((enum event_error)i), name)) {
            *kind = i;
            return true;
        }
    }
    return false;
}

static bool find_status(const char *name, int *kind) {
    char *end;
    *kind = (int)strtol(name, &end, 10);
    return end > name && *end == '\0' && *kind >= 0 && *kind < 1000;
}

static bool read_tally(struct tally *tally, const json_t *requests, const char *key,
                       bool (*find)(const char *name, int *kind), struct error *error) {
    const char *name;
    json_t *count;
    json_object_foreach(json_object_get(requests, key), name, count) {
        int kind;
        if (!find(name, &kind)) {
            return error_input(error, "%s: this version does not know '%.40s'", key,
                               name);
        }
        if (!tally_add(tally, kind, json_integer_value(count))) {
            return error_failed(error, "out of memory");
        }
    }
    return true;
}

static bool read_texts(struct texts *texts, const json_t *list, struct error *error) {
    size_t i;
    json_t *text;
    json_array_foreach(list, i, text) {
        if (json_is_string(text) && !texts_add(texts, json_string_value(text))) {
            return error_failed(error, "out of memory");
        }
    }
    return true;
}

static int32_t read_int(const json_t *object, const char *key) {
    return (int32_t)json_integer_value(json_object_get(object, key));
}

/* `total` is the sum of the tally of errors. An unknown kind was refused with it. */
static void read_failed(struct past_trial *trial, const json_t *list) {
    size_t i;
    json_t *object;
    json_array_foreach(list, i, object) {
        const char *name = json_string_value(json_object_get(object, "error"));
        int kind = EVENT_OK;
        if (i < FIGURES_FIRST_FAILED && name && find_error(name, &kind)) {
            trial->first_failed.list[trial->first_failed.count++] =
                (struct failed_request){
                    .conversation = read_int(object, "conversation"),
                    .round = read_int(object, "round"),
                    .line = read_int(object, "line"),
                    .status = read_int(object, "status"),
                    .error = (enum event_error)kind,
                };
        }
    }
    trial->first_failed.total = past_trial_failed(trial);
}

/* Copies the text of a key; NULL if it is none. False: out of memory. */
static bool read_path(const json_t *object, const char *key, char **path) {
    const char *text = json_string_value(json_object_get(object, key));
    *path = text ? strdup(text) : NULL;
    return !text || *path;
}

bool trial_from_json(struct past_trial *trial, const json_t *object,
                     struct error *error) {
    past_trial_init(trial);
    if (!json_is_object(object)) {
        return error_input(error, "a trial is an object");
    }
    const char *model = json_string_value(json_object_get(object, "model"));
    const json_t *requests = json_object_get(object, "requests");
    snprintf(trial->model, sizeof trial->model, "%s", model ? model : "");
    trial->point = (size_t)json_integer_value(json_object_get(object, "point"));
    trial->block = json_integer_value(json_object_get(object, "block"));
    trial->is_valid = json_is_true(json_object_get(object, "valid"));
    trial->reopened = json_integer_value(json_object_get(requests, "reopened"));
    for (int i = 0; i < TRIAL_FIGURES; i++) {
        const json_t *figure = json_object_get(object, figure_keys[i]);
        if (json_is_number(figure)) {
            trial->figures[i] = json_number_value(figure);
        }
    }
    if (!read_path(object, "events", &trial->events) ||
        !read_path(object, "stderr", &trial->stderr_path)) {
        return error_failed(error, "out of memory");
    }
    bool ok =
        read_texts(&trial->reasons, json_object_get(object, "reasons"), error) &&
        read_texts(&trial->stderr_end, json_object_get(object, "stderr_end"), error) &&
        read_tally(&trial->by_error, requests, "by_error", find_error, error) &&
        read_tally(&trial->by_status, requests, "by_status", find_status, error);
    read_failed(trial, json_object_get(object, "first_failed"));
    return ok;
}

/* Writes the summary in JSON; a number that is not known is null. */
#include "bench/summary/json.h"
#include "base/duration.h"
#include "base/utf8.h"
#include "bench/summary/setting.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>

enum { SCHEMA = 1 };

static json_t *real_or_null(double value) {
    return isfinite(value) ? json_real(value) : json_null();
}

static json_t *integer_or_null(double value) {
    return isfinite(value) ? json_integer((json_int_t)llround(value)) : json_null();
}

/* The latencies of the user's own API are not known: null, not 0 s. */
static void describe_own_api(const struct scenario *scenario, json_t *object) {
    static const char *const not_known[] = {"send_s",   "response_s", "send",
                                            "response", "senders",    "slots"};
    char path[PATH_MAX];
    for (size_t i = 0; i < sizeof not_known / sizeof not_known[0]; i++) {
        json_object_set_new(object, not_known[i], json_null());
    }
    snprintf(path, sizeof path, "%s", scenario->url_file);
    utf8_mend(path);
    json_object_set_new(object, "url_file", json_string(path));
}

static json_t *describe_scenario(const struct scenario *scenario, uint64_t seed) {
    char send[LATENCY_TEXT_BYTES];
    char response[LATENCY_TEXT_BYTES];
    char senders[SCENARIO_FIELD_BYTES];
    char connections[SCENARIO_FIELD_BYTES];
    json_t *object = json_pack(
        "{s:s, s:s, s:i, s:i, s:f, s:f, s:s, s:s, s:s, s:i, s:i, s:s, s:f, s:f, s:I, "
        "s:n}",
        "name", scenario->name, "title", scenario->title, "conversations",
        (int)scenario->conversations, "rounds", (int)scenario->rounds, "send_s",
        duration_seconds(latency_mean_ns(scenario->send)), "response_s",
        duration_seconds(latency_mean_ns(scenario->response)), "send",
        latency_format(scenario->send, send), "response",
        latency_format(scenario->response, response), "senders",
        scenario_format(scenario, "senders", senders), "slots", (int)scenario->slots,
        "workers", (int)scenario->workers, "connections",
        scenario_format(scenario, "connections", connections), "timeout_s",
        duration_seconds((double)scenario->timeout_ns), "speed", scenario->speed,
        "seed", (json_int_t)seed, "url_file");
    if (setting_is_own_api(scenario)) {
        describe_own_api(scenario, object);
    }
    return object;
}

static json_t *describe_predicted(const struct summary_predicted *predicted) {
    if (!isfinite(predicted->simulated_s)) {
        return json_null();
    }
    return json_pack("{s:o, s:f, s:f}", "closed_form_s",
                     real_or_null(predicted->closed_form_s), "simulated_s",
                     predicted->simulated_s, "busy_s", predicted->busy_s);
}

static json_t *describe_measured(const struct summary_measured *measured) {
    return json_pack(
        "{s:o, s:o, s:o, s:s, s:I, s:I, s:I, s:o, s:o}", "median_s",
        real_or_null(measured->median_s), "low_s", real_or_null(measured->low_s),
        "high_s", real_or_null(measured->high_s), "interval",
        measured->is_bootstrap ? "bootstrap95" : "range", "trials",
        (json_int_t)measured->trials, "invalid", (json_int_t)measured->invalid,
        "incomplete", (json_int_t)measured->incomplete, "incomplete_median_s",
        real_or_null(measured->incomplete_median_s), "busy_s",
        real_or_null(measured->busy_s));
}

static json_t *describe_texts(const struct texts *texts) {
    json_t *list = json_array();
    for (size_t i = 0; i < texts->count; i++) {
        json_array_append_new(list, json_string(texts->list[i]));
    }
    return list;
}

json_t *summary_failed_to_json(const struct failed_requests *failed) {
    json_t *list = json_array();
    for (size_t i = 0; i < failed->count; i++) {
        const struct failed_request *request = &failed->list[i];
        json_array_append_new(list,
                              json_pack("{s:i, s:i, s:i, s:s, s:i}", "conversation",
                                        (int)request->conversation, "round",
                                        (int)request->round, "line", (int)request->line,
                                        "error", event_error_name(request->error),
                                        "status", (int)request->status));
    }
    return list;
}

static json_t *describe_requests(const struct summary_requests *requests) {
    json_t *by_error = json_object();
    json_t *by_status = json_object();
    for (size_t i = 0; i < requests->by_error.row_count; i++) {
        const struct tally_row *row = &requests->by_error.rows[i];
        json_object_set_new(by_error, event_error_name((enum event_error)row->kind),
                            json_integer(row->count));
    }
    for (size_t i = 0; i < requests->by_status.row_count; i++) {
        const struct tally_row *row = &requests->by_status.rows[i];
        char status[16];
        snprintf(status, sizeof status, "%d", row->kind);
        json_object_set_new(by_status, status, json_integer(row->count));
    }
    json_t *object = json_pack("{s:I, s:I, s:o, s:o}", "ok", (json_int_t)requests->ok,
                               "failed", (json_int_t)requests->failed, "by_error",
                               by_error, "by_status", by_status);
    if (requests->reopened > 0) {
        json_object_set_new(object, "reopened", json_integer(requests->reopened));
    }
    return object;
}

static json_t *describe_resources(const struct summary_resources *resources) {
    return json_pack(
        "{s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "user_s",
        real_or_null(resources->user_s), "system_s", real_or_null(resources->system_s),
        "peak_memory_bytes", integer_or_null(resources->peak_memory_bytes),
        "peak_threads", integer_or_null(resources->peak_threads), "voluntary_switches",
        integer_or_null(resources->voluntary_switches), "involuntary_switches",
        integer_or_null(resources->involuntary_switches), "in_flight_peak",
        integer_or_null(resources->in_flight_peak));
}

static json_t *describe_model(const struct summary_model *model, bool is_measured) {
    json_t *object = json_pack("{s:s, s:o, s:o}", "name", model->name, "printed_s",
                               real_or_null(model->printed_s), "predicted",
                               describe_predicted(&model->predicted));
    if (!is_measured) {
        return object;
    }
    const struct {
        const char *key;
        json_t *value;
    } fields[] = {
        {"measured", describe_measured(&model->measured)},
        {"error_percent", real_or_null(model->error_percent)},
        {"speedup", real_or_null(model->speedup)},
        {"setup_s", real_or_null(model->setup_s)},
        {"excess_us_per_request", real_or_null(model->excess_us)},
        {"requests", describe_requests(&model->requests)},
        {"resources", describe_resources(&model->resources)},
        {"invalid_reasons", describe_texts(&model->invalid_reasons)},
    };
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        json_object_set_new(object, fields[i].key, fields[i].value);
    }
    if (model->requests.first_failed.count > 0) {
        json_object_set_new(object, "first_failed",
                            summary_failed_to_json(&model->requests.first_failed));
    }
    if (model->stderr_path) {
        json_object_set_new(object, "stderr", json_string(model->stderr_path));
        json_object_set_new(object, "stderr_end", describe_texts(&model->stderr_end));
    }
    return object;
}

static json_t *describe_claim(const struct summary_claim *claim) {
    return json_pack("{s:s, s:f, s:s, s:f, s:b, s:s}", "model", claim->model,
                     "printed_s", claim->printed_s, "source", claim->source,
                     "predicted_s", claim->predicted_s, "holds", claim->holds, "why",
                     claim->why);
}

static json_t *describe_point(const struct summary_point *point, uint64_t seed) {
    json_t *models = json_array();
    json_t *claims = json_array();
    for (size_t i = 0; i < point->model_count; i++) {
        json_array_append_new(models,
                              describe_model(&point->models[i], point->is_measured));
    }
    for (size_t i = 0; i < point->claim_count; i++) {
        json_array_append_new(claims, describe_claim(&point->claims[i]));
    }
    return json_pack("{s:i, s:o, s:s, s:o, s:o, s:o}", "schema", SCHEMA, "scenario",
                     describe_scenario(point->scenario, seed), "baseline",
                     point->baseline ? point->baseline->name : "", "models", models,
                     "claims", claims, "notes", describe_texts(&point->notes));
}

json_t *summary_to_json(const struct summary *summary) {
    json_t *points = json_array();
    for (size_t i = 0; i < summary->point_count; i++) {
        json_array_append_new(points,
                              describe_point(&summary->points[i], summary->seed));
    }
    return points;
}

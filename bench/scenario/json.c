/* Scenarios and models in run.json. A scenario's fields come from scenario_fields, as
 * they do in a file and on the command line. */
#include "bench/scenario/json.h"
#include "base/clock.h"
#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static json_t *field_to_json(const struct scenario *scenario,
                             const struct scenario_field *field) {
    char text[SCENARIO_FIELD_BYTES];
    field->format(scenario, text);
    if (!field->is_number) {
        return json_string(text);
    }
    return strchr(text, '.') || strchr(text, 'e') ? json_real(atof(text))
                                                  : json_integer(atoll(text));
}

/* A path may hold any bytes; JSON may not. */
static json_t *mended(const char *path) {
    char text[PATH_MAX];
    snprintf(text, sizeof text, "%s", path);
    utf8_mend(text);
    return json_string(text);
}

json_t *scenario_to_json(const struct scenario *scenario) {
    json_t *object = json_object();
    for (const struct scenario_field *field = scenario_fields; field->key; field++) {
        json_object_set_new(object, field->key, field_to_json(scenario, field));
    }
    json_t *models = json_array();
    for (size_t i = 0; i < scenario->model_count; i++) {
        json_array_append_new(models, mended(scenario->models[i]));
    }
    json_object_set_new(object, "models", models);
    json_t *claims = json_array();
    for (size_t i = 0; i < scenario->claim_count; i++) {
        const struct claim *claim = &scenario->claims[i];
        char total[DURATION_TEXT_BYTES];
        json_array_append_new(claims, json_pack("{s:s, s:s, s:s}", "model",
                                                claim->model, "total",
                                                duration_format(claim->total_ns, total),
                                                "source", claim->source));
    }
    json_object_set_new(object, "claims", claims);
    if (scenario->url_file) {
        json_object_set_new(object, "url_file", mended(scenario->url_file));
    }
    return object;
}

static bool read_field(struct scenario *scenario, const struct scenario_field *field,
                       const json_t *value, struct error *error) {
    char number[64];
    const char *text = json_string_value(value);
    if (json_is_integer(value)) {
        snprintf(number, sizeof number, "%lld", (long long)json_integer_value(value));
        text = number;
    } else if (json_is_real(value)) {
        snprintf(number, sizeof number, "%.12f", json_real_value(value));
        text = number;
    }
    if (!text) {
        return error_input(error, "%s: expected a text or a number", field->key);
    }
    return field->set(scenario, text, error) || error_prefix(error, "%s: ", field->key);
}

static bool read_claim(struct scenario *scenario, const json_t *claim,
                       struct error *error) {
    const char *model = json_string_value(json_object_get(claim, "model"));
    const char *total = json_string_value(json_object_get(claim, "total"));
    const char *source = json_string_value(json_object_get(claim, "source"));
    int64_t total_ns;
    if (!model || !total || !source) {
        return error_input(error, "claims: expected model, total and source as texts");
    }
    return duration_parse(total, &total_ns, error) &&
           (scenario_add_claim(scenario, model, total_ns, source) ||
            error_failed(error, "out of memory"));
}

bool scenario_from_json(struct scenario *scenario, const json_t *object,
                        struct error *error) {
    scenario_init(scenario);
    for (const struct scenario_field *field = scenario_fields; field->key; field++) {
        const json_t *value = json_object_get(object, field->key);
        if (value && !read_field(scenario, field, value, error)) {
            return false;
        }
    }
    const char *url_file = json_string_value(json_object_get(object, "url_file"));
    if (url_file && !scenario_set_url_file(scenario, url_file)) {
        return error_failed(error, "out of memory");
    }
    size_t i;
    json_t *item;
    json_array_foreach(json_object_get(object, "models"), i, item) {
        if (!json_is_string(item) ||
            !scenario_add_model(scenario, json_string_value(item))) {
            return error_input(error, "models: expected a list of names");
        }
    }
    json_array_foreach(json_object_get(object, "claims"), i, item) {
        if (!read_claim(scenario, item, error)) {
            return false;
        }
    }
    return scenario_check(scenario, error);
}

json_t *model_to_json(const struct model *model) {
    return json_pack("{s:s, s:o, s:b, s:s, s:s, s:s, s:b, s:b}", "name", model->name,
                     "path", mended(model->path), "described", model->is_described,
                     "summary", model->summary, "holds", model_holds_name(model->holds),
                     "send_holds", model->send_holds_loop ? "loop" : "caller", "listed",
                     !model->unlisted, "waits", !model->never_waits);
}

bool model_from_json(struct model *model, const json_t *object, struct error *error) {
    const char *name = json_string_value(json_object_get(object, "name"));
    const char *holds = json_string_value(json_object_get(object, "holds"));
    const char *send_holds = json_string_value(json_object_get(object, "send_holds"));
    *model = (struct model){.is_available = true};
    if (!name || !holds || !send_holds || !model_holds_read(holds, &model->holds)) {
        return error_input(error, "models: name, holds and send_holds are missing");
    }
    snprintf(model->name, sizeof model->name, "%s", name);
    model->send_holds_loop = !strcmp(send_holds, "loop");
    model->is_described = json_is_true(json_object_get(object, "described"));
    model->unlisted = !json_is_true(json_object_get(object, "listed"));
    model->never_waits = !json_is_true(json_object_get(object, "waits"));
    return true;
}

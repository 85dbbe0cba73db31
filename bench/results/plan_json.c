/* Writes a plan into run.json, and reads it back. */
#include "bench/results/plan_json.h"
#include "bench/programs/paths.h"
#include "bench/scenario/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *plan_urls_name(size_t point, char name[static PLAN_URLS_NAME_BYTES]) {
    snprintf(name, PLAN_URLS_NAME_BYTES, "urls-%zu.txt", point);
    return name;
}

static json_t *describe_order(const struct plan *plan) {
    json_t *order = json_array();
    for (size_t i = 0; i < plan->trial_count; i++) {
        const struct plan_trial *trial = &plan->trials[i];
        json_array_append_new(
            order,
            json_pack("{s:i, s:s, s:s, s:i}", "point", (int)trial->point, "scenario",
                      plan_point_of(plan, i)->scenario.name, "model",
                      plan_entry_of(plan, i)->model.name, "block", (int)trial->block));
    }
    return order;
}

/* The path is recorded in a form that means the same on another machine. */
static json_t *describe_model(const struct model *model) {
    struct model recorded = *model;
    const char *path = paths_shorten(model->path);
    memmove(recorded.path, path, strlen(path) + 1);
    return model_to_json(&recorded);
}

static json_t *describe_points(const struct plan *plan) {
    json_t *points = json_array();
    for (size_t i = 0; i < plan->point_count; i++) {
        const struct plan_point *point = &plan->points[i];
        json_t *models = json_array();
        for (size_t j = 0; j < point->entry_count; j++) {
            json_array_append_new(models, describe_model(&point->entries[j].model));
        }
        json_t *object = json_pack(
            "{s:o, s:o, s:s}", "scenario", scenario_to_json(&point->scenario), "models",
            models, "order", plan_is_shuffled(plan, point) ? "random" : "listed");
        if (point->urls.text) {
            char urls[PLAN_URLS_NAME_BYTES];
            json_object_set_new(object, "urls", json_string(plan_urls_name(i, urls)));
        }
        json_array_append_new(points, object);
    }
    return points;
}

static json_t *describe_quota(const struct processors *processors) {
    return processors->quota_ns > 0
               ? json_pack("{s:I, s:I}", "quota_ns", (json_int_t)processors->quota_ns,
                           "period_ns", (json_int_t)processors->period_ns)
               : json_null();
}

void plan_to_json(const struct plan *plan, json_t *run) {
    json_object_set_new(run, "seed", json_integer((json_int_t)plan->seed));
    json_object_set_new(run, "cores", json_integer(plan->processors.cores));
    json_object_set_new(run, "processor_quota", describe_quota(&plan->processors));
    json_object_set_new(run, "points", describe_points(plan));
    json_object_set_new(run, "order", describe_order(plan));
}

static bool load_point(struct plan *plan, const json_t *object, struct error *error) {
    struct plan_point *point = &plan->points[plan->point_count++];
    json_t *models = json_object_get(object, "models");
    point->entries = calloc(json_array_size(models) + 1, sizeof *point->entries);
    if (!point->entries) {
        return error_failed(error, "out of memory");
    }
    if (!scenario_from_json(&point->scenario, json_object_get(object, "scenario"),
                            error)) {
        return false;
    }
    size_t i;
    json_t *item;
    json_array_foreach(models, i, item) {
        struct plan_entry *entry = &point->entries[point->entry_count++];
        if (!model_from_json(&entry->model, item, error) ||
            !predict(&point->scenario, &entry->model, &plan->processors, plan->seed,
                     &entry->prediction, error)) {
            return false;
        }
    }
    return true;
}

/* A run that was recorded before there was a quota has none. */
static struct processors read_processors(const json_t *run) {
    const json_t *quota = json_object_get(run, "processor_quota");
    struct processors processors = {
        .cores = (int32_t)json_integer_value(json_object_get(run, "cores")),
        .quota_ns = json_integer_value(json_object_get(quota, "quota_ns")),
        .period_ns = json_integer_value(json_object_get(quota, "period_ns")),
    };
    if (processors.quota_ns <= 0 || processors.period_ns <= 0) {
        processors.quota_ns = processors.period_ns = 0;
    }
    return processors;
}

bool plan_from_json(struct plan *plan, const json_t *run, struct error *error) {
    const json_t *points = json_object_get(run, "points");
    *plan = (struct plan){
        .seed = (uint64_t)json_integer_value(json_object_get(run, "seed")),
        .processors = read_processors(run),
        .points = calloc(json_array_size(points) + 1, sizeof *plan->points),
    };
    if (!plan->points) {
        return error_failed(error, "out of memory");
    }
    if (plan->processors.cores < 1) {
        return error_input(error, "no number of cores");
    }
    for (size_t i = 0; i < json_array_size(points); i++) {
        if (!load_point(plan, json_array_get(points, i), error)) {
            return error_prefix(error, "point %zu: ", i);
        }
    }
    return true;
}

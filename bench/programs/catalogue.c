/* The models that can be run, as they describe themselves. */
#include "bench/programs/catalogue.h"
#include "base/clock.h"
#include "base/descriptors.h"
#include "base/nearest.h"
#include "base/utf8.h"
#include "bench/programs/programs.h"

#include <ctype.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char prefix[] = "simul-model-";
static const char *const holds_names[] = {"one", "workers", "all", "cores"};

/* The descriptors that this program itself needs for a trial: pipes, watches, files, a
 * control group, and those that it was started with. They are checked here, before the
 * first program is started. */
enum { OWN_DESCRIPTORS = 28 };

/* More than any machine has; times a million conversations it still fits 64 bits. */
static const json_int_t most_need = 1000000000;

const char *model_holds_name(enum model_holds holds) {
    return holds_names[holds];
}

bool model_holds_read(const char *name, enum model_holds *holds) {
    for (int i = HOLDS_ONE; i <= HOLDS_CORES; i++) {
        if (!strcmp(holds_names[i], name)) {
            *holds = (enum model_holds)i;
            return true;
        }
    }
    return false;
}

void model_name_after_file(struct model *model, bool with_ending) {
    char copy[PATH_MAX];
    memcpy(copy, model->path, sizeof copy);
    const char *base = basename(copy);
    if (!strncmp(base, prefix, sizeof prefix - 1)) {
        base += sizeof prefix - 1;
    }
    size_t length = strcspn(base, with_ending || base[0] == '.' ? "" : ".");
    snprintf(model->name, sizeof model->name, "%.*s", (int)length, base);
    for (char *at = model->name; *at; at++) {
        *at = isalnum((unsigned char)*at) || strchr("._-", *at) ? *at : '-';
    }
}

static void copy_line(char to[static MODEL_TEXT_BYTES], const char *from) {
    snprintf(to, MODEL_TEXT_BYTES, "%.*s", MODEL_TEXT_BYTES - 1, from);
    utf8_mend(to);
}

/* Reads a number from 0 to most_need; anything else counts as 0, not said. */
static int64_t read_need(const json_t *needs, const char *key) {
    json_int_t number = json_integer_value(json_object_get(needs, key));
    return number > 0 && number <= most_need ? (int64_t)number : 0;
}

/* Copies the description into the model; false if it does not describe a model. */
static bool read_description(struct model *model, const json_t *object) {
    const char *summary = json_string_value(json_object_get(object, "summary"));
    const char *holds = json_string_value(json_object_get(object, "holds"));
    const char *send_holds = json_string_value(json_object_get(object, "send_holds"));
    const char *why = json_string_value(json_object_get(object, "why"));
    if (!holds || !model_holds_read(holds, &model->holds)) {
        return false;
    }
    copy_line(model->summary, summary ? summary : "");
    copy_line(model->why, why ? why : "");
    model->send_holds_loop = send_holds && !strcmp(send_holds, "loop");
    model->unlisted = json_is_false(json_object_get(object, "listed"));
    model->is_available = !json_is_false(json_object_get(object, "available"));
    model->never_waits = json_is_false(json_object_get(object, "waits"));
    const json_t *needs = json_object_get(object, "needs");
    model->needs = (struct model_needs){
        .descriptors = read_need(needs, "descriptors"),
        .descriptors_per_caller = read_need(needs, "descriptors_per_caller"),
        .threads_per_caller = read_need(needs, "threads_per_caller"),
        .bytes_per_caller = read_need(needs, "bytes_per_caller"),
    };
    return true;
}

/* Runs `path --describe`. Fails only if the path can't be executed. */
static bool describe(struct model *model, const char *path, struct error *error) {
    *model = (struct model){.is_available = true};
    if (snprintf(model->path, sizeof model->path, "%s", path) >=
        (int)sizeof model->path) {
        return error_input(error, "the path %.80s... is too long", path);
    }
    model_name_after_file(model, false);
    json_t *description;
    int64_t begun_ns = clock_now_ns();
    bool ok = program_describe(path, &description, error);
    model->start_ns = clock_now_ns() - begun_ns;
    model->is_described = description && read_description(model, description);
    json_decref(description);
    return ok;
}

/* A model that can't be executed is listed as not available; the others still run. */
static void describe_or_say_why(struct model *model, const char *path) {
    struct error error;
    if (!describe(model, path, &error)) {
        model->is_available = false;
        copy_line(model->why, error.message);
    }
}

bool catalogue_open(struct catalogue *catalogue, struct error *error) {
    *catalogue = (struct catalogue){.models = NULL};
    if (!descriptors_require(OWN_DESCRIPTORS, error)) {
        return false;
    }
    struct programs programs;
    bool ok = programs_open(&programs, prefix, "models", error);
    catalogue->models = calloc(programs.count + 1, sizeof *catalogue->models);
    ok = ok && (catalogue->models || error_failed(error, "out of memory"));
    for (size_t i = 0; ok && i < programs.count; i++) {
        char path[PATH_MAX];
        ok = programs_path(&programs, i, path, error);
        if (ok) {
            describe_or_say_why(&catalogue->models[catalogue->count++], path);
        }
    }
    programs_close(&programs);
    return ok;
}

void catalogue_close(struct catalogue *catalogue) {
    free(catalogue->models);
    *catalogue = (struct catalogue){.models = NULL};
}

static bool refuse_name(const struct catalogue *catalogue, const char *name,
                        struct error *error) {
    const char **names = calloc(catalogue->count + 1, sizeof *names);
    for (size_t i = 0; names && i < catalogue->count; i++) {
        names[i] = catalogue->models[i].name;
    }
    const char *nearest = names ? nearest_word(name, names) : NULL;
    if (nearest) {
        error_input(error, "there is no model '%.60s'; did you mean '%s'?", name,
                    nearest);
    } else {
        error_input(
            error,
            "there is no model '%.60s'; 'simul models' lists them; write ./NAME "
            "for an executable",
            name);
    }
    free(names);
    return false;
}

bool catalogue_find(const struct catalogue *catalogue, const char *name_or_path,
                    struct model *model, struct error *error) {
    if (strchr(name_or_path, '/')) {
        return describe(model, name_or_path, error);
    }
    for (size_t i = 0; i < catalogue->count; i++) {
        if (!strcmp(catalogue->models[i].name, name_or_path)) {
            *model = catalogue->models[i];
            return true;
        }
    }
    return refuse_name(catalogue, name_or_path, error);
}

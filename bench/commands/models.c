/* simul models: lists the models that can be run on this machine. */
#include "bench/programs/catalogue.h"
#include "bench/commands/command.h"
#include "bench/commands/print.h"
#include "bench/programs/interrupt.h"
#include "bench/programs/paths.h"
#include "bench/scenario/json.h"

#include <stdlib.h>
#include <string.h>

static bool print_table(const struct catalogue *catalogue, FILE *out,
                        struct error *error) {
    int width = 5;
    FILE *rows = print_begin_list(out, error);
    if (!rows) {
        return false;
    }
    for (size_t i = 0; i < catalogue->count; i++) {
        int length = (int)strlen(catalogue->models[i].name);
        width = length > width ? length : width;
    }
    fprintf(rows, "%-*s   %-13s   %s\n", width, "model", "at once", "how it waits");
    for (size_t i = 0; i < catalogue->count; i++) {
        const struct model *model = &catalogue->models[i];
        const char *holds =
            model->is_described ? model_holds_name(model->holds) : "unknown";
        fprintf(rows, "%-*s   %-13s   %s%s", width, model->name, holds, model->summary,
                model->unlisted ? " (by name only)" : "");
        if (!model->is_available) {
            fprintf(rows, " (not available: %s)", model->why);
        }
        putc('\n', rows);
    }
    return fclose(rows) == 0 || error_failed(error, "cannot write to stdout");
}

static void print_json(const struct catalogue *catalogue, FILE *out) {
    json_t *list = json_array();
    for (size_t i = 0; i < catalogue->count; i++) {
        const struct model *model = &catalogue->models[i];
        json_t *object = model_to_json(model);
        json_object_set_new(object, "available", json_boolean(model->is_available));
        json_object_set_new(object, "why", json_string(model->why));
        json_array_append_new(list, object);
    }
    json_dumpf(list, out, JSON_INDENT(2) | JSON_ENSURE_ASCII);
    putc('\n', out);
    json_decref(list);
}

static void print_help(FILE *out) {
    char path[PATH_MAX];
    struct error ignored;
    fputs("simul models: list the models that can be run here\n\n"
          "usage: simul models [OPTION...]\n\n"
          "A model is an executable simul-model-NAME beside simul, or any\n"
          "executable given by its path: simul run urls --models ./mine.py\n\n",
          out);
    if (paths_examples(path, &ignored)) {
        fprintf(out, "Models to copy: %s\n", path);
    }
    if (paths_docs(path, &ignored)) {
        fprintf(out,
                "How to write one, in C or in any language: %s/adding_a_model.md\n\n",
                path);
    }
    options_print(print_format_options, out);
}

static int run(int argc, char *argv[], FILE *out, struct error *error) {
    enum output_format format = FORMAT_TABLE;
    int operands = 0;
    bool help = false;
    if (!options_parse(print_format_options, &format, argc, argv, &operands, &help,
                       error)) {
        return EXIT_USAGE;
    }
    if (help) {
        print_help(out);
        return EXIT_DONE;
    }
    if (operands > 0) {
        error_input(error, "'%.60s' is no option; simul models takes options only",
                    argv[1]);
        return EXIT_USAGE;
    }
    struct catalogue catalogue = {.models = NULL};
    bool ok = interrupt_install(error) && catalogue_open(&catalogue, error);
    int code = command_exit_code(ok, error);
    interrupt_release();
    if (code == EXIT_DONE && format == FORMAT_JSON) {
        print_json(&catalogue, out);
    } else if (code == EXIT_DONE && !print_table(&catalogue, out, error)) {
        code = EXIT_FAILED;
    }
    catalogue_close(&catalogue);
    return code;
}

const struct command command_models = {
    .name = "models",
    .summary = "list the models that can be run here",
    .run = run,
};

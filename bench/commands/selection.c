/* Scenarios and options become a plan. */
#include "bench/commands/selection.h"
#include "bench/scenario_file.h"

#include <stdlib.h>
#include <string.h>

void selection_init(struct selection *selection) {
    *selection = (struct selection){.seed = 1, .output = "results"};
}

static const struct scenario_field *find_option(const char *option) {
    const struct scenario_field *field = scenario_fields;
    while (!field->option || strcmp(field->option, option) != 0) {
        field++; /* a row of ours is made from one of them */
    }
    return field;
}

static bool set_field(void *target, const struct option_row *row, const char *text,
                      struct error *error) {
    struct selection *selection = target;
    struct scenario trial;
    const struct scenario_field *field = find_option(row->name);
    scenario_init(&trial); /* a bad value is told before anything is loaded */
    selection->fields[field - scenario_fields] = text;
    return field->set(&trial, text, error);
}

static bool set_models(void *target, const struct option_row *row, const char *text,
                       struct error *error) {
    (void)row;
    if (text[strspn(text, ",")] == '\0') {
        return error_input(error, "name models with commas between, or 'all'");
    }
    ((struct selection *)target)->models = text;
    return true;
}

static bool set_seed(void *target, const struct option_row *row, const char *text,
                     struct error *error) {
    (void)row;
    long long number;
    if (!options_integer(text, 0, INT64_MAX, &number, error)) {
        return false;
    }
    ((struct selection *)target)->seed = (uint64_t)number;
    return true;
}

static bool set_format(void *target, const struct option_row *row, const char *text,
                       struct error *error) {
    (void)row;
    return print_read_format(text, &((struct selection *)target)->format, error);
}

static bool set_output(void *target, const struct option_row *row, const char *text,
                       struct error *error) {
    (void)row, (void)error;
    ((struct selection *)target)->output = text;
    return true;
}

void selection_options(struct option_row rows[static SELECTION_OPTIONS],
                       bool writes_run) {
    int count = 0;
    rows[count++] = (struct option_row){
        "models", "LIST", "names or paths with commas between, or 'all'", set_models};
    for (const struct scenario_field *field = scenario_fields; field->key; field++) {
        if (field->option) {
            rows[count++] = (struct option_row){field->option, field->argument,
                                                field->help, set_field};
        }
    }
    rows[count++] = (struct option_row){
        "seed", "N", "of the order of trials and of drawn latencies (1)", set_seed};
    rows[count++] = (struct option_row){"format", "FORMAT", "'table' or 'json' (table)",
                                        set_format};
    if (writes_run) {
        rows[count++] = (struct option_row){
            "output", "FOLDER", "where the run's directory is made (results)",
            set_output};
    }
    rows[count] = (struct option_row){NULL, NULL, NULL, NULL};
}

static bool apply_fields(const struct selection *selection, struct scenario *scenario,
                         struct error *error) {
    for (int i = 0; scenario_fields[i].key; i++) {
        const struct scenario_field *field = &scenario_fields[i];
        char before[SCENARIO_FIELD_BYTES];
        char after[SCENARIO_FIELD_BYTES];
        if (!selection->fields[i]) {
            continue;
        }
        field->format(scenario, before);
        if (!field->set(scenario, selection->fields[i], error)) {
            return error_prefix(error, "--%s: ", field->option);
        }
        field->format(scenario, after);
        if (field->changes_work && strcmp(before, after) != 0) {
            scenario_clear_claims(scenario);
        }
    }
    return scenario_check(scenario, error) ||
           error_prefix(error, "%s: ", scenario->name);
}

static bool apply_models(const char *list, struct scenario *scenario,
                         struct error *error) {
    char *copy = strdup(list);
    bool ok = copy != NULL;
    char *rest = NULL;
    scenario_clear_models(scenario);
    for (char *name = copy ? strtok_r(copy, ",", &rest) : NULL; ok && name;
         name = strtok_r(NULL, ",", &rest)) {
        ok = scenario_add_model(scenario, name);
    }
    free(copy);
    return ok || error_failed(error, "out of memory");
}

static bool add_scenario(const struct selection *selection, const char *name,
                         const struct catalogue *catalogue, struct plan *plan,
                         struct error *error) {
    struct scenario scenario;
    bool ok = scenario_load(&scenario, name, error) &&
              apply_fields(selection, &scenario, error) &&
              (!selection->models || apply_models(selection->models, &scenario, error));
    if (ok && scenario.model_count == 0) {
        ok = scenario_add_model(&scenario, "all") ||
             error_failed(error, "out of memory");
    }
    if (!ok) {
        scenario_close(&scenario);
        return false;
    }
    return plan_add(plan, &scenario, catalogue, error);
}

bool selection_make_plan(const struct selection *selection, int scenario_count,
                         char *scenarios[], struct plan *plan, struct error *error) {
    plan_init(plan, selection->seed);
    if (scenario_count == 0) {
        return error_input(error, "name a scenario, for example 'urls', or a .yaml "
                                  "file; 'simul scenarios' lists them");
    }
    struct catalogue catalogue;
    bool ok = catalogue_open(&catalogue, error);
    for (int i = 0; ok && i < scenario_count; i++) {
        ok = add_scenario(selection, scenarios[i], &catalogue, plan, error);
    }
    catalogue_close(&catalogue);
    return ok && plan_order(plan, error);
}

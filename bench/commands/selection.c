/* Makes a plan from scenarios and options. */
#include "bench/commands/selection.h"
#include "bench/plan/limits.h"
#include "bench/scenario/file.h"
#include "bench/scenario/urls.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

void selection_init(struct selection *selection) {
    *selection = (struct selection){.seed = 1, .output = "results"};
}

static const struct scenario_field *find_option(const char *option) {
    const struct scenario_field *field = scenario_fields;
    while (!field->option || strcmp(field->option, option) != 0) {
        field++; /* ends, because each option row was made from a field */
    }
    return field;
}

static bool set_field(void *target, const struct option_row *row, const char *text,
                      struct error *error) {
    struct selection *selection = target;
    struct scenario trial;
    const struct scenario_field *field = find_option(row->name);
    scenario_init(&trial); /* reports a bad value before any scenario is loaded */
    selection->fields[field - scenario_fields] = text;
    return field->set(&trial, text, error);
}

static bool set_models(void *target, const struct option_row *row, const char *text,
                       struct error *error) {
    (void)row;
    if (text[strspn(text, ",")] == '\0') {
        return error_input(error, "give models, separated by commas, or 'all'");
    }
    ((struct selection *)target)->models = text;
    return true;
}

static bool set_url_file(void *target, const struct option_row *row, const char *text,
                         struct error *error) {
    struct selection *selection = target;
    (void)row;
    if (selection->url_file) {
        return error_input(error, "--url-file takes one file; to run several, write a "
                                  "scenario file with 'url_file: FILE' for each");
    }
    selection->url_file = text;
    return *text || error_input(error, "the path is empty");
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

static bool set_no_plots(void *target, const struct option_row *row, const char *text,
                         struct error *error) {
    (void)row, (void)text, (void)error;
    ((struct selection *)target)->no_plots = true;
    return true;
}

/* True for the fields that change no prediction. `predict` takes them, so that options
 * of a run need not be left out, but its help does not offer them. */
static bool is_for_runs(const struct scenario_field *field) {
    static const char *const keys[] = {"connections", "blocks", "story"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        if (!strcmp(field->key, keys[i])) {
            return true;
        }
    }
    return false;
}

void selection_options(struct option_row rows[static SELECTION_OPTIONS],
                       bool writes_run) {
    int count = 0;
    rows[count++] = (struct option_row){
        "models", "LIST", "names or paths, separated by commas, or 'all'", set_models};
    rows[count++] = (struct option_row){
        "url-file", "FILE",
        writes_run ? "your own API instead of a scenario: one URL a line" : NULL,
        set_url_file};
    for (const struct scenario_field *field = scenario_fields; field->key; field++) {
        if (field->option) {
            const char *help = writes_run || !is_for_runs(field) ? field->help : NULL;
            rows[count++] =
                (struct option_row){field->option, field->argument, help, set_field};
        }
    }
    rows[count++] = (struct option_row){
        "seed", "N",
        writes_run ? "for the order of trials and for drawn latencies (1)"
                   : "for drawn latencies (1)",
        set_seed};
    rows[count++] = (struct option_row){"format", "FORMAT", "'table' or 'json' (table)",
                                        set_format};
    if (writes_run) {
        rows[count++] = (struct option_row){
            "output", "FOLDER", "the folder for the run's directory (results)",
            set_output};
        rows[count++] = (struct option_row){
            "no-plots", NULL, "draw no pictures; 'simul plot' draws them later",
            set_no_plots};
    }
    rows[count] = (struct option_row){NULL, NULL, NULL, NULL};
}

/* An option has changed the scenario's work: drops the claims, which are about the old
 * work, and lists the change in the title. */
static void note_change(struct scenario *scenario, const struct scenario_field *field,
                        const char *value, bool is_first) {
    scenario_clear_claims(scenario);
    if (scenario->url_file) {
        return; /* its title names the file only */
    }
    if (is_first) {
        snprintf(scenario->title, sizeof scenario->title,
                 "%s, changed:", scenario->name);
    }
    size_t used = strlen(scenario->title);
    snprintf(scenario->title + used, sizeof scenario->title - used, "%s %s %s",
             is_first ? "" : ",", field->key, value);
    utf8_mend(scenario->title); /* snprintf() may have cut it within a character */
}

static bool apply_fields(const struct selection *selection, struct scenario *scenario,
                         struct error *error) {
    bool is_changed = false;
    for (int i = 0; scenario_fields[i].key; i++) {
        const struct scenario_field *field = &scenario_fields[i];
        char before[SCENARIO_FIELD_BYTES];
        char after[SCENARIO_FIELD_BYTES];
        if (!selection->fields[i]) {
            continue;
        }
        field->format(scenario, before);
        if (!scenario_set(scenario, field, selection->fields[i], error)) {
            return error_prefix(error, "--%s: ", field->option);
        }
        field->format(scenario, after);
        if (field->changes_work && strcmp(before, after) != 0) {
            note_change(scenario, field, after, !is_changed);
            is_changed = true;
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

static bool has_name(const struct plan *plan, const char *name) {
    for (size_t i = 0; i < plan->point_count; i++) {
        if (!strcmp(plan->points[i].scenario.name, name)) {
            return true;
        }
    }
    return false;
}

/* If the plan has a scenario of that name already, the second is named "urls-2". */
static void tell_apart(const struct plan *plan, struct scenario *scenario) {
    char name[SCENARIO_NAME_BYTES];
    char ending[16];
    strcpy(name, scenario->name);
    for (int number = 2; has_name(plan, name); number++) {
        int bytes = snprintf(ending, sizeof ending, "-%d", number);
        snprintf(name, sizeof name, "%.*s%s", (int)sizeof name - 1 - bytes,
                 scenario->name, ending);
    }
    strcpy(scenario->name, name);
}

static bool load(const struct selection *selection, const char *name,
                 const struct plan *plan, struct scenario *scenario,
                 struct error *error) {
    bool ok = name ? scenario_load(scenario, name, error)
                   : scenario_of_urls(scenario, selection->url_file, error);
    if (ok) {
        tell_apart(plan, scenario);
    }
    return ok;
}

/* `name` is NULL for the scenario of --url-file. */
static bool add_scenario(const struct selection *selection, const char *name,
                         const struct catalogue *catalogue, struct plan *plan,
                         struct error *error) {
    struct scenario scenario;
    struct url_file urls = {.text = NULL};
    bool ok = load(selection, name, plan, &scenario, error) &&
              apply_fields(selection, &scenario, error) &&
              (!scenario.url_file || scenario_read_urls(&scenario, &urls, error)) &&
              (!selection->models || apply_models(selection->models, &scenario, error));
    if (ok && scenario.model_count == 0) {
        ok = scenario_add_model(&scenario, "all") ||
             error_failed(error, "out of memory");
    }
    if (!ok) {
        scenario_close(&scenario);
        url_file_close(&urls);
        return false;
    }
    size_t index = plan->point_count;
    ok = plan_add(plan, &scenario, catalogue, error);
    if (plan->point_count > index) {
        plan->points[index].urls = urls;
    } else {
        url_file_close(&urls);
    }
    return ok;
}

/* If a scenario names `all`, prints the models that `all` leaves out on this
 * machine. */
static void tell_left_out(const struct plan *plan, const struct catalogue *catalogue) {
    bool says_all = false;
    for (size_t i = 0; i < plan->point_count; i++) {
        const struct scenario *scenario = &plan->points[i].scenario;
        for (size_t j = 0; j < scenario->model_count; j++) {
            says_all = says_all || !strcmp(scenario->models[j], "all");
        }
    }
    for (size_t i = 0; says_all && i < catalogue->count; i++) {
        const struct model *model = &catalogue->models[i];
        if (!model->unlisted && !model->is_available) {
            fprintf(stderr, "'all' leaves out %s: %s\n", model->name, model->why);
        }
    }
}

bool selection_make_plan(const struct selection *selection, int scenario_count,
                         char *scenarios[], struct plan *plan, struct error *error) {
    plan_init(plan, selection->seed);
    plan->sequence = selection->sequence;
    if (scenario_count == 0 && !selection->url_file) {
        return error_input(error, "name a scenario, for example 'urls', or a .yaml "
                                  "file; 'simul scenarios' lists the shipped ones");
    }
    if (scenario_count > 0 && selection->url_file) {
        return error_input(error,
                           "--url-file makes a scenario of its own; leave '%.60s' out, "
                           "or write 'url_file: FILE' in a scenario file",
                           scenarios[0]);
    }
    struct catalogue catalogue = {.models = NULL};
    limits_raise(); /* before the first program is started, which inherits them */
    bool ok = catalogue_open(&catalogue, error) &&
              (!selection->url_file ||
               add_scenario(selection, NULL, &catalogue, plan, error));
    for (int i = 0; ok && i < scenario_count; i++) {
        ok = add_scenario(selection, scenarios[i], &catalogue, plan, error);
    }
    if (ok) {
        tell_left_out(plan, &catalogue);
    }
    catalogue_close(&catalogue);
    return ok && plan_order(plan, error);
}

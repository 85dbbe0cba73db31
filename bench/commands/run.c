/* simul run: scenario -> plan -> trials -> run directory -> summary -> table. */
#include "bench/commands/announce.h"
#include "bench/commands/command.h"
#include "bench/commands/print.h"
#include "bench/commands/selection.h"
#include "base/clock.h"
#include "bench/interrupt.h"
#include "bench/preflight.h"
#include "bench/results.h"
#include "bench/summary.h"

#include <string.h>

static void print_help(const struct option_row rows[], FILE *out) {
    fputs(
        "simul run: predict, run and measure scenarios\n\n"
        "usage: simul run SCENARIO... [OPTION...]\n"
        "       simul run --url-file FILE [OPTION...]\n\n"
        "A SCENARIO is a shipped name ('simul scenarios') or a .yaml file. Options "
        "set\n"
        "a field for all of them; a field that is not set is as the scenario says.\n\n",
        out);
    options_print(rows, out);
    fputs("\nA duration is 5s, 1.5h, 12h30min or 250us; a LATENCY is a duration or\n"
          "{uniform: {min: 4s, max: 6s}}, {exponential: {mean: 5s}},\n"
          "{lognormal: {median: 55s, p99: 80s}}. Durations are the scenario's own "
          "time.\n",
          out);
}

/* One name for a run of several scenarios. */
static void name_run(const struct plan *plan, char name[static NAME_MAX]) {
    size_t used = 0;
    name[0] = '\0';
    for (size_t i = 0; i < plan->scenario_count && used < 80; i++) {
        used += (size_t)snprintf(name + used, NAME_MAX - used, "%s%s", i ? "+" : "",
                                 plan->scenarios[i].scenario.name);
    }
}

static void tell_progress(const struct plan *plan, size_t index,
                          const struct trial *trial) {
    const struct plan_trial *planned = &plan->trials[index];
    const struct plan_scenario *point = &plan->scenarios[planned->scenario];
    const struct plan_entry *entry = &point->entries[planned->entry];
    double factor = point->scenario.speed / (double)NS_PER_S;
    fprintf(stderr, "[%zu/%zu] %s, block %d, %s: ", index + 1, plan->trial_count,
            point->scenario.name, planned->block, entry->model.name);
    if (trial->validity.count > 0) {
        fprintf(stderr, "invalid: %s\n", trial->validity.reasons[0]);
        return;
    }
    fprintf(stderr, "%.1f s", (double)trial->figures.makespan_ns * factor);
    if (entry->prediction.is_known) {
        fprintf(stderr, " (predicted %.1f s)",
                (double)entry->prediction.simulated.makespan_ns / (double)NS_PER_S);
    }
    char failures[FIGURES_FAILURES_BYTES];
    if (figures_name_failures(&trial->figures, failures)) {
        fprintf(stderr, ", %s", failures);
    }
    putc('\n', stderr);
}

/* Runs the trials until the last, a signal, or a fault that ends the run. */
static bool run_trials(const struct plan *plan, struct results *results,
                       struct error *error) {
    for (size_t i = 0; i < plan->trial_count; i++) {
        const struct plan_trial *planned = &plan->trials[i];
        const struct plan_scenario *point = &plan->scenarios[planned->scenario];
        char urls_path[PATH_MAX];
        struct trial_setup setup = {
            .scenario = &point->scenario,
            .entry = &point->entries[planned->entry],
            .number = (int)i + 1,
            .block = planned->block,
            .seed = plan->seed,
            .cores = plan->cores,
            .folder = results->events_path,
            .urls_path = point->urls.text ? urls_path : NULL,
        };
        struct trial trial;
        if (!results_urls_path(results, planned->scenario, urls_path, error) ||
            !trial_run(&setup, &trial, error)) {
            return false;
        }
        if (trial.interrupted) {
            return true;
        }
        if (!results_append(results, plan, i, &trial, error)) {
            trial_discard(&setup, &trial);
            return false;
        }
        tell_progress(plan, i, &trial);
        if (interrupt_is_pending()) {
            return true;
        }
    }
    return true;
}

/* What is derived comes from the directory, as it would later. What can't be written
 * there is printed all the same. */
static bool summarize(const struct results *results, enum output_format format,
                      bool *all_valid, FILE *out, struct error *error) {
    struct plan plan;
    json_t *trials = NULL;
    bool ok = results_load(results->path, &plan, &trials, error);
    json_t *summary = ok ? summary_make(&plan, trials) : NULL;
    bool written = ok && results_write_json(results, "summary.json", summary, error);
    interrupt_release(); /* all is kept, and whoever reads the table may be slow */
    struct error unprinted;
    size_t i;
    json_t *trial;
    *all_valid = true;
    json_array_foreach(trials, i, trial) {
        *all_valid = *all_valid && json_is_true(json_object_get(trial, "valid"));
    }
    bool printed =
        ok && print_summary(summary, format, out, written ? error : &unprinted);
    json_decref(trials);
    plan_close(&plan);
    return written && printed;
}

static int run_plan(const struct plan *plan, const struct selection *selection,
                    int argc, char *const argv[], FILE *out, struct error *error) {
    char name[NAME_MAX];
    struct results results = {.trials_fd = -1};
    struct error later = {.kind = ERROR_NONE};
    bool all_valid = true;
    name_run(plan, name);
    if (!announce_load(plan, error) ||
        !results_create(&results, selection->output, name, error)) {
        return EXIT_FAILED;
    }
    if (!results_write_urls(&results, plan, error) ||
        !results_write_run(&results, plan, argc, argv, error)) {
        results_discard(&results);
        return EXIT_FAILED;
    }
    bool ok = run_trials(plan, &results, error);
    interrupt_acknowledge();
    if (!results_exist(&results)) {
        error_failed(error,
                     "the run ends: its directory %s was removed or moved meanwhile",
                     results.path);
        results_close(&results);
        return EXIT_FAILED;
    }
    /* Whatever ended the run, what is finished is summed up. */
    bool summed = summarize(&results, selection->format, &all_valid, out, &later);
    fprintf(stderr, "results: %s\n", results.path);
    if (ok && !summed) {
        *error = later;
        ok = false;
    }
    results_close(&results);
    if (ok && interrupt_signal()) {
        return EXIT_SIGNALLED + interrupt_signal();
    }
    return ok && all_valid ? EXIT_DONE : EXIT_FAILED;
}

static int run(int argc, char *argv[], FILE *out, struct error *error) {
    struct selection selection;
    struct option_row rows[SELECTION_OPTIONS];
    struct plan plan = {.scenarios = NULL};
    int scenario_count = 0;
    bool help = false;
    /* options_parse() moves words about; run.json keeps the line as it was typed. */
    char *typed[256];
    int typed_count = argc < 256 ? argc : 256;
    memcpy(typed, argv, (size_t)typed_count * sizeof *typed);
    selection_init(&selection);
    selection_options(rows, true);
    int code = EXIT_FAILED;
    if (options_parse(rows, &selection, argc, argv, &scenario_count, &help, error)) {
        if (help) {
            print_help(rows, out);
            return EXIT_DONE;
        }
        clock_set_timer_slack();
        bool ok =
            interrupt_install(error) &&
            selection_make_plan(&selection, scenario_count, argv + 1, &plan, error);
        struct limits limits = limits_read(selection.output);
        ok = ok && preflight(&plan, &limits, error);
        code = command_exit_code(ok, error);
        if (code == EXIT_DONE) { /* else nothing is begun */
            code = run_plan(&plan, &selection, typed_count, typed, out, error);
        }
    }
    plan_close(&plan);
    return code;
}

const struct command command_run = {
    .name = "run",
    .summary = "predict, run and measure scenarios; print a table",
    .run = run,
};

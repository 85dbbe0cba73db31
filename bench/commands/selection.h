/* The selection that `run` and `predict` have in common: scenarios, an option for every
 * field of a scenario, models, a seed, a format. */
#ifndef SIMUL_BENCH_COMMANDS_SELECTION_H
#define SIMUL_BENCH_COMMANDS_SELECTION_H

#include "base/options.h"
#include "bench/commands/print.h"
#include "bench/plan/plan.h"

#define SELECTION_OPTIONS 32

/* The values of the options; texts are borrowed from argv. */
struct selection {
    /* by index in scenario_fields; NULL: the scenario's own value stays */
    const char *fields[SELECTION_OPTIONS];
    const char *models;   /* NULL: those that the scenario names */
    const char *url_file; /* NULL: the scenarios are named */
    uint64_t seed;
    enum plan_sequence sequence;
    enum output_format format;
    const char *output; /* the parent of the run directory */
    bool no_plots;      /* draw no pictures */
};

void selection_init(struct selection *selection);

/* Fills the option table: --models, --url-file, an option for every field that has one,
 * --seed, --format, and if the command writes a run, --output and --no-plots. If it
 * writes none, the help leaves out the options that change no prediction. */
void selection_options(struct option_row rows[static SELECTION_OPTIONS],
                       bool writes_run);

/* Loads the scenarios, or makes one from the URL file, applies the options, finds the
 * models, predicts them and orders the trials. If an option changes a scenario's work,
 * the scenario's claims are dropped. Fails (input). Call plan_close() in any case. */
bool selection_make_plan(const struct selection *selection, int scenario_count,
                         char *scenarios[], struct plan *plan, struct error *error);

#endif

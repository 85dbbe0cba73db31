/* What `run` and `predict` have in common: scenarios, an option for every field of
 * them, models, a seed, a format. */
#ifndef SIMUL_BENCH_COMMANDS_SELECTION_H
#define SIMUL_BENCH_COMMANDS_SELECTION_H

#include "base/options.h"
#include "bench/commands/print.h"
#include "bench/plan/plan.h"

#define SELECTION_OPTIONS 32

/* As the options say; texts are borrowed from argv. */
struct selection {
    const char
        *fields[SELECTION_OPTIONS]; /* by place in scenario_fields; NULL: as it is */
    const char *models;
    const char *url_file; /* NULL: the scenarios are named */
    uint64_t seed;
    enum output_format format;
    const char *output; /* the parent of the run directory */
    bool no_plots;      /* its pictures are not wanted */
};

void selection_init(struct selection *selection);

/* Fills the option table: an option for every field that has an argument, --models,
 * --url-file, --seed, --format, and --output and --no-plots where the command writes a
 * run. */
void selection_options(struct option_row rows[static SELECTION_OPTIONS],
                       bool writes_run);

/* Loads the scenarios, or makes the one of the URL file, applies the options, finds and
 * predicts the models, orders the trials. Claims are dropped where an option changes
 * what they are about. Fails (input). plan_close() in any case. */
bool selection_make_plan(const struct selection *selection, int scenario_count,
                         char *scenarios[], struct plan *plan, struct error *error);

#endif

/* What `run` and `predict` have in common: scenarios, an option for every field of
 * them, models, a seed, a format. */
#ifndef SIMUL_BENCH_COMMANDS_SELECTION_H
#define SIMUL_BENCH_COMMANDS_SELECTION_H

#include "base/options.h"
#include "bench/plan.h"

#define SELECTION_OPTIONS 32

enum output_format { FORMAT_TABLE, FORMAT_JSON };

/* As the options say; texts are borrowed from argv. */
struct selection {
    const char
        *fields[SELECTION_OPTIONS]; /* by place in scenario_fields; NULL: as it is */
    const char *models;
    uint64_t seed;
    enum output_format format;
    const char *output; /* the parent of the run directory */
};

void selection_init(struct selection *selection);

/* Fills the option table: an option for every field that has an argument, --models,
 * --seed,
 * --format, and --output where the command writes a run. */
void selection_options(struct option_row rows[static SELECTION_OPTIONS],
                       bool writes_run);

/* Reads "table" or "json" into an enum output_format. An option's setter. */
bool selection_read_format(const char *text, enum output_format *format,
                           struct error *error);

/* Loads the scenarios, applies the options, finds and predicts the models, orders the
 * trials. Claims are dropped where an option changes what they are about. Fails
 * (input). plan_close() in any case. */
bool selection_make_plan(const struct selection *selection, int scenario_count,
                         char *scenarios[], struct plan *plan, struct error *error);

#endif

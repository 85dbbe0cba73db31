/* simul summary: the table of a run that was made before, from its directory. */
#include "bench/summary.h"
#include "bench/commands/command.h"
#include "bench/commands/print.h"
#include "bench/commands/selection.h"
#include "bench/results.h"

static bool set_format(void *target, const struct option_row *row, const char *text,
                       struct error *error) {
    (void)row;
    return selection_read_format(text, target, error);
}

static const struct option_row rows[] = {
    {"format", "FORMAT", "'table' or 'json' (table)", set_format},
    {NULL, NULL, NULL, NULL},
};

static int run(int argc, char *argv[], FILE *out, struct error *error) {
    enum output_format format = FORMAT_TABLE;
    int operands = 0;
    bool help = false;
    if (!options_parse(rows, &format, argc, argv, &operands, &help, error)) {
        return EXIT_USAGE;
    }
    if (help) {
        fputs(
            "simul summary: the table of a run that was made before\n\n"
            "usage: simul summary [RUN] [OPTION...]\n\n"
            "RUN is a run's directory (results/latest). All is derived anew from its\n"
            "run.json and trials.jsonl.\n\n",
            out);
        options_print(rows, out);
        return EXIT_DONE;
    }
    if (operands > 1) {
        error_input(error, "one run at a time; '%.60s' is a second", argv[2]);
        return EXIT_USAGE;
    }
    struct plan plan;
    json_t *trials = NULL;
    bool ok =
        results_load(operands ? argv[1] : "results/latest", &plan, &trials, error) &&
        print_summary(summary_make(&plan, trials), format, out, error);
    json_decref(trials);
    plan_close(&plan);
    return ok ? EXIT_DONE : EXIT_FAILED;
}

const struct command command_summary = {
    .name = "summary",
    .summary = "the table of a run that was made before",
    .run = run,
};

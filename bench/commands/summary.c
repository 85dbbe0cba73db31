/* simul summary: prints the table of an earlier run from the run's directory. */
#include "bench/summary/summary.h"
#include "bench/commands/command.h"
#include "bench/commands/print.h"
#include "bench/results/results.h"

static int run(int argc, char *argv[], FILE *out, struct error *error) {
    enum output_format format = FORMAT_TABLE;
    int operands = 0;
    bool help = false;
    if (!options_parse(print_format_options, &format, argc, argv, &operands, &help,
                       error)) {
        return EXIT_USAGE;
    }
    if (help) {
        fputs("simul summary: print the table of an earlier run\n\n"
              "usage: simul summary [RUN] [OPTION...]\n\n"
              "RUN is a run's directory (default: results/latest). Every figure is\n"
              "computed anew from its run.json and trials.jsonl.\n\n",
              out);
        options_print(print_format_options, out);
        return EXIT_DONE;
    }
    if (operands > 1) {
        error_input(error, "simul summary takes one run; leave '%.60s' out", argv[2]);
        return EXIT_USAGE;
    }
    struct plan plan;
    struct past_trials trials;
    struct summary summary = {.points = NULL};
    bool ok =
        results_load(operands ? argv[1] : "results/latest", &plan, &trials, error) &&
        summary_make(&summary, &plan, &trials, error) &&
        print_summary(&summary, format, out, error);
    summary_close(&summary);
    past_trials_close(&trials);
    plan_close(&plan);
    return ok ? EXIT_DONE : EXIT_FAILED;
}

const struct command command_summary = {
    .name = "summary",
    .summary = "print the table of an earlier run",
    .run = run,
};

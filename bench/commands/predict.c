/* simul predict: predicts times by formula and by simulation, without a network. */
#include "bench/commands/command.h"
#include "bench/commands/print.h"
#include "bench/commands/selection.h"
#include "bench/programs/interrupt.h"
#include "bench/summary/summary.h"

static void print_help(const struct option_row rows[], FILE *out) {
    fputs("simul predict: predict times by formula and by simulation, without a "
          "network\n\n"
          "usage: simul predict SCENARIO... [OPTION...]\n\n",
          out);
    options_print(rows, out);
}

/* The latencies of the user's own API are unknown, so nothing can be predicted. */
static bool refuse_own_api(const struct plan *plan, struct error *error) {
    for (size_t i = 0; i < plan->point_count; i++) {
        const struct scenario *scenario = &plan->points[i].scenario;
        if (scenario->url_file) {
            return error_input(error,
                               "nothing can be predicted for %.280s: the latencies of "
                               "your own API are not known; measure with 'simul run'",
                               scenario->url_file);
        }
    }
    return true;
}

static int run(int argc, char *argv[], FILE *out, struct error *error) {
    struct selection selection;
    struct option_row rows[SELECTION_OPTIONS];
    struct plan plan = {.points = NULL};
    int scenario_count = 0;
    bool help = false;
    selection_init(&selection);
    selection_options(rows, false);
    bool ok =
        options_parse(rows, &selection, argc, argv, &scenario_count, &help, error);
    if (ok && help) {
        print_help(rows, out);
        return EXIT_DONE;
    }
    ok = ok && interrupt_install(error) &&
         selection_make_plan(&selection, scenario_count, argv + 1, &plan, error) &&
         refuse_own_api(&plan, error);
    int code = command_exit_code(ok, error);
    interrupt_release();
    struct summary summary = {.points = NULL};
    if (code == EXIT_DONE && (!summary_make(&summary, &plan, NULL, error) ||
                              !print_summary(&summary, selection.format, out, error))) {
        code = EXIT_FAILED;
    }
    summary_close(&summary);
    plan_close(&plan);
    return code;
}

const struct command command_predict = {
    .name = "predict",
    .summary = "predict times by formula and by simulation, without a network",
    .run = run,
};

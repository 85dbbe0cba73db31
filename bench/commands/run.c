/* simul run: scenario -> plan -> trials -> run directory -> summary -> table. */
#include "bench/commands/announce.h"
#include "bench/commands/command.h"
#include "bench/commands/print.h"
#include "bench/commands/selection.h"
#include "bench/commands/trials.h"
#include "base/clock.h"
#include "base/duration.h"
#include "bench/programs/interrupt.h"
#include "bench/live/live.h"
#include "bench/pictures/album.h"
#include "bench/pictures/gnuplot.h"
#include "bench/plan/preflight.h"
#include "bench/results/results.h"
#include "bench/summary/summary.h"

#include <string.h>

static void print_help(const struct option_row rows[], FILE *out) {
    fputs(
        "simul run: predict, run and measure scenarios\n\n"
        "usage: simul run SCENARIO... [OPTION...]\n"
        "       simul run --url-file FILE [OPTION...]\n\n"
        "A SCENARIO is the name of a shipped one ('simul scenarios' lists them) or a\n"
        ".yaml file. An option sets a field of all of them; the other fields stay as\n"
        "the scenario has them.\n\n",
        out);
    options_print(rows, out);
    fputs(
        "\nA duration is 5s, 1.5h, 12h30min or 250us; a LATENCY is a duration or\n"
        "{uniform: {min: 4s, max: 6s}}, {exponential: {mean: 5s}},\n"
        "{lognormal: {median: 55s, p99: 80s}}. Durations are in the scenario's own "
        "time,\n"
        "except that of --max-time: if the predictions are longer, the run is refused; "
        "if\nthe trials take longer, it ends, and the finished ones are shown.\n",
        out);
}

/* The values of all options. The option rows of selection.h set fields of a struct
 * selection through a pointer to this, so `selection` has to be the first field. */
struct wishes {
    struct selection selection;
    struct live_options live;
    int64_t max_time_ns; /* 0: none */
};

static bool set_quiet(void *target, const struct option_row *row, const char *text,
                      struct error *error) {
    (void)row, (void)text, (void)error;
    ((struct wishes *)target)->live.quiet = true;
    return true;
}

static bool set_colour(void *target, const struct option_row *row, const char *text,
                       struct error *error) {
    static const char *const words[] = {"auto", "always", "never"};
    (void)row;
    for (int i = 0; i < 3; i++) {
        if (!strcmp(words[i], text)) {
            ((struct wishes *)target)->live.colour = (enum terminal_wish)i;
            return true;
        }
    }
    return error_input(error, "'%.40s' is none of auto, always, never", text);
}

static bool set_order(void *target, const struct option_row *row, const char *text,
                      struct error *error) {
    struct selection *selection = &((struct wishes *)target)->selection;
    (void)row;
    if (!strcmp(text, "listed")) {
        selection->sequence = PLAN_LISTED;
    } else if (!strcmp(text, "random")) {
        selection->sequence = PLAN_RANDOM;
    } else {
        return error_input(error, "'%.40s' is neither listed nor random", text);
    }
    return true;
}

static bool set_max_time(void *target, const struct option_row *row, const char *text,
                         struct error *error) {
    int64_t *max_time_ns = &((struct wishes *)target)->max_time_ns;
    (void)row;
    return duration_parse(text, max_time_ns, error) &&
           (*max_time_ns > 0 || error_input(error, "'%.40s' is no time to run", text));
}

static void add_run_options(struct option_row rows[static SELECTION_OPTIONS]) {
    while (rows->name) {
        rows++;
    }
    rows[0] = (struct option_row){"order", "ORDER",
                                  "'listed' or 'random' (random if --blocks is over 1)",
                                  set_order};
    rows[1] =
        (struct option_row){"max-time", "DURATION",
                            "real time that the trials may take in all", set_max_time};
    rows[2] = (struct option_row){"color", "WHEN",
                                  "colour the lanes: 'auto', 'always', 'never' (auto)",
                                  set_colour};
    rows[3] =
        (struct option_row){"quiet", NULL, "print only results and errors", set_quiet};
    rows[4] = (struct option_row){NULL, NULL, NULL, NULL};
}

/* Joins the names of the scenarios: "urls+chess". */
static void name_run(const struct plan *plan, char name[static NAME_MAX]) {
    size_t used = 0;
    name[0] = '\0';
    for (size_t i = 0; i < plan->point_count && used < 80; i++) {
        used += (size_t)snprintf(name + used, NAME_MAX - used, "%s%s", i ? "+" : "",
                                 plan->points[i].scenario.name);
    }
}

/* An error with the pictures is only a warning, because `simul plot` can make them
 * later. */
static void draw_pictures(const char *run, const struct plan *plan,
                          const struct past_trials *trials, struct live *live) {
    struct error why = {.kind = ERROR_NONE};
    struct album_order order = {.run = run, .formats = FORMAT_ALL};
    if (trials->count == 0 || interrupt_signal()) {
        return; /* nothing was measured, or the user wants to stop */
    }
    if (album_make(&order, plan, trials, &why)) {
        live_say(live, "pictures: %s/plots, as SVG, PNG and PDF", run);
    } else if (why.kind != ERROR_NONE) {
        live_warn(live, "%s; then draw the pictures: simul plot %s", why.message, run);
    }
}

/* Reads the run back from its directory, as `simul summary` does later, and derives the
 * summary and the pictures. A summary that can't be written there is still printed. */
static bool summarize(const struct results *results, const struct selection *selection,
                      struct live *live, bool *all_valid, FILE *out,
                      struct error *error) {
    struct plan plan;
    struct past_trials trials;
    struct summary summary = {.points = NULL};
    bool ok = results_load(results->path, &plan, &trials, error) &&
              summary_make(&summary, &plan, &trials, error);
    bool written = ok && results_write_summary(results, &summary, error);
    interrupt_release(); /* all is saved, and stdout may block (a pipe to a pager) */
    struct error unprinted;
    *all_valid = past_trials_are_valid(&trials);
    bool printed = ok && print_summary(&summary, selection->format, out,
                                       written ? error : &unprinted);
    interrupt_hold(); /* an unfinished picture leaves files that have to be removed */
    if (written && printed && !selection->no_plots) {
        draw_pictures(results->path, &plan, &trials, live);
    }
    summary_close(&summary);
    past_trials_close(&trials);
    plan_close(&plan);
    return written && printed;
}

/* Prints how long the run will take, if that is long enough to be read. */
static void say_time(struct live *live, const struct estimate *estimate) {
    char time[ANNOUNCE_TIME_BYTES];
    if (announce_write_time(estimate, time)) {
        live_say(live, "the run takes %s", time);
    }
}

/* Runs the trials and derives the rest from them. The finished trials are summed up even
 * if an error or a signal ended the run. */
static int carry_out(const struct trials *trials, const struct selection *selection,
                     FILE *out, struct error *error) {
    struct error later = {.kind = ERROR_NONE};
    bool all_valid = true;
    say_time(trials->live, trials->estimate);
    bool ok = trials_run(trials, error);
    interrupt_acknowledge();
    if (!results_exist(trials->results)) {
        error_failed(error,
                     "the run ends: its directory %s was removed or moved meanwhile",
                     trials->results->path);
        return EXIT_FAILED;
    }
    bool summed =
        summarize(trials->results, selection, trials->live, &all_valid, out, &later);
    live_say(trials->live, "results: %s", trials->results->path);
    if (ok && !summed) {
        *error = later;
        ok = false;
    }
    if (ok && interrupt_signal()) {
        return EXIT_SIGNALLED + interrupt_signal();
    }
    return ok && all_valid ? EXIT_DONE : EXIT_FAILED;
}

static int run_plan(const struct plan *plan, struct estimate *estimate,
                    const struct wishes *wishes, int argc, char *const argv[],
                    FILE *out, struct error *error) {
    const struct selection *selection = &wishes->selection;
    char name[NAME_MAX];
    struct live live;
    struct results results = {.trials_fd = -1};
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
    live_open(&live, &wishes->live, plan, estimate);
    struct trials trials = {plan, &results, &live, estimate, wishes->max_time_ns};
    int code = carry_out(&trials, selection, out, error);
    live_close(&live);
    results_close(&results);
    return code;
}

static int run(int argc, char *argv[], FILE *out, struct error *error) {
    struct wishes wishes = {.live = {.quiet = false}};
    struct option_row rows[SELECTION_OPTIONS];
    struct plan plan = {.points = NULL};
    struct estimate estimate = {.plan = NULL};
    int scenario_count = 0;
    bool help = false;
    /* options_parse() reorders argv; run.json records the command line as it was
     * typed. */
    char *typed[256];
    int typed_count = argc < 256 ? argc : 256;
    memcpy(typed, argv, (size_t)typed_count * sizeof *typed);
    selection_init(&wishes.selection);
    selection_options(rows, true);
    add_run_options(rows);
    int code = EXIT_FAILED;
    if (options_parse(rows, &wishes, argc, argv, &scenario_count, &help, error)) {
        if (help) {
            print_help(rows, out);
            return EXIT_DONE;
        }
        clock_set_timer_slack();
        bool ok = interrupt_install(error) &&
                  selection_make_plan(&wishes.selection, scenario_count, argv + 1,
                                      &plan, error);
        struct limits limits = limits_read(wishes.selection.output);
        ok = ok && preflight(&plan, &limits, error) &&
             estimate_open(&estimate, &plan, error) &&
             announce_check_time(&estimate, wishes.max_time_ns, error);
        code = command_exit_code(ok, error);
        if (code == EXIT_DONE) {
            code = run_plan(&plan, &estimate, &wishes, typed_count, typed, out, error);
        }
    }
    estimate_close(&estimate);
    plan_close(&plan);
    return code;
}

const struct command command_run = {
    .name = "run",
    .summary = "predict, run and measure scenarios; print a table",
    .run = run,
};

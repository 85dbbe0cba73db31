/* simul plot: draws the pictures of a run from the run's directory. */
#include "base/options.h"
#include "bench/commands/command.h"
#include "bench/programs/interrupt.h"
#include "bench/pictures/album.h"
#include "bench/pictures/gnuplot.h"
#include "bench/results/results.h"

#include <stdlib.h>
#include <string.h>

struct choice {
    unsigned formats;
    const struct picture *picture;
};

static bool add_format(const char *name, unsigned *formats, struct error *error) {
    for (int i = 0; i < GNUPLOT_FORMATS; i++) {
        if (!strcmp(name, gnuplot_format_names[i])) {
            *formats |= 1u << i;
            return true;
        }
    }
    return error_input(error, "'%.40s' is none of svg, png, pdf, thumb.png", name);
}

static bool set_formats(void *target, const struct option_row *row, const char *text,
                        struct error *error) {
    (void)row;
    struct choice *choice = target;
    char *copy = strdup(text);
    char *rest = copy;
    bool ok = copy || error_failed(error, "out of memory");
    choice->formats = 0;
    for (char *name; ok && (name = strsep(&rest, ","));) {
        ok = add_format(name, &choice->formats, error);
    }
    free(copy);
    return ok;
}

static bool set_picture(void *target, const struct option_row *row, const char *text,
                        struct error *error) {
    (void)row;
    ((struct choice *)target)->picture = picture_find(text, error);
    return ((struct choice *)target)->picture != NULL;
}

static const struct option_row rows[] = {
    {"format", "LIST",
     "svg, png, pdf, thumb.png, separated by commas (the first three)", set_formats},
    {"picture", "NAME", "draw only this one (all that apply)", set_picture},
    {NULL, NULL, NULL, NULL},
};

static void print_help(FILE *out) {
    fputs("simul plot: draw the pictures of a run\n\n"
          "usage: simul plot [RUN] [OPTION...]\n\n"
          "RUN is a run's directory (default: results/latest). The pictures are\n"
          "written to RUN/plots, and the tables that gnuplot reads to "
          "RUN/plots/data:\n\n",
          out);
    for (const struct picture *const *at = pictures; *at; at++) {
        fprintf(out, "  %-12s %s%s%s\n", (*at)->name, (*at)->summary,
                (*at)->when ? "; of " : "", (*at)->when ? (*at)->when : "");
    }
    putc('\n', out);
    options_print(rows, out);
}

static int run(int argc, char *argv[], FILE *out, struct error *error) {
    struct choice choice = {.formats = FORMAT_ALL};
    int operands = 0;
    bool help = false;
    if (!options_parse(rows, &choice, argc, argv, &operands, &help, error)) {
        return EXIT_USAGE;
    }
    if (help) {
        print_help(out);
        return EXIT_DONE;
    }
    if (operands > 1) {
        error_input(error, "simul plot takes one run; leave '%.60s' out", argv[2]);
        return EXIT_USAGE;
    }
    struct plan plan = {.points = NULL};
    struct past_trials trials = {.list = NULL};
    struct album_order order = {
        .run = operands ? argv[1] : "results/latest",
        .only = choice.picture,
        .formats = choice.formats,
        .out = out,
    };
    bool ok = interrupt_install(error) &&
              results_load(order.run, &plan, &trials, error) &&
              album_make(&order, &plan, &trials, error);
    past_trials_close(&trials);
    plan_close(&plan);
    return command_exit_code(ok, error);
}

const struct command command_plot = {
    .name = "plot",
    .summary = "draw the pictures of a run: SVG, PNG, PDF",
    .run = run,
};

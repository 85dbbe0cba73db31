/* gnuplot, run so that nothing but our templates tells it what to do: no shell, no
 * stdin, no settings of the user, no variables that it heeds. */
#ifndef SIMUL_BENCH_PICTURES_GNUPLOT_H
#define SIMUL_BENCH_PICTURES_GNUPLOT_H

#include "bench/programs/process.h"

#include <limits.h>
#include <stdbool.h>

enum gnuplot_format { FORMAT_SVG = 1, FORMAT_PNG = 2, FORMAT_PDF = 4, FORMAT_ALL = 7 };

#define GNUPLOT_FORMATS 3

/* "svg", "png", "pdf", and their bits. */
extern const char *const gnuplot_format_names[GNUPLOT_FORMATS];

/* A picture that is being drawn. Zeroed: none. */
struct gnuplot {
    struct process process;
    char folder[PATH_MAX];
    char stem[128];
    unsigned formats;
};

/* Where gnuplot lies; false where no absolute folder of PATH has it, and then the error
 * says what to install. */
bool gnuplot_find(char path[static PATH_MAX], struct error *error);

/* Starts drawing <folder>/<stem>.<format> for each of the formats, from the tables
 * <folder>/data/<stem>-*.tsv by the template `name`. Fails where it can't be started.
 * gnuplot_close() in any case. */
bool gnuplot_start(struct gnuplot *gnuplot, const char *program, const char *folder,
                   const char *name, const char *stem, unsigned formats,
                   struct error *error);

/* Waits until it is done. Fails with what it said, or where a picture is not whole; an
 * interrupt fails without an error. */
bool gnuplot_finish(struct gnuplot *gnuplot, struct error *error);

/* Ends it where it still runs. */
void gnuplot_close(struct gnuplot *gnuplot);

#endif

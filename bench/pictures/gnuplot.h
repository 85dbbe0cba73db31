/* Runs gnuplot so that only the templates control it: without a shell, without stdin,
 * without the user's settings, without the variables that it obeys. */
#ifndef SIMUL_BENCH_PICTURES_GNUPLOT_H
#define SIMUL_BENCH_PICTURES_GNUPLOT_H

#include "bench/programs/process.h"

#include <limits.h>
#include <stdbool.h>

/* FORMAT_ALL are those that a run draws: a thumbnail is drawn only if it is asked for. */
enum gnuplot_format {
    FORMAT_SVG = 1,
    FORMAT_PNG = 2,
    FORMAT_PDF = 4,
    FORMAT_ALL = 7,
    FORMAT_THUMBNAIL = 8,
};

#define GNUPLOT_FORMATS 4

/* "svg", "png", "pdf", "thumb.png", in the order of their bits. */
extern const char *const gnuplot_format_names[GNUPLOT_FORMATS];

/* A picture that is being drawn. A zeroed struct is none. */
struct gnuplot {
    struct process process;
    char folder[PATH_MAX];
    char stem[128];
    unsigned formats;
};

/* Finds gnuplot. Fails if no absolute folder of PATH has it; the error says what to
 * install. */
bool gnuplot_find(char path[static PATH_MAX], struct error *error);

/* Starts to draw <folder>/<stem>.<format> in each of the formats, from the tables
 * <folder>/data/<stem>-*.tsv and the template `name`. Fails if gnuplot can't be
 * started. Call gnuplot_close() in any case. */
bool gnuplot_start(struct gnuplot *gnuplot, const char *program, const char *folder,
                   const char *name, const char *stem, unsigned formats,
                   struct error *error);

/* Waits until it has ended, and finishes an SVG (svg.h). Fails with its message, or if a picture is not complete;
 * after an interrupt it fails without an error. */
bool gnuplot_finish(struct gnuplot *gnuplot, struct error *error);

/* Ends gnuplot if it still runs. */
void gnuplot_close(struct gnuplot *gnuplot);

#endif

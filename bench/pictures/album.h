/* Makes all pictures of a run: writes their tables, runs gnuplot, moves the files. */
#ifndef SIMUL_BENCH_PICTURES_ALBUM_H
#define SIMUL_BENCH_PICTURES_ALBUM_H

#include "base/error.h"
#include "bench/pictures/picture.h"

#include <stdio.h>

/* Which pictures are made. */
struct album_order {
    const char *run;            /* the run directory */
    const struct picture *only; /* NULL: every picture that applies */
    unsigned formats;           /* of enum gnuplot_format */
    FILE *out; /* the path of each picture is printed there; NULL: nowhere */
};

/* Makes <run>/plots/<picture>.<format> and plots/data/<picture>-*.tsv; the names begin
 * with <point>-<scenario>- if the run has several points, and end with -<page> if a
 * picture has several pages. Replaces the old files only after all pictures are drawn.
 * Fails if gnuplot is not installed, if a file of the run is missing or wrong, or if
 * nothing can be written; after an interrupt it fails without an error. */
bool album_make(const struct album_order *order, const struct plan *plan,
                const struct past_trials *trials, struct error *error);

#endif

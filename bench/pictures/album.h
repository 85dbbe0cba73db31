/* All the pictures of a run: their tables, gnuplot, and the files where they belong. */
#ifndef SIMUL_BENCH_PICTURES_ALBUM_H
#define SIMUL_BENCH_PICTURES_ALBUM_H

#include "base/error.h"
#include "bench/pictures/picture.h"

#include <stdio.h>

/* What is wanted. */
struct album_order {
    const char *run;            /* the run's directory */
    const struct picture *only; /* NULL: every picture that applies */
    unsigned formats;           /* of enum gnuplot_format */
    FILE *out; /* the path of each picture is printed there; NULL: not */
};

/* Makes <run>/plots/<picture>.<format> and plots/data/<picture>-*.tsv; of several
 * scenarios <point>-<scenario>-<picture>, of several pages <picture>-<page>. A file is
 * replaced whole or not at all, and none before all are drawn. Fails without gnuplot,
 * where the run's files are not as they should be, where nothing can be written; an
 * interrupt fails without an error. */
bool album_make(const struct album_order *order, const struct plan *plan,
                const struct past_trials *trials, struct error *error);

#endif

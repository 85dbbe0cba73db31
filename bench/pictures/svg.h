/* Finishes an SVG that gnuplot wrote: its title for screen readers is the finding, its
 * texts keep their widths in any font, and no tooltip shows a formula. */
#ifndef SIMUL_BENCH_PICTURES_SVG_H
#define SIMUL_BENCH_PICTURES_SVG_H

#include "base/error.h"

#include <stdbool.h>
#include <stdio.h>

/* Copies an SVG of gnuplot, which `text` holds, and changes it so: the first text becomes
 * the title and the second one the description; each text of known letters gets the
 * length that it has in Inter; the titles of gnuplot's plots are left out. */
void svg_copy(const char *text, FILE *out);

/* Does this to a file. Fails if it can't be read or written. */
bool svg_finish(const char *path, struct error *error);

#endif

/* The finding of a picture, as a sentence that is made from the numbers of a summary.
 */
#ifndef SIMUL_BENCH_PICTURES_FINDING_H
#define SIMUL_BENCH_PICTURES_FINDING_H

#include "bench/pictures/story.h"
#include "bench/summary/summary.h"

#define FINDING_BYTES 300

/* The fastest of the models that have a speedup, without the baseline. Of several that
 * are equally fast within 0.5 %, it is one with a printed figure. NULL: there is none.
 */
const struct summary_model *finding_fastest(const struct summary_point *point);

/* Writes which model is faster than the baseline, and by how much. Returns `text`. */
const char *finding_speed(const struct summary_point *point,
                          char text[static FINDING_BYTES]);

/* Writes how well theory and measurement agree, and which printed figure does not hold.
 * Returns `text`. */
const char *finding_agreement(const struct summary_point *point,
                              char text[static FINDING_BYTES]);

/* Writes the setting as the table does, and the timeout if there is one. Returns `text`.
 */
const char *finding_setting(const struct summary_point *point,
                            char text[static FINDING_BYTES]);

/* Writes how fast the scenario was run, and how many trials each model had; before it the
 * scenario's title, unless the title has a number, which is a fact of the setting.
 * Returns `text`. */
const char *finding_pace(const struct summary_point *point,
                         char text[static FINDING_BYTES]);

#endif

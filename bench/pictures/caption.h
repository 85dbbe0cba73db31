/* The texts of an exhibition: its title, and a heading above each scene. */
#ifndef SIMUL_BENCH_PICTURES_CAPTION_H
#define SIMUL_BENCH_PICTURES_CAPTION_H

#include "bench/pictures/scenes.h"

/* Writes how long an average conversation waits, and how long it waits in the baseline.
 * If a time is not known, or the two are nearly equal, writes how much faster the
 * fastest model is instead (finding_speed()). */
void caption_title(const struct scenes *scenes, char text[static FINDING_BYTES]);

/* Draws "event-loop: 3,655 s = 1.0 h" above a scene, with a note on the scene beside
 * it. */
void caption_heading(const struct scenes *scenes, int index, struct sheet *sheet);

#endif

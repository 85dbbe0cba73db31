/* The texts of an exhibition: a heading above each scene. */
#ifndef SIMUL_BENCH_PICTURES_CAPTION_H
#define SIMUL_BENCH_PICTURES_CAPTION_H

#include "bench/pictures/scenes.h"

/* Draws "event-loop: 3,655 s = 1 h 0 min 55 s" above a scene, with a note on the scene beside
 * it; no time if a request failed. */
void caption_heading(const struct scenes *scenes, int index, struct sheet *sheet);

/* Says what the line of the first scene and the wedge below it are: the second model,
 * drawn wider. The text begins at x, or further left if it has no room there. */
void caption_wedge(const struct scenes *scenes, double x, double y,
                   struct sheet *sheet);

#endif

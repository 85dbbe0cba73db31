/* What is said of the scenes of an exhibition. */
#ifndef SIMUL_BENCH_PICTURES_CAPTION_H
#define SIMUL_BENCH_PICTURES_CAPTION_H

#include "bench/pictures/scenes.h"

/* How long an average board waits, and how long in the baseline. */
void caption_title(const struct scenes *scenes, char text[static FINDING_BYTES]);

/* "event-loop: 3,655 s = 1.0 h", and beside it what is seen below, above a scene. */
void caption_heading(const struct scenes *scenes, int index, struct sheet *sheet);

#endif

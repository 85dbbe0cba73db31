/* The picture of a whole exhibition in its two parts: exhibition.c is what is drawn,
 * caption.c what is said. */
#ifndef SIMUL_BENCH_PICTURES_EXHIBITION_H
#define SIMUL_BENCH_PICTURES_EXHIBITION_H

#include "bench/pictures/stage.h"

enum { EXHIBITION_MOST_SCENES = 2 };

/* Ratios nearer to 1 than that are none. */
#define EXHIBITION_LEAST_RATIO 1.05

struct exhibition {
    const struct subject *subject;
    const struct story *story;
    struct performance list[EXHIBITION_MOST_SCENES]; /* from the top; those that are not
                                                      * measured have a line that says
                                                      * why */
    struct stage stages[EXHIBITION_MOST_SCENES];
    int count;
    double longest_s;
};

/* How long an average board waits, and how long in the baseline. */
void caption_title(const struct exhibition *exhibition,
                   char text[static FINDING_BYTES]);

/* "event-loop: 3,655 s = 1.0 h", and beside it what is seen below, `height` pixels
 * high, above a scene. */
void caption_heading(const struct exhibition *exhibition, int index, double height,
                     struct sheet *sheet);

#endif

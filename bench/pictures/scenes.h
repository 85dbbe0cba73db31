/* The scenes of an exhibition: the baseline and, below it, the fastest model, each on a
 * stage that has the whole width for itself. */
#ifndef SIMUL_BENCH_PICTURES_SCENES_H
#define SIMUL_BENCH_PICTURES_SCENES_H

#include "bench/pictures/stage.h"

/* How many at most; and how high a heading is, in pixels. */
enum { SCENES_MOST = 2, SCENES_HEADING = 42 };

/* Ratios nearer to 1 than that are none. */
#define SCENES_LEAST_RATIO 1.05

/* Zeroed: none. */
struct scenes {
    const struct subject *subject;
    const struct story *story;
    /* From the top. One that was not measured has a line that says why. */
    struct performance list[SCENES_MOST];
    struct stage stages[SCENES_MOST];
    int count;
    double longest_s;
};

/* Chooses and opens them; none if the plan has no model. If there is no fastest model,
 * the second is one that was measured beside a baseline that was not, or the reverse.
 * Fails as performance_open() does; scenes_close() in any case. */
bool scenes_open(struct scenes *scenes, const struct subject *subject,
                 struct error *error);
void scenes_close(struct scenes *scenes);

/* Lays out the stages below `top`. */
void scenes_place(struct scenes *scenes, double left, double top);

#endif

/* The scenes of an exhibition: the baseline and, below it, the fastest model, each on a
 * stage that has the whole width for itself. */
#ifndef SIMUL_BENCH_PICTURES_SCENES_H
#define SIMUL_BENCH_PICTURES_SCENES_H

#include "bench/pictures/stage.h"

/* The most scenes; in pixels, the height of a heading, and the room between the axis of
 * a scene and the heading of the next, where a line of text stands. */
enum { SCENES_MOST = 2, SCENES_HEADING = 42, SCENES_GAP = 36 };

/* A ratio nearer to 1 than this is not worth a sentence. */
#define SCENES_LEAST_RATIO 1.05

/* A zeroed struct has no scene. */
struct scenes {
    const struct subject *subject;
    const struct story *story;
    /* From the top. A model that was not measured has a line that says why. */
    struct performance list[SCENES_MOST];
    struct stage stages[SCENES_MOST];
    int count;
    double longest_s;
};

/* Chooses and opens the scenes; there is none if the plan has no model. If there is no
 * fastest model, the second scene is a model that was measured beside a baseline that
 * was not, or the reverse. Fails as performance_open() does. Call scenes_close() in any
 * case. */
bool scenes_open(struct scenes *scenes, const struct subject *subject,
                 struct error *error);
void scenes_close(struct scenes *scenes);

/* Places the stages below `top`. */
void scenes_place(struct scenes *scenes, double left, double top);

#endif

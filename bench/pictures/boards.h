/* The picture of many rounds in its two parts: boards.c is the whole of it, window.c
 * the first minutes from near. */
#ifndef SIMUL_BENCH_PICTURES_BOARDS_H
#define SIMUL_BENCH_PICTURES_BOARDS_H

#include "bench/pictures/stage.h"

enum { BOARDS_MOST_MODELS = 12, BOARDS_MOST_WINDOWS = 2 };

struct boards {
    const struct subject *subject;
    const struct story *story;
    struct performance list[BOARDS_MOST_MODELS];
    int count;
    struct axis axis; /* of the whole */
    double longest_s;
    double left;
    double px_per_s;
    double window_s;
};

/* The two that are seen from near: the baseline and the fastest. What is not on this
 * page is left out, and where none is, the first that was measured stands in. Returns
 * how many; there is room for one more than that. */
int boards_choose_windows(const struct boards *boards,
                          const struct performance *chosen[]);

/* Draws them side by side. Fails: out of memory. */
bool boards_draw_windows(struct boards *boards, double bottom, double top,
                         struct sheet *sheet, struct error *error);

#endif

/* Windows: the first minutes of one or two models from near, side by side. */
#ifndef SIMUL_BENCH_PICTURES_WINDOWS_H
#define SIMUL_BENCH_PICTURES_WINDOWS_H

#include "bench/pictures/stage.h"

enum { WINDOWS_MOST = 2 };

/* The models to choose from. All fields are borrowed. */
struct windows {
    const struct subject *subject;
    const struct story *story;
    const struct performance *list; /* the models of the page */
    int count;
};

/* Chooses the models that are seen from near: the baseline and the fastest, as far as
 * they are on this page, else the first that was measured. Returns how many. */
int windows_choose(const struct windows *windows,
                   const struct performance *chosen[static WINDOWS_MOST]);

/* Draws these models; nothing if none was measured. Fails: out of memory. */
bool windows_draw(const struct windows *windows, double bottom, double top,
                  struct sheet *sheet, struct error *error);

#endif

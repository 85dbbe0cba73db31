/* The first minutes of some models of a page from near, side by side. */
#ifndef SIMUL_BENCH_PICTURES_WINDOWS_H
#define SIMUL_BENCH_PICTURES_WINDOWS_H

#include "bench/pictures/stage.h"

enum { WINDOWS_MOST = 2 };

/* What is seen through them. All borrowed. */
struct windows {
    const struct subject *subject;
    const struct story *story;
    const struct performance *list; /* the models of the page */
    int count;
};

/* The models that are seen from near: the baseline and the fastest. One that is not on
 * this page is left out; if neither is on it, the first that was measured takes their
 * place. Returns how many. */
int windows_choose(const struct windows *windows,
                   const struct performance *chosen[static WINDOWS_MOST]);

/* Draws them; nothing if none was measured. Fails: out of memory. */
bool windows_draw(const struct windows *windows, double bottom, double top,
                  struct sheet *sheet, struct error *error);

#endif

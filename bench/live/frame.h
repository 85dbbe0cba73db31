/* Draws the frame that the screen shows of a running trial. It depends on nothing but
 * the lanes, the size and the words. */
#ifndef SIMUL_BENCH_LIVE_FRAME_H
#define SIMUL_BENCH_LIVE_FRAME_H

#include "bench/live/grid.h"
#include "bench/live/lanes.h"
#include "bench/live/standings.h"
#include "bench/scenario/scenario.h"

/* The words beside the lanes; borrowed. */
struct frame_words {
    const char *title;   /* the scenario's; "": none */
    const char *summary; /* how the model waits; "": unknown */
    const char *place;   /* "[2/4] urls, block 1, " */
    const char *model;
    const char *left;                /* "about 41 min left"; "": unknown */
    const struct scenario *scenario; /* seconds are in its own time */
    /* The models that have finished, and the one that runs; NULL: none has. */
    const struct standings *standings;
    const struct plan_entry *running;
};

/* Draws the frame from the first row of a blank grid on, and returns the number of rows
 * that it takes. If `status` is not NULL, it stands in the last row instead of the time
 * that has passed. */
int frame_draw(struct grid *grid, const struct frame_words *words,
               const struct lanes *lanes, const char *status);

#endif

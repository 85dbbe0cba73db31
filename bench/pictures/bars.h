/* The bars of a picture: what lasts from when to when, in rows. What is too short to be
 * seen is put together with its neighbours and drawn in the mixture of their colours,
 * so that a picture of a million requests is as small, and as true, as one of twelve.
 */
#ifndef SIMUL_BENCH_PICTURES_BARS_H
#define SIMUL_BENCH_PICTURES_BARS_H

#include "bench/pictures/course.h"

#include <stdbool.h>
#include <stddef.h>

struct bar {
    double from_s;
    double to_s;
    double bottom; /* pixels */
    double top;
    double share[COURSE_PHASES]; /* of its time; their sum is 1 */
};

/* Zeroed, but for `least_s`: empty. */
struct bars {
    struct bar *list; /* owned */
    size_t count;
    size_t room;
    double least_s;               /* what is shorter is put together */
    struct bar open;              /* what is being put together; of this row */
    double time_s[COURSE_PHASES]; /* in `open` */
    bool failed;                  /* out of memory */
};

/* Begins a row. */
void bars_row(struct bars *bars, double bottom, double top);

/* Adds what comes next in the row, from left to right; nothing lies before `from_s`
 * or the end of what came before. Time between two is PHASE_NONE. */
void bars_add(struct bars *bars, enum phase phase, double from_s, double to_s);

/* Ends the row. */
void bars_end(struct bars *bars);

/* Drops all of them and keeps `least_s`. */
void bars_clear(struct bars *bars);
void bars_close(struct bars *bars);

#endif

/* The bars of a picture, in rows; a bar is a phase from its start to its end. Bars too
 * short to be seen are mixed with their neighbours and drawn in the mixture of their
 * colours, so that a picture of a million requests is as small as a picture of twelve.
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

/* A zeroed struct with `least_s` set is empty. */
struct bars {
    struct bar *list; /* owned */
    size_t count;
    size_t room;
    double least_s;               /* bars that are shorter are mixed */
    struct bar open;              /* the mixture that is being made in this row */
    double time_s[COURSE_PHASES]; /* of `open`, by phase */
    bool failed;                  /* out of memory */
};

/* Begins a row. */
void bars_row(struct bars *bars, double bottom, double top);

/* Adds the next bar of the row, from left to right; `from_s` is not before the end of
 * the last one. The time between two bars is PHASE_NONE. */
void bars_add(struct bars *bars, enum phase phase, double from_s, double to_s);

/* Ends the row. */
void bars_end(struct bars *bars);

/* Drops all bars and keeps `least_s`. */
void bars_clear(struct bars *bars);
void bars_close(struct bars *bars);

#endif

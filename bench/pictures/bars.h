/* The bars of a picture, in rows; a bar is a phase from its start to its end. Phases
 * too short to be seen share cells of a pixel or more, so that a picture
 * of a million requests is as small as a picture of twelve. Each bar has the colour of
 * one phase: colours are never mixed, because a mixture stands in no legend. */
#ifndef SIMUL_BENCH_PICTURES_BARS_H
#define SIMUL_BENCH_PICTURES_BARS_H

#include "bench/pictures/course.h"

#include <stdbool.h>
#include <stddef.h>

/* Pixels: what is shorter shares a cell, unless the picture sets more. */
#define BARS_LEAST_PX 1.2

struct bar {
    double from_s;
    double to_s;
    double bottom; /* pixels */
    double top;
    enum phase phase;
};

/* A zeroed struct with `least_s` set is empty. */
struct bars {
    struct bar *list; /* owned */
    size_t count;
    size_t room;
    double least_s;  /* phases that are shorter share a cell */
    bool is_density; /* of the row: see bars_density_row() */
    double bottom;   /* of the row, in pixels */
    double top;
    double from_s; /* of the cell that is being filled */
    double to_s;
    double time_s[COURSE_PHASES]; /* of that cell, by phase */
    bool has_partial; /* a cell of a density row is not filled up to its top */
    bool failed;      /* out of memory */
};

/* Begins a row in which a cell shows the longest of its phases. */
void bars_row(struct bars *bars, double bottom, double top);

/* Begins a row of cells that are filled from below, as high as the part of their time
 * that has a phase; for a row of one phase, which is mostly too short to be drawn. */
void bars_density_row(struct bars *bars, double bottom, double top);

/* Adds the next bar of the row, from left to right; `from_s` is not before the end of
 * the last one. The time between two bars is PHASE_NONE. */
void bars_add(struct bars *bars, enum phase phase, double from_s, double to_s);

/* Ends the row. */
void bars_end(struct bars *bars);

/* Drops all bars, but keeps `least_s`. */
void bars_clear(struct bars *bars);
void bars_close(struct bars *bars);

#endif

/* Where a figure lies in a picture of figures: on a linear axis, or, where the largest
 * is very much larger than the smallest, on a logarithmic one. */
#ifndef SIMUL_BENCH_PICTURES_SCALE_H
#define SIMUL_BENCH_PICTURES_SCALE_H

#include "bench/pictures/axis.h"
#include "bench/pictures/sheet.h"

struct scale {
    bool is_log;
    double from_s; /* where a logarithmic axis begins */
    double longest_s;
    double left;
    double px; /* a second; a decade, where logarithmic */
    struct axis axis;
};

/* Chooses the axis for figures between those two; infinity and 0 where there are none.
 * `left` and `px` are to be set. */
struct scale scale_for(double shortest_s, double longest_s);

/* How far a figure is from the left, in units of `px`. */
double scale_length(const struct scale *scale, double s);

double scale_x(const struct scale *scale, double s);

/* Draws the grid from `bottom` to `top`, and the tics below. */
void scale_draw(const struct scale *scale, double bottom, double top,
                struct sheet *sheet);

#endif

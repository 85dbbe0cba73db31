/* Turns a figure into a place on a linear axis, or on a logarithmic one if the largest
 * figure is very much larger than the smallest. */
#ifndef SIMUL_BENCH_PICTURES_SCALE_H
#define SIMUL_BENCH_PICTURES_SCALE_H

#include "bench/pictures/axis.h"
#include "bench/pictures/sheet.h"

struct scale {
    bool is_log;
    double from_s; /* the least figure of a logarithmic axis */
    double longest_s;
    double left; /* in pixels */
    double px;   /* pixels for each second, or for each decade of a logarithmic axis */
    struct axis axis;
};

/* Chooses the axis for figures from the shortest to the longest. If there are no
 * figures, they are infinity and 0. The caller sets `left` and `px`. */
struct scale scale_for(double shortest_s, double longest_s);

/* The distance of a figure from `left`: in seconds, or in decades if the axis is
 * logarithmic. scale_x() gives its x in pixels. */
double scale_length(const struct scale *scale, double s);

double scale_x(const struct scale *scale, double s);

/* Draws the grid from `bottom` to `top`, and the tics below it. */
void scale_draw(const struct scale *scale, double bottom, double top,
                struct sheet *sheet);

#endif

/* The grid of a picture: upright lines that leave out the texts, so that no line runs
 * through a figure. */
#ifndef SIMUL_BENCH_PICTURES_GRIDLINES_H
#define SIMUL_BENCH_PICTURES_GRIDLINES_H

#include <stdbool.h>
#include <stddef.h>

struct gridline {
    double x;
    double bottom;
    double top;
};

/* Pixels. */
struct gridlines_box {
    double left;
    double bottom;
    double right;
    double top;
};

/* A zeroed grid is empty. */
struct gridlines {
    struct gridline *lines; /* owned */
    size_t line_count;
    size_t line_room;
    struct gridlines_box *boxes; /* owned; where texts stand */
    size_t box_count;
    size_t box_room;
};

/* False: out of memory. */
bool gridlines_add(struct gridlines *grid, double x, double bottom, double top);
bool gridlines_avoid(struct gridlines *grid, const struct gridlines_box *box);

/* Calls `draw` for each piece of a line that no box covers, line by line and from below.
 */
void gridlines_draw(const struct gridlines *grid,
                    void (*draw)(const struct gridline *piece, void *context),
                    void *context);

void gridlines_close(struct gridlines *grid);

#endif

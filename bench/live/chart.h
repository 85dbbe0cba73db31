/* The part of a frame that has a time axis: lanes, or counts of them. */
#ifndef SIMUL_BENCH_LIVE_CHART_H
#define SIMUL_BENCH_LIVE_CHART_H

#include "bench/live/grid.h"
#include "bench/live/lanes.h"
#include "bench/scenario/scenario.h"

/* Where it stands in the grid. */
struct chart {
    struct grid *grid;
    const struct lanes *lanes;
    const struct scenario *scenario; /* its seconds are shown */
    int first_row;
    int rows;
    int bar_column; /* left of it: labels */
    int bar_columns;
    int note_column; /* right of it; beyond the grid where there is no room */
};

/* "waiting", "queue", "send", ... */
const char *chart_word(const struct lanes *lanes, enum phase phase);

/* Divides the columns; what is noted at the right goes first where a bar would have
 * less than the least. */
void chart_choose_columns(struct chart *chart, int least_bar_columns);

/* One row a lane; where there are more lanes than rows, the last row sums up the rest.
 */
void chart_draw_lanes(const struct chart *chart);

/* One row: how much of the time somebody sent. What is left of it was only waited. */
void chart_draw_sending(const struct chart *chart, int row);

/* How many conversations are in which phase, stacked, over time. */
void chart_draw_counts(const struct chart *chart);

/* The time axis: how far it is, and where it ends. */
void chart_draw_axis(const struct chart *chart, int row);

#endif

/* The part of a frame that has a time axis: the lanes, or for many conversations the
 * counts of each phase. */
#ifndef SIMUL_BENCH_LIVE_CHART_H
#define SIMUL_BENCH_LIVE_CHART_H

#include "bench/live/grid.h"
#include "bench/live/lanes.h"
#include "bench/scenario/scenario.h"

/* The place of the chart in the grid. */
struct chart {
    struct grid *grid;
    const struct lanes *lanes;
    const struct scenario *scenario; /* seconds are in its own time */
    int first_row;
    int rows;
    int label_columns; /* the least for the labels */
    int bar_column;    /* the first column of the bars; labels are left of it */
    int bar_columns;
    int note_column; /* of the notes, right of the bars; beyond the grid: no room */
};

/* "waiting", "queue", "send", ... */
const char *chart_word(const struct lanes *lanes, enum phase phase);

/* Divides the columns among labels, bars and notes. There are no notes if the bars
 * would have fewer than `least_bar_columns`. */
void chart_choose_columns(struct chart *chart, int least_bar_columns);

/* Draws one lane a row. If there are more lanes than rows, the last row sums up the
 * others. */
void chart_draw_lanes(const struct chart *chart);

/* Draws a row that shows the share of the time in which at least one request was
 * sent. */
void chart_draw_sending(const struct chart *chart, int row);

/* Draws a thin line from the start to a makespan, and the makespan beside it. */
void chart_draw_line(const struct chart *chart, int row, int64_t makespan_ns);

/* Draws how many conversations are in each phase, stacked, over time. */
void chart_draw_counts(const struct chart *chart);

/* Draws the time axis with the present time, the predicted end of the trial if that is
 * not the end of the axis, and the end of the axis. */
void chart_draw_axis(const struct chart *chart, int row);

#endif

/* A panel of the timeline: one model's rows, a row a conversation, beneath a strip that
 * shows when anybody sends, and its figures at the end. */
#ifndef SIMUL_BENCH_PICTURES_PANEL_H
#define SIMUL_BENCH_PICTURES_PANEL_H

#include "bench/pictures/performance.h"

/* Pixels between a makespan and its figures. */
enum { PANEL_LABEL_GAP = 14 };

struct panel {
    const struct performance *performance; /* borrowed */
    double bottom;                         /* of all of it, with the strip */
    double top;
    double strip;    /* height; 0: nothing is sent */
    double rows_top; /* the rows lie from `bottom` to there */
    int rows;
};

/* What all panels of a page share. */
struct panel_scale {
    double left;
    double px_per_s;
    const struct axis *axis;
    const char *idle; /* what it is called when nobody sends */
};

/* Lays it out in what lies from `bottom` on, `pitch` high. One with few rows stands in
 * the middle of that; of many conversations as many have a row as fit. */
void panel_place(struct panel *panel, int32_t conversations, double bottom,
                 double pitch);

/* Adds its rows and its strip; nothing of a model that was not measured. */
void panel_add_bars(const struct panel *panel, struct bars *bars);

/* Notes what its requests have gone through: phases of their own for any time, waits
 * from `least_s` on, since a queue of a microsecond is none. */
void panel_find_phases(const struct panel *panel, double least_s,
                       bool there[static COURSE_PHASES]);

/* Its figures have a line each. */
bool panel_has_two_lines(const struct panel *panel);

/* How wide the figures are. */
double panel_label_width(const struct panel *panel, const struct panel_scale *scale,
                         const struct sheet *sheet);

/* Draws the makespan with its figures (of what was not measured: why), and numbers the
 * rows where they have room for that. */
void panel_label(const struct panel *panel, const struct panel_scale *scale,
                 struct sheet *sheet);

#endif

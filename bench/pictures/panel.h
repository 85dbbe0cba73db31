/* A panel of the timeline: one model with a row for each conversation, a strip above
 * them that shows when a sender is busy, and its figures at the end. */
#ifndef SIMUL_BENCH_PICTURES_PANEL_H
#define SIMUL_BENCH_PICTURES_PANEL_H

#include "bench/pictures/performance.h"

/* Pixels between a makespan and its figures. */
enum { PANEL_LABEL_GAP = 14 };

struct panel {
    const struct performance *performance; /* borrowed */
    double bottom;                         /* of the whole panel, with the strip */
    double top;
    double strip;    /* its height; 0: there is no send phase */
    double rows_top; /* the rows lie from `bottom` to there */
    int rows;
};

/* What the panels on one axis share. */
struct panel_scale {
    double left;
    double px_per_s;
    const struct axis *axis;
    const struct scenario *scenario;
};

/* Places the panel in the room above `bottom`, which is `pitch` high; a panel with few
 * rows stands in its middle. If not every conversation fits, only some have a row. */
void panel_place(struct panel *panel, int32_t conversations, double bottom,
                 double pitch);

/* Adds its rows and its strip; nothing if the model was not measured. */
void panel_add_bars(const struct panel *panel, struct bars *bars);

/* Marks the phases that its requests went through. Waits shorter than `least_s` do not
 * count, since a queue of a microsecond is none. */
void panel_find_phases(const struct panel *panel, double least_s,
                       bool there[static COURSE_PHASES]);

/* True: its two figures stand in two lines. */
bool panel_has_two_lines(const struct panel *panel);

/* The width of its figures. */
double panel_label_width(const struct panel *panel, const struct panel_scale *scale,
                         const struct sheet *sheet);

/* Draws the makespan with its figures, or the reason why the model was not measured,
 * and numbers the rows if they have room for numbers. A model of which a request failed
 * is hatched and has no makespan. */
void panel_label(const struct panel *panel, const struct panel_scale *scale,
                 struct sheet *sheet);

#endif

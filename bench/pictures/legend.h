/* The legend of a picture, in one row: colours, frames and fields with their texts. */
#ifndef SIMUL_BENCH_PICTURES_LEGEND_H
#define SIMUL_BENCH_PICTURES_LEGEND_H

#include "bench/pictures/sheet.h"

enum { LEGEND_MOST = 12, LEGEND_TEXT_BYTES = 100 };

/* What stands before a text. */
enum legend_kind {
    LEGEND_PHASE,   /* the colour of a phase */
    LEGEND_FRAME,   /* an empty frame */
    LEGEND_HATCH,   /* a hatched field */
    LEGEND_DENSITY, /* a field that is filled in part */
    LEGEND_NOTE,    /* nothing */
};

struct legend_item {
    enum legend_kind kind;
    enum phase phase;
    char text[LEGEND_TEXT_BYTES];
};

/* A zeroed legend is empty. */
struct legend {
    struct legend_item items[LEGEND_MOST];
    int count;
};

/* Adds an item; its text is copied. There is room for LEGEND_MOST; more are left out. */
void legend_add(struct legend *legend, enum legend_kind kind, const char *text);

/* Adds the colour of every phase that has a text. */
void legend_add_phases(struct legend *legend, const char *const texts[COURSE_PHASES]);

/* Adds what the hatched models and the partly filled fields are, if the sheet has some.
 */
void legend_add_fields(struct legend *legend, bool has_failed, bool has_density);

/* Draws it from SHEET_MARGIN on, in letters that are as small as the width needs. */
void legend_draw(const struct legend *legend, double y, struct sheet *sheet);

#endif

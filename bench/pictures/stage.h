/* The place where a performance is drawn: a row for each board, below a strip that
 * shows when a sender is busy, so that one sees how boards wait for it. */
#ifndef SIMUL_BENCH_PICTURES_STAGE_H
#define SIMUL_BENCH_PICTURES_STAGE_H

#include "bench/pictures/performance.h"

/* Pixels: the height of the strip, and the room that it takes from the rows. */
enum { STAGE_STRIP = 18, STAGE_STRIP_ROOM = 26 };

struct stage {
    double left;
    double right;
    double bottom;
    double top;      /* of the strip, or of the rows if there is no strip */
    double most_row; /* the greatest height of a row; the rest stays empty */
    double until_s;  /* the time at `right`; later times are left out */
};

/* How many rows a stage has room for. */
int stage_rows(const struct stage *stage, const struct performance *performance);

/* Draws the strip and the rows in at most `most_bars` bars; shorter bars share a cell.
 * A model of which a request failed is hatched. Fails: out of memory. */
bool stage_draw(const struct stage *stage, const struct performance *performance,
                const struct story *story, size_t most_bars, struct sheet *sheet,
                struct error *error);

/* Numbers rows that are far enough apart for every number to be read. */
void stage_number(const struct stage *stage, const struct performance *performance,
                  struct sheet *sheet);

#endif

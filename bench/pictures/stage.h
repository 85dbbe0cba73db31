/* Where a performance is drawn, so that one sees who waits for whom: a row a board,
 * beneath a strip that shows when anybody sends. */
#ifndef SIMUL_BENCH_PICTURES_STAGE_H
#define SIMUL_BENCH_PICTURES_STAGE_H

#include "bench/pictures/performance.h"

/* Pixels: the strip's height, and what it takes of the rows' room. */
enum { STAGE_STRIP = 18, STAGE_STRIP_ROOM = 26 };

struct stage {
    double left;
    double right;
    double bottom;
    double top;      /* of the strip; of the rows where nothing is sent */
    double most_row; /* the thickest; what is left is empty at the bottom */
    double until_s;  /* at `right`; what comes later is left out */
};

/* How many rows a stage has room for. */
int stage_rows(const struct stage *stage, const struct performance *performance);

/* Draws strip and rows of what was measured, in at most `most_bars` bars: finer than
 * that is mixed. Fails: out of memory. */
bool stage_draw(const struct stage *stage, const struct performance *performance,
                const struct story *story, size_t most_bars, struct sheet *sheet,
                struct error *error);

/* Numbers the rows, so far apart that all can be read. */
void stage_number(const struct stage *stage, const struct performance *performance,
                  struct sheet *sheet);

#endif

/* How one model performed where there are many rounds: what its time went to, and who
 * waits for whom, drawn in rows, a row a board, beneath a strip that shows when anybody
 * sends. */
#ifndef SIMUL_BENCH_PICTURES_PERFORMANCE_H
#define SIMUL_BENCH_PICTURES_PERFORMANCE_H

#include "bench/pictures/finding.h"
#include "bench/pictures/picture.h"

/* Pixels: the strip's height, and what it takes of the rows' room. */
enum { STAGE_STRIP = 18, STAGE_STRIP_ROOM = 26 };

/* Zeroed: closed. */
struct performance {
    size_t entry;
    const json_t *model;
    struct course course;
    bool is_measured;
    struct spell *sends;
    size_t send_count;
    double busy_s;              /* of the sender */
    double time_s[PHASE_COUNT]; /* of a conversation, on average; it waits in queue */
};

/* Where it is drawn. */
struct stage {
    double left;
    double right;
    double bottom;
    double top;      /* of the strip; of the rows where nothing is sent */
    double most_row; /* the thickest; what is left is empty at the bottom */
    double until_s;  /* at `right`; what comes later is left out */
};

/* The typical trial of an entry of the plan; not measured where there is none. Fails as
 * picture_course() does, or out of memory. performance_close() in any case. */
bool performance_open(struct performance *performance, const struct subject *subject,
                      size_t entry, struct error *error);
void performance_close(struct performance *performance);

/* Those of a page of a picture that has room for `most` models. `list` has room for as
 * many and *count of them are to be closed in any case, by performance_close_all().
 * Fails as performance_open() does. */
bool performance_open_page(const struct subject *subject, int most, int page,
                           struct performance *list, int *count, struct error *error);
void performance_close_all(struct performance *list, int count);

/* How long the longest of them took; 0: none was measured. */
double performance_longest_s(const struct performance *list, int count);

/* How much of its time nobody was sending: "48 %". Returns `text`. */
const char *performance_idle(const struct performance *performance,
                             char text[static AXIS_TEXT_BYTES]);

/* Which of the conversations stands in a row, from 0: where there are fewer rows,
 * evenly from the first to the last. */
int32_t performance_conversation(const struct performance *performance, int row,
                                 int rows);

/* How many rows a stage has room for. */
int performance_rows(const struct performance *performance, const struct stage *stage);

/* Draws strip and rows of what was measured, in at most `most_bars` bars: finer than
 * that is mixed. Fails: out of memory. */
bool performance_draw(const struct performance *performance, const struct stage *stage,
                      const struct story *story, size_t most_bars, struct sheet *sheet,
                      struct error *error);

/* Numbers the rows, so far apart that all can be read. */
void performance_number(const struct performance *performance,
                        const struct stage *stage, struct sheet *sheet);

/* The legend of them all. */
void performance_legend(const struct performance *list, int count,
                        const struct story *story, double y, struct sheet *sheet);

#endif

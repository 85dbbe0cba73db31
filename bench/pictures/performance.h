/* How one model performed: its typical trial, and what the time went to. */
#ifndef SIMUL_BENCH_PICTURES_PERFORMANCE_H
#define SIMUL_BENCH_PICTURES_PERFORMANCE_H

#include "bench/pictures/finding.h"
#include "bench/pictures/picture.h"

/* Zeroed: closed. */
struct performance {
    size_t entry;
    const struct summary_model *model; /* borrowed from the summary */
    struct course course;
    bool is_measured;
    struct spell *sends;
    size_t send_count;
    double busy_s;                /* of the sender */
    double time_s[COURSE_PHASES]; /* of a conversation, on average; it waits in queue */
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

/* The legend of them all. */
void performance_legend(const struct performance *list, int count,
                        const struct story *story, double y, struct sheet *sheet);

#endif

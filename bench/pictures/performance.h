/* The performance of one model: its typical trial, and how its time was spent. */
#ifndef SIMUL_BENCH_PICTURES_PERFORMANCE_H
#define SIMUL_BENCH_PICTURES_PERFORMANCE_H

#include "bench/pictures/finding.h"
#include "bench/pictures/picture.h"

/* A zeroed performance is closed. */
struct performance {
    size_t entry;
    const struct summary_model *model; /* borrowed from the summary */
    struct course course;
    bool is_measured;
    struct spell *sends;
    size_t send_count;
    double busy_s; /* of the sender */
    /* How long a request waited for an answer slot, so that all slots were taken. */
    double slots_full_s;
    int64_t failed; /* requests; such a model has no total and is in no title */
    /* Of an average conversation. PHASE_QUEUE is all its waiting for a sender. */
    double time_s[COURSE_PHASES];
};

/* Reads the typical trial of an entry of the plan; the model is not measured if there
 * is none. Fails as picture_course() does, or out of memory. Call performance_close()
 * in any case. */
bool performance_open(struct performance *performance, const struct subject *subject,
                      size_t entry, struct error *error);
void performance_close(struct performance *performance);

/* Opens the performances on one page of a picture whose pages have room for `most`
 * models, as `list` has. Fails as performance_open() does. Close *count of them by
 * performance_close_all() in any case. */
bool performance_open_page(const struct subject *subject, int most, int page,
                           struct performance *list, int *count, struct error *error);
void performance_close_all(struct performance *list, int count);

/* The longest makespan; 0: no model was measured. */
double performance_longest_s(const struct performance *list, int count);

/* Writes "10 of 12 requests failed"; "" if none failed. Returns `text`. */
const char *performance_failure(const struct performance *performance,
                                char text[static AXIS_TEXT_BYTES]);

/* Writes what was scarce, "sender idle 48 %", or "answer slots full 85 %" if that was
 * so for longer than the sender was busy; "" if nothing is known of it. Returns `text`.
 */
const char *performance_scarce(const struct performance *performance,
                               const struct scenario *scenario,
                               char text[static AXIS_TEXT_BYTES]);

/* Writes the part of its time in which no sender was busy: "48 %". Returns `text`. */
const char *performance_idle(const struct performance *performance,
                             char text[static AXIS_TEXT_BYTES]);

/* The conversation (from 0) that a row shows. If there are fewer rows than
 * conversations, the rows are spread evenly from the first to the last. */
int32_t performance_conversation(const struct performance *performance, int row,
                                 int rows);

/* Adds the strip that shows when something is sent. If most sends are too short to be
 * seen, the strip is filled as high as the part of the time in which something is sent.
 * Sends after `until_s` are left out. */
void performance_add_strip(const struct performance *performance, double until_s,
                           double bottom, double top, struct bars *bars);

/* True: one of them has a request that failed, so that it is hatched. */
bool performance_any_failed(const struct performance *list, int count);

/* Draws one legend for all of them. */
void performance_legend(const struct performance *list, int count,
                        const struct scenario *scenario, double y, struct sheet *sheet);

#endif

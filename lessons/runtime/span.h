/* The spans of a timeline: a row, its activity, and the time of it. */
#ifndef SIMUL_LESSONS_RUNTIME_SPAN_H
#define SIMUL_LESSONS_RUNTIME_SPAN_H

#include <stdbool.h>
#include <stddef.h>

enum { SPAN_TEXT_BYTES = 40, SPANS_MOST = 256 };

enum span_kind {
    SPAN_AWAITS, /* the task waits, and its thread is free */
    SPAN_HOLDS,  /* the task holds its thread */
    SPAN_FROZEN, /* the task could go on, but another holds the thread */
    SPAN_KINDS,
};

struct span {
    char row[SPAN_TEXT_BYTES];
    char what[SPAN_TEXT_BYTES]; /* may be empty */
    enum span_kind kind;
    double begin_s; /* in the lesson's own seconds */
    double end_s;
};

/* Spans in the order of their beginning. A zeroed list is empty. */
struct spans {
    struct span list[SPANS_MOST];
    size_t count;
    double total_s;
};

/* Adds a span, if there is room. */
void spans_add(struct spans *spans, const struct span *span);

/* Fills `rows` in the order of their first spans; returns the number of rows. */
size_t spans_rows(const struct spans *spans, const char *rows[static SPANS_MOST]);

/* Is any span of this kind? Is this span the first, or the last, of its row? */
bool spans_have(const struct spans *spans, enum span_kind kind);
bool spans_is_first(const struct spans *spans, size_t index);
bool spans_is_last(const struct spans *spans, size_t index);

/* The step of an axis from 0 to total_s: 1, 2 or 5 times a power of ten, and so large
 * that there are at most `most` steps. */
double spans_step(double total_s, int most);

/* The name of a kind, for the key of a drawing. */
const char *span_kind_name(enum span_kind kind);

#endif

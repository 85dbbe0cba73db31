/* What a timeline is drawn from: who did what, from when to when. */
#ifndef SIMUL_LESSONS_RUNTIME_SPAN_H
#define SIMUL_LESSONS_RUNTIME_SPAN_H

#include <stdbool.h>
#include <stddef.h>

enum { SPAN_TEXT_BYTES = 40, SPANS_MOST = 256 };

enum span_kind {
    SPAN_AWAITS, /* it waits, and its thread is free */
    SPAN_HOLDS,  /* it keeps its thread */
    SPAN_FROZEN, /* it could go on, but another holds the thread */
    SPAN_KINDS,
};

struct span {
    char row[SPAN_TEXT_BYTES];
    char what[SPAN_TEXT_BYTES]; /* may be empty */
    enum span_kind kind;
    double begin_s; /* in the lesson's own seconds */
    double end_s;
};

/* In the order of their beginning. Zeroed: none. */
struct spans {
    struct span list[SPANS_MOST];
    size_t count;
    double total_s;
};

/* Adds one; where there is no room it is left out. */
void spans_add(struct spans *spans, const struct span *span);

/* The rows in the order of their first span; returns how many. */
size_t spans_rows(const struct spans *spans, const char *rows[static SPANS_MOST]);

/* Whether one is of that kind; whether one is the first, or the last, of its row. */
bool spans_have(const struct spans *spans, enum span_kind kind);
bool spans_is_first(const struct spans *spans, size_t index);
bool spans_is_last(const struct spans *spans, size_t index);

/* The step of an axis from 0 to total: 1, 2 or 5 times a power of ten, so that there
 * are at most `most` steps. */
double spans_step(double total_s, int most);

/* What a kind means, in a word or two. */
const char *span_kind_name(enum span_kind kind);

#endif

/* The spans of a timeline: a row, its activity, and the time of it. */
#ifndef SIMUL_LESSONS_RUNTIME_SPAN_H
#define SIMUL_LESSONS_RUNTIME_SPAN_H

#include <stdbool.h>
#include <stddef.h>

enum { SPAN_TEXT_BYTES = 40, SPANS_MOST = 256 };

/* The row of the program's first task. */
#define SPAN_MAIN "main"

enum span_kind {
    SPAN_AWAITS, /* the task waits, and its thread is free */
    SPAN_ACTS,   /* the task works as a person does, and its thread is free */
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

/* A line that was printed. */
struct saying {
    char row[SPAN_TEXT_BYTES]; /* of the task that printed it */
    char text[SPAN_TEXT_BYTES];
    double at_s;
};

/* Spans in the order of their beginning, and lines in the order of their time. A zeroed
 * list is empty. */
struct spans {
    struct span list[SPANS_MOST];
    size_t count;
    struct saying sayings[SPANS_MOST];
    size_t saying_count;
    double total_s;
};

/* Adds a span, if there is room. */
void spans_add(struct spans *spans, const struct span *span);

/* Adds a printed line, if there is room. Leaves out the row's name if the text begins with
 * it: "board 1: e2e4" is "e2e4" in the row of board 1. */
void spans_say(struct spans *spans, const char *row, const char *text, double at_s);

/* The row in which a printed line is marked: its task's, if that has a span; else SPAN_MAIN,
 * for example if a callback of the loop printed it. */
const char *spans_saying_row(const struct spans *spans, const struct saying *saying);

/* Fills `rows` in the order of their first spans; returns the number of rows. */
size_t spans_rows(const struct spans *spans, const char *rows[static SPANS_MOST]);

/* Is any span in this row? */
bool spans_has_row(const struct spans *spans, const char *row);

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

/* The finding of a picture, as a sentence that is made from the numbers of a summary.
 */
#ifndef SIMUL_BENCH_PICTURES_FINDING_H
#define SIMUL_BENCH_PICTURES_FINDING_H

#include "bench/summary/summary.h"

#define FINDING_BYTES 300

/* The words of a story: a chess exhibition has boards and a master, other scenarios
 * have conversations and a sender. */
struct story {
    const char *title;   /* the sender, at the beginning of a title */
    const char *sender;  /* beside its bar */
    const char *one;     /* one conversation */
    const char *many;    /* several conversations */
    const char *average; /* beside the bar of all conversations */
    const char *sends;   /* this and the next three: in the legend */
    const char *waits;
    const char *responds;
    const char *idle;
    const char *whole;   /* the heading of the lower part of "boards" */
    const char *answer;  /* what a request brings: one */
    const char *answers; /* and several */
};

/* The words of the scenario's story. */
const struct story *story_of(const struct scenario *scenario);

/* The fastest of the models that have a speedup, without the baseline. Of several that
 * are equally fast within 0.5 %, it is one with a printed figure. NULL: there is none.
 */
const struct summary_model *finding_fastest(const struct summary_point *point);

/* Writes which model is faster than the baseline, and by how much. Returns `text`. */
const char *finding_speed(const struct summary_point *point,
                          char text[static FINDING_BYTES]);

/* Writes how well theory and measurement agree, and which printed figure does not hold.
 * Returns `text`. */
const char *finding_agreement(const struct summary_point *point,
                              char text[static FINDING_BYTES]);

/* Writes the scenario's title, how fast it was run, and how many trials each model had.
 * Returns `text`. */
const char *finding_subject(const struct summary_point *point,
                            char text[static FINDING_BYTES]);

/* Writes the setting as the table does, without how fast it was run. Returns `text`. */
const char *finding_setting(const struct summary_point *point,
                            char text[static FINDING_BYTES]);

#endif

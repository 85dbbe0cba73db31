/* What a picture finds, in a sentence made from the numbers of a summary. */
#ifndef SIMUL_BENCH_PICTURES_FINDING_H
#define SIMUL_BENCH_PICTURES_FINDING_H

#include "bench/summary/summary.h"

#define FINDING_BYTES 300

/* The words of a story: a chess exhibition has boards, all else has conversations. */
struct story {
    const char *title;   /* the sender, at the beginning of a title */
    const char *sender;  /* beside its bar */
    const char *one;     /* conversation, */
    const char *many;    /* and several */
    const char *average; /* beside the bar of all conversations */
    const char *sends;   /* of the legend, as the rest */
    const char *waits;
    const char *responds;
    const char *idle;
    const char *whole;   /* heads where all the time goes */
    const char *answer;  /* what is done: one, */
    const char *answers; /* and many */
};

/* The words of the scenario's story. */
const struct story *story_of(const struct scenario *scenario);

/* The fastest model but the baseline, of those that a speedup is known of; of several
 * that are equally fast within 0.5 % one of which a figure is printed. NULL: there is
 * none. */
const struct summary_model *finding_fastest(const struct summary_point *point);

/* Who is faster than the baseline, and by how much. Returns `text`. */
const char *finding_speed(const struct summary_point *point,
                          char text[static FINDING_BYTES]);

/* How well theory and measurement agree, and which printed figure does not hold.
 * Returns `text`. */
const char *finding_agreement(const struct summary_point *point,
                              char text[static FINDING_BYTES]);

/* The scenario's title, how fast it was run, and how many trials a figure stands on.
 * Returns `text`. */
const char *finding_subject(const struct summary_point *point,
                            char text[static FINDING_BYTES]);

/* The setting as the table says it, but for how fast it was run. Returns `text`. */
const char *finding_setting(const struct summary_point *point,
                            char text[static FINDING_BYTES]);

#endif

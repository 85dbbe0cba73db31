/* The words of a story: a chess exhibition has boards and a master, other scenarios have
 * conversations and a sender. Also what the colours of a legend mean, which depends on
 * who sends. */
#ifndef SIMUL_BENCH_PICTURES_STORY_H
#define SIMUL_BENCH_PICTURES_STORY_H

#include "bench/pictures/axis.h"
#include "bench/pictures/course.h"

struct story {
    const char *title;    /* the sender, at the beginning of a title */
    const char *sender;   /* beside its bar */
    const char *one;      /* one conversation */
    const char *many;     /* several conversations */
    const char *average;  /* beside the bar of all conversations */
    const char *in_line;  /* in a title: what is done instead of one after the other */
    const char *sends;    /* this and the next two: in the legend */
    const char *responds; /* and there */
    const char *over;
    const char *unsent; /* the time without a send, if there are several senders */
    const char *whole;  /* the heading of the lower part of "boards" */
    const char *answer; /* what a request brings: one */
    const char *answers;
};

/* The words of the scenario's story. */
const struct story *story_of(const struct scenario *scenario);

/* True: at most one request is sent at a time, so that there is "the sender". */
bool story_has_one_sender(const struct scenario *scenario);

/* Writes the name of the time in which nothing is sent: "sender idle", or "nothing sent"
 * if there is not one sender. Returns `text`. */
const char *story_idle(const struct scenario *scenario,
                       char text[static AXIS_TEXT_BYTES]);

/* What the grey time before a send is in this scenario, in the legend: from the begin of
 * a request, or even from the time at which it could have begun. */
const char *story_waits(const struct scenario *scenario, bool from_ready);

#endif

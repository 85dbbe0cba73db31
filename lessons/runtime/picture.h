/* The timeline of a lesson as a picture for a slide: SVG, 1600 wide, and as high as
 * what is in it, 900 at most. */
#ifndef SIMUL_LESSONS_RUNTIME_PICTURE_H
#define SIMUL_LESSONS_RUNTIME_PICTURE_H

#include "base/error.h"
#include "lessons/runtime/span.h"

/* What it says beside the timeline. */
struct caption {
    const char *title;     /* the lesson's name */
    const char *words;     /* the sentence to remember */
    const char *total;     /* how long it took, against what */
    const char *other_way; /* "one after the other"; NULL: there is none */
    double other_way_s;    /* and what that takes */
};

/* Fails where the file could not be written, before there is anything to write, and
 * leaves it, or its absence, as it was. */
bool picture_check(const char *path, struct error *error);

/* Writes it. Fails where the file can't be written. */
bool picture_write(const struct spans *spans, const struct caption *caption,
                   const char *path, struct error *error);

#endif

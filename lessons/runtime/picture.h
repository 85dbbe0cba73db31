/* The timeline of a lesson as a picture for a slide: SVG, PNG or PDF, 16:9. */
#ifndef SIMUL_LESSONS_RUNTIME_PICTURE_H
#define SIMUL_LESSONS_RUNTIME_PICTURE_H

#include "base/error.h"
#include "lessons/runtime/span.h"

/* The texts of the picture outside of its timeline. */
struct caption {
    const char *title;     /* the finding: the sentence to remember */
    const char *words;     /* the lesson's name, and what it shows */
    const char *total;     /* the measured time and its comparison */
    const char *other_way; /* "one after the other"; NULL: there is none */
    double other_way_s;    /* the time that the other way takes */
};

/* Fails (input) if the file cannot be written, if its name does not end with .svg, .png or
 * .pdf, or if gnuplot, which makes a PNG and a PDF, is not there; so that this is known before the lesson
 * runs. Leaves an existing file as it is, and no new one. */
bool picture_check(const char *path, struct error *error);

/* Writes the picture in the format of its name, else as SVG. Fails if the file cannot be
 * written, or if gnuplot fails. */
bool picture_write(const struct spans *spans, const struct caption *caption,
                   const char *path, struct error *error);

#endif

/* The timeline of a lesson as a picture for a slide: SVG, 1600 x 900. */
#ifndef SIMUL_LESSONS_RUNTIME_PICTURE_H
#define SIMUL_LESSONS_RUNTIME_PICTURE_H

#include "base/error.h"
#include "lessons/runtime/span.h"

/* Writes it. The title is the lesson's name, the subtitle the sentence to remember.
 * Fails where the file can't be written. */
bool picture_write(const struct spans *spans, const char *title, const char *subtitle,
                   const char *path, struct error *error);

#endif

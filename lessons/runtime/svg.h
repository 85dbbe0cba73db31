/* Text in an SVG: written so that it stays text, and as wide as it may come out. */
#ifndef SIMUL_LESSONS_RUNTIME_SVG_H
#define SIMUL_LESSONS_RUNTIME_SVG_H

#include <stdio.h>

/* Writes a <text> of that size in pixels; attributes are SVG's own. */
void svg_text(FILE *file, double x, double y, double px, const char *attributes,
              const char *text);

/* How wide it is at most, in pixels, in any of the fonts that a picture names. */
double svg_text_width(const char *text, double px);

/* The size, `px` or less, at which it is no wider than `width`. */
double svg_text_px(const char *text, double px, double width);

#endif

/* Text in an SVG: escapes it, and estimates its width. */
#ifndef SIMUL_LESSONS_RUNTIME_SVG_H
#define SIMUL_LESSONS_RUNTIME_SVG_H

#include <stdio.h>

/* Writes a <text> of this size in pixels, with these attributes of SVG. */
void svg_text(FILE *file, double x, double y, double px, const char *attributes,
              const char *text);

/* Writes a text as XML. */
void svg_escape(FILE *file, const char *text);

/* The width in pixels that the text has at most, in every font that a picture names. */
double svg_text_width(const char *text, double px);

/* The largest size up to `px` at which the text is no wider than `width`. */
double svg_text_px(const char *text, double px, double width);

#endif

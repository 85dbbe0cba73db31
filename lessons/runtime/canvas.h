/* A canvas of 1600 x 900 pixels, 16:9, which becomes an SVG, or a script of gnuplot that
 * makes a PNG or a PDF of the same picture. */
#ifndef SIMUL_LESSONS_RUNTIME_CANVAS_H
#define SIMUL_LESSONS_RUNTIME_CANVAS_H

#include <stdbool.h>
#include <stdio.h>

enum { CANVAS_WIDTH = 1600, CANVAS_HEIGHT = 900 };

enum canvas_format { CANVAS_SVG, CANVAS_PNG, CANVAS_PDF };

/* What a text is for: its colour, its weight, and the side on which x lies. */
enum canvas_style {
    CANVAS_TITLE,  /* black, bold, x is its left end */
    CANVAS_NOTE,   /* grey, x is its left end */
    CANVAS_BESIDE, /* dark, x is its left end */
    CANVAS_ROW,    /* dark, x is its right end */
    CANVAS_INSIDE, /* black, x is its middle */
    CANVAS_TIC,    /* grey, x is its middle */
    CANVAS_STYLES,
};

struct canvas {
    FILE *out; /* borrowed */
    enum canvas_format format;
    int count; /* of the boxes so far, which gnuplot wants numbered */
};

/* The format of a file's name by its ending, .svg, .png or .pdf; false if it has none of
 * them. */
bool canvas_format_of(const char *path, enum canvas_format *format);

/* Begins and ends the picture. `title` is what a screen reader says of an SVG. */
void canvas_begin(struct canvas *canvas, const char *title);
void canvas_end(struct canvas *canvas);

/* Boxes lie on the earlier ones, and texts on all boxes. `y` is the upper edge, and of a
 * text the base line. `colour` is "#RRGGBB". */
void canvas_box(struct canvas *canvas, double x, double y, double width, double height,
                const char *colour);
void canvas_text(struct canvas *canvas, double x, double y, double px,
                 enum canvas_style style, const char *text);

#endif

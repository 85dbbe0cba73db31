/* One picture as tables for gnuplot: texts, lines and bars on a canvas of 1600 x 900
 * pixels, whose origin is at the bottom left. The program says what stands where; the
 * template plots/<picture>.gp says how it looks. */
#ifndef SIMUL_BENCH_PICTURES_SHEET_H
#define SIMUL_BENCH_PICTURES_SHEET_H

#include "base/error.h"
#include "bench/pictures/axis.h"
#include "bench/pictures/bars.h"
#include "bench/pictures/glyphs.h"
#include "bench/pictures/gridlines.h"

#include <limits.h>
#include <stdio.h>

#define SHEET_WIDTH      1600
#define SHEET_HEIGHT     900
#define SHEET_MARGIN     50
#define SHEET_STEM_BYTES 128

/* Every text has a class; plots/style.gp sets its font, its colour and its alignment
 * (left, right or centred). */
enum text_class {
    TEXT_TITLE,    /* the finding */
    TEXT_SUBTITLE, /* the setting */
    TEXT_HEADING,  /* of a part of the picture */
    TEXT_NAME,     /* a model, on the left of its panel */
    TEXT_ROW,      /* a row's number */
    TEXT_VALUE,    /* a figure at the end of a line */
    TEXT_NOTE,     /* a remark beside or below a figure */
    TEXT_LEGEND,
    TEXT_TIC,
    TEXT_SPLIT, /* that what stands below has another axis; in a thumbnail, too */
    TEXT_CLASS_COUNT,
};

enum line_class {
    LINE_GRID,     /* of a tic */
    LINE_MAKESPAN, /* the end of a model's work */
    LINE_FRAME,    /* around an empty bar */
    LINE_WHISKER,  /* an interval */
    LINE_HATCH,    /* over what is no result */
    LINE_PROMISE,  /* a figure that was promised */
};

/* The source of a figure that is drawn as a bar. */
enum value_class { VALUE_PRINTED, VALUE_PREDICTED, VALUE_MEASURED };

struct sheet {
    char stem[SHEET_STEM_BYTES]; /* of its files: "timeline", "2-urls-timeline-1" */
    char folder[PATH_MAX];       /* of its tables */
    struct glyphs *glyphs;
    FILE *texts;
    FILE *lines;
    FILE *bars;
    FILE *dots;
    FILE *values;          /* NULL until there is one */
    struct gridlines grid; /* written when the sheet is closed */
    bool is_out_of_memory;
    bool has_density;              /* some bars are as high as their part of the time */
    int text_px[TEXT_CLASS_COUNT]; /* font sizes; a picture may change them */
};

/* Opens the tables of a sheet in `folder`, which exists; `glyphs` is borrowed. Fails if
 * they can't be written. Call sheet_close() in any case. */
bool sheet_open(struct sheet *sheet, const char *folder, const char *stem,
                struct glyphs *glyphs, struct error *error);

/* Writes the last table, with the font sizes, and closes all tables. Fails if one of
 * them could not be written. */
bool sheet_close(struct sheet *sheet, struct error *error);

/* Adds a text. x is its left end, its right end or its centre, by the alignment of its
 * class; y is the middle of its height. */
void sheet_text(struct sheet *sheet, enum text_class class, double x, double y,
                const char *text);

/* The width of a text of this class in pixels, as Inter has it. */
double sheet_width(const struct sheet *sheet, enum text_class class, const char *text);

/* The x after a text that begins at `x`, also in a font that is a tenth wider than Inter.
 */
double sheet_after(const struct sheet *sheet, enum text_class class, const char *text,
                   double x);

/* Makes the class as small as the text needs to fit, but not smaller than `least_px`;
 * a text that is still too long is cut, with an ellipsis. Returns `text`. */
char *sheet_fit(struct sheet *sheet, enum text_class class, char *text,
                double most_width, int least_px);

void sheet_line(struct sheet *sheet, enum line_class class, double x0, double y0,
                double x1, double y1);

/* Adds a frame of four lines. */
void sheet_frame(struct sheet *sheet, double left, double bottom, double right,
                 double top);

/* Hatches a rectangle in white, over its bars. */
void sheet_hatch(struct sheet *sheet, double left, double bottom, double right,
                 double top);

/* Adds a dot: one trial. */
void sheet_dot(struct sheet *sheet, double x, double y);

/* Adds a bar in the colour of a phase. The bar is given in pixels, not in seconds. */
void sheet_block(struct sheet *sheet, enum phase phase, double left, double bottom,
                 double right, double top);

/* Adds a figure of a model in seconds, as a bar. Fails if the table can't be written.
 */
bool sheet_value(struct sheet *sheet, enum value_class class, const char *model,
                 double value_s, double left, double bottom, double right, double top,
                 struct error *error);

/* Adds bars; second 0 lies at `left`. */
void sheet_bars(struct sheet *sheet, const struct bars *bars, double left,
                double px_per_s);

/* Adds the title at the top, and below it the setting and the pace: in one line if they
 * fit, else in two. Returns the y below them. */
double sheet_head(struct sheet *sheet, const char *title, const char *setting,
                  const char *pace);

/* Adds an upright line of the grid. It leaves out the texts of the whole sheet. */
void sheet_grid(struct sheet *sheet, double x, double bottom, double top);

/* Adds an axis of time from 0 to `longest_s` with a grid up to `top`; its labels lie
 * below `bottom`. */
void sheet_axis(struct sheet *sheet, const struct axis *axis, double longest_s,
                double left, double px_per_s, double bottom, double top);

#endif

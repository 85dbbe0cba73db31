/* The cells of a screen. They are drawn one by one and written row by row. */
#ifndef SIMUL_BENCH_LIVE_GRID_H
#define SIMUL_BENCH_LIVE_GRID_H

#include "bench/live/ink.h"

#include <stddef.h>

enum { GRID_MOST_ROWS = 300, GRID_MOST_COLUMNS = 500 };

/* A character and its ink; an empty glyph is the right half of a wide character. */
struct grid_cell {
    char glyph[5];
    unsigned char ink;
};

/* A zeroed grid is closed. */
struct grid {
    struct grid_cell *cells; /* [row][column], owned */
    int rows;
    int columns;
    bool utf8; /* false: a character beyond ASCII becomes '?' */
};

/* Makes a grid of blank cells; its size is cut to GRID_MOST_ROWS and GRID_MOST_COLUMNS.
 * False: out of memory. */
bool grid_open(struct grid *grid, int rows, int columns, bool utf8);
void grid_close(struct grid *grid);

/* Draws a text, cut at the right edge. Each character that could control a terminal
 * becomes '?', so the text may come from any source. Returns the column after it. */
int grid_text(struct grid *grid, int row, int column, enum ink ink, const char *text);

/* Draws a text that ends at the column before `end`, cut at the left. */
void grid_text_before(struct grid *grid, int row, int end, enum ink ink,
                      const char *text);

/* Draws a glyph of ink.c or chart.c, one column wide. Outside of the grid nothing is
 * drawn. */
void grid_glyph(struct grid *grid, int row, int column, enum ink ink,
                const char *glyph);

/* The number of columns up to the last that is not blank. */
int grid_length(const struct grid *grid, int row);

/* The most bytes that grid_write() writes for a row, with the zero byte. */
size_t grid_row_bytes(const struct grid *grid);

/* Writes a row without the blanks at its end, and resets the colour after it. Returns
 * the number of bytes without the zero byte. */
size_t grid_write(const struct grid *grid, int row, enum ink_colours colours, char *to);

/* The number of columns that a text takes. */
int grid_width(const char *text);

#endif

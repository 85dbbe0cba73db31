/* A screen's cells, drawn into one after the other and written out at once. */
#ifndef SIMUL_BENCH_LIVE_GRID_H
#define SIMUL_BENCH_LIVE_GRID_H

#include "bench/live/ink.h"

#include <stddef.h>

enum { GRID_MOST_ROWS = 300, GRID_MOST_COLUMNS = 500 };

/* A character and how it is written; no character: the right half of a wide one. */
struct grid_cell {
    char glyph[5];
    unsigned char ink;
};

/* Zeroed: closed. */
struct grid {
    struct grid_cell *cells; /* [row][column], owned */
    int rows;
    int columns;
    bool utf8; /* else everything beyond ASCII is a '?' */
};

/* Blank cells; more rows or columns than the most are cut. False: out of memory. */
bool grid_open(struct grid *grid, int rows, int columns, bool utf8);
void grid_close(struct grid *grid);

/* Draws text from anywhere, cut at the right edge, with a '?' for each character that a
 * terminal would obey. Returns the column after it. */
int grid_text(struct grid *grid, int row, int column, enum ink ink, const char *text);

/* Draws a text that ends at the column before `end`, cut at the left. */
void grid_text_before(struct grid *grid, int row, int end, enum ink ink,
                      const char *text);

/* Draws one of our own glyphs. Outside of the grid nothing is drawn. */
void grid_glyph(struct grid *grid, int row, int column, enum ink ink,
                const char *glyph);

/* Columns up to the last that is not blank. */
int grid_length(const struct grid *grid, int row);

/* How many bytes grid_write() takes at most, with the zero byte. */
size_t grid_row_bytes(const struct grid *grid);

/* Writes a row without its blanks at the end; colours are as they were after it.
 * Returns the bytes without the zero byte. */
size_t grid_write(const struct grid *grid, int row, enum ink_colours colours, char *to);

/* How many columns a text takes. */
int grid_width(const char *text);

#endif

/* The cells of a screen. With them a frame can be drawn in any order, cut at any edge,
 * and compared in tests. */
#include "bench/live/grid.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { CELL_MOST_BYTES = 48 }; /* a glyph, and the codes before and after it */

static int at_most(int number, int most) {
    return number < 0 ? 0 : number < most ? number : most;
}

bool grid_open(struct grid *grid, int rows, int columns, bool utf8) {
    *grid = (struct grid){.rows = at_most(rows, GRID_MOST_ROWS),
                          .columns = at_most(columns, GRID_MOST_COLUMNS),
                          .utf8 = utf8};
    size_t count = (size_t)grid->rows * (size_t)grid->columns;
    grid->cells = calloc(count + 1, sizeof *grid->cells);
    for (size_t i = 0; grid->cells && i < count; i++) {
        grid->cells[i].glyph[0] = ' ';
    }
    return grid->cells != NULL;
}

void grid_close(struct grid *grid) {
    free(grid->cells);
    *grid = (struct grid){.cells = NULL};
}

static void put(struct grid *grid, int row, int column, enum ink ink, const char *text,
                size_t bytes) {
    if (row >= 0 && row < grid->rows && column >= 0 && column < grid->columns) {
        struct grid_cell *cell = &grid->cells[row * grid->columns + column];
        *cell = (struct grid_cell){.ink = (unsigned char)ink};
        memcpy(cell->glyph, text, bytes < 4 ? bytes : 4);
    }
}

void grid_glyph(struct grid *grid, int row, int column, enum ink ink,
                const char *glyph) {
    put(grid, row, column, ink, glyph, strlen(glyph));
}

/* The next character and its columns; '?' for one that may not be shown. */
static const char *next(const char *text, bool utf8, size_t *taken, size_t *bytes,
                        int *columns) {
    int32_t code = utf8_read(text, strlen(text), taken);
    bool is_shown = code >= 0 && !utf8_is_hostile(code) && (utf8 || code < 0x80);
    *bytes = is_shown ? *taken : 1;
    *columns = is_shown ? utf8_columns(code) : 1;
    return is_shown ? text : "?";
}

int grid_text(struct grid *grid, int row, int column, enum ink ink, const char *text) {
    size_t taken;
    for (; *text; text += taken) {
        size_t bytes;
        int columns;
        const char *shown = next(text, grid->utf8, &taken, &bytes, &columns);
        if (column + columns > grid->columns) {
            return column;
        }
        if (columns > 0) { /* a combining character is left out */
            put(grid, row, column, ink, shown, bytes);
        }
        if (columns == 2) {
            put(grid, row, column + 1, ink, "", 0);
        }
        column += columns;
    }
    return column;
}

int grid_width(const char *text) {
    int width = 0;
    size_t taken;
    for (; *text; text += taken) {
        size_t bytes;
        int columns;
        next(text, true, &taken, &bytes, &columns);
        width += columns;
    }
    return width;
}

void grid_text_before(struct grid *grid, int row, int end, enum ink ink,
                      const char *text) {
    grid_text(grid, row, end - grid_width(text), ink, text);
}

int grid_length(const struct grid *grid, int row) {
    const struct grid_cell *cells = &grid->cells[row * grid->columns];
    int length = grid->columns;
    while (length > 0 && cells[length - 1].glyph[0] == ' ') {
        length--;
    }
    return length;
}

size_t grid_row_bytes(const struct grid *grid) {
    return (size_t)grid->columns * CELL_MOST_BYTES + 1;
}

static size_t append(char *to, size_t used, const char *text) {
    size_t bytes = strlen(text);
    memcpy(to + used, text, bytes);
    return used + bytes;
}

size_t grid_write(const struct grid *grid, int row, enum ink_colours colours,
                  char *to) {
    const struct grid_cell *cells = &grid->cells[row * grid->columns];
    int length = grid_length(grid, row);
    enum ink ink = INK_PLAIN;
    size_t used = 0;
    for (int i = 0; i < length; i++) {
        /* A blank keeps the colour before it, which saves codes and bytes. */
        bool is_blank = cells[i].glyph[0] == ' ';
        enum ink own = is_blank ? ink : (enum ink)cells[i].ink;
        if (own != ink) {
            used = append(to, used, ink_code(own, colours));
            ink = own;
        }
        used = append(to, used, cells[i].glyph);
    }
    if (ink != INK_PLAIN) {
        used = append(to, used, ink_code(INK_PLAIN, colours));
    }
    to[used] = '\0';
    return used;
}

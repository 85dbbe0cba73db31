/* Cuts the lines of a grid where texts stand. */
#include "bench/pictures/gridlines.h"

#include <stdlib.h>

/* Makes room for one more; false: out of memory. */
static bool make_room(void **list, size_t count, size_t *room, size_t bytes) {
    if (count < *room) {
        return true;
    }
    size_t more = *room ? *room * 2 : 64;
    void *grown = realloc(*list, more * bytes);
    if (!grown) {
        return false;
    }
    *list = grown;
    *room = more;
    return true;
}

bool gridlines_add(struct gridlines *grid, double x, double bottom, double top) {
    if (!make_room((void **)&grid->lines, grid->line_count, &grid->line_room,
                   sizeof *grid->lines)) {
        return false;
    }
    grid->lines[grid->line_count++] = (struct gridline){x, bottom, top};
    return true;
}

bool gridlines_avoid(struct gridlines *grid, const struct gridlines_box *box) {
    if (!make_room((void **)&grid->boxes, grid->box_count, &grid->box_room,
                   sizeof *grid->boxes)) {
        return false;
    }
    grid->boxes[grid->box_count++] = *box;
    return true;
}

/* The lowest box that the line meets above `from`; NULL: there is none. */
static const struct gridlines_box *find_box(const struct gridlines *grid, double x,
                                            double from, double top) {
    const struct gridlines_box *lowest = NULL;
    for (size_t i = 0; i < grid->box_count; i++) {
        const struct gridlines_box *box = &grid->boxes[i];
        bool is_met =
            box->left <= x && x <= box->right && box->top > from && box->bottom < top;
        if (is_met && (!lowest || box->bottom < lowest->bottom)) {
            lowest = box;
        }
    }
    return lowest;
}

void gridlines_draw(const struct gridlines *grid,
                    void (*draw)(const struct gridline *piece, void *context),
                    void *context) {
    for (size_t i = 0; i < grid->line_count; i++) {
        struct gridline piece = grid->lines[i];
        const double top = piece.top;
        while (piece.bottom < top) {
            const struct gridlines_box *box =
                find_box(grid, piece.x, piece.bottom, top);
            piece.top = box ? box->bottom : top;
            if (piece.top > piece.bottom) {
                draw(&piece, context);
            }
            piece.bottom = box ? box->top : top;
        }
    }
}

void gridlines_close(struct gridlines *grid) {
    free(grid->lines);
    free(grid->boxes);
    *grid = (struct gridlines){.lines = NULL};
}

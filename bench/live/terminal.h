/* The terminal behind stderr: if there is one, its size and its colours, and rows of
 * text that are drawn again in place. No setting of the terminal stays changed between
 * two writes, so the terminal is in order however the program ends. */
#ifndef SIMUL_BENCH_LIVE_TERMINAL_H
#define SIMUL_BENCH_LIVE_TERMINAL_H

#include "bench/live/grid.h"

enum terminal_wish {
    TERMINAL_COLOUR_AUTO,
    TERMINAL_COLOUR_ALWAYS,
    TERMINAL_COLOUR_NEVER
};

/* A zeroed terminal is closed. */
struct terminal {
    int fd;      /* 0: there is no terminal to draw on */
    bool is_own; /* fd was opened here, and is non-blocking */
    bool utf8;
    enum ink_colours colours;
    int rows; /* of the screen, as of the last terminal_measure() */
    int columns;
    int drawn_rows;    /* rows above the cursor that the next frame overwrites */
    int drawn_columns; /* of the screen, when they were drawn */
    int drawn_lengths[GRID_MOST_ROWS];
    char *text; /* owned: the frame being written */
    size_t text_bytes;
    size_t written_bytes; /* less than text_bytes: the rest has to be written later */
};

/* Chooses the colours by the values of NO_COLOR and COLORTERM; NULL: not set. With
 * TERMINAL_COLOUR_AUTO there are colours unless NO_COLOR is set and not empty. */
enum ink_colours terminal_choose_colours(enum terminal_wish wish, const char *no_color,
                                         const char *colorterm);

/* True if a terminal of this type (TERM) can move its cursor. */
bool terminal_can_move(const char *term);

/* Opens the terminal behind a descriptor. `fd` of the result is 0 if the descriptor is
 * no terminal, or one that can't move its cursor. */
void terminal_open(struct terminal *terminal, int fd, enum terminal_wish wish);

/* Writes the rest of a frame, but waits only a moment for it; then closes. */
void terminal_close(struct terminal *terminal);

/* Reads the size anew. False: nothing can be drawn now, because the program is in the
 * background (the rows drawn before then stay for good), or because the terminal has
 * not taken all of the last frame. */
bool terminal_measure(struct terminal *terminal);

/* Draws the first rows of the grid over those drawn before, and puts the cursor on the
 * line below. It never blocks: bytes that the terminal does not take at once are
 * written by a later call. An error of the terminal is ignored. */
void terminal_draw(struct terminal *terminal, const struct grid *grid, int rows);

/* True if the terminal has not taken all of the last frame. terminal_measure() writes
 * the rest. */
bool terminal_is_behind(const struct terminal *terminal);

/* Removes the rows. The next output stands where they began. */
void terminal_erase(struct terminal *terminal);

/* Leaves the rows on the screen for good. */
void terminal_keep(struct terminal *terminal);

#endif

/* The terminal behind stderr: is there one, how big is it, which colours does it take;
 * and rows of text that are drawn again in place. Nothing of it is left changed between
 * two writes: whatever ends the program, the terminal is as it was. */
#ifndef SIMUL_BENCH_LIVE_TERMINAL_H
#define SIMUL_BENCH_LIVE_TERMINAL_H

#include "bench/live/grid.h"

enum terminal_wish {
    TERMINAL_COLOUR_AUTO,
    TERMINAL_COLOUR_ALWAYS,
    TERMINAL_COLOUR_NEVER
};

/* Zeroed: closed. */
struct terminal {
    int fd;      /* 0: there is none to draw on */
    bool is_own; /* fd was opened here, and does not wait */
    bool utf8;
    enum ink_colours colours;
    int rows; /* of the screen, as of the last terminal_measure() */
    int columns;
    int drawn_rows;    /* above the cursor, and ours to overwrite */
    int drawn_columns; /* of the screen, when they were drawn */
    int drawn_lengths[GRID_MOST_ROWS];
    char *text; /* owned: the frame being written */
    size_t text_bytes;
    size_t
        written_bytes; /* less than text_bytes: the terminal takes no more just now */
};

/* Which colours a terminal takes, from what the environment says; NULL: not set.
 * Colours are for who wished for them, or where NO_COLOR is not set. */
enum ink_colours terminal_choose_colours(enum terminal_wish wish, const char *no_color,
                                         const char *colorterm);

/* A terminal of this type moves its cursor when it is told to. */
bool terminal_can_move(const char *term);

/* Opens the terminal behind a descriptor; there is none where it is something else, or
 * of a type that can only print. */
void terminal_open(struct terminal *terminal, int fd, enum terminal_wish wish);

/* Writes what is left of a frame, for a moment at most. */
void terminal_close(struct terminal *terminal);

/* Reads its size anew. False: just now it is not ours to draw on, since we are in the
 * background (then the rows drawn before are left for good), or it has not taken all of
 * the last frame. */
bool terminal_measure(struct terminal *terminal);

/* Puts the first rows of the grid in the place of those drawn before, with one write,
 * and the cursor on the line below. What the terminal does not take at once, it gets
 * later; nobody waits for it, and no error of it ends anything. */
void terminal_draw(struct terminal *terminal, const struct grid *grid, int rows);

/* It has not taken all of the last frame yet; terminal_measure() tries again. */
bool terminal_is_behind(const struct terminal *terminal);

/* Takes the rows away: what is printed next stands where they began. */
void terminal_erase(struct terminal *terminal);

/* Leaves the rows where they are, for good. */
void terminal_keep(struct terminal *terminal);

#endif

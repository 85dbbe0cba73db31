/* Chess boards, to be shown. They know how pieces stand and move, and no rules. */
#ifndef SIMUL_LESSONS_BOARD_H
#define SIMUL_LESSONS_BOARD_H

#include <stddef.h>

struct board {
    char squares[8][8]; /* [rank][file]: "KQRBNP" white, "kqrbnp" black, 0: empty */
    char name[16];      /* "board 1" */
    char number[8];     /* "1" */
    char last[8];       /* the last move, as it is shown; "" before the first */
};

/* All pieces where they begin. */
void board_set_up(struct board *board, int number);

/* A move in coordinates, "e2e4"; a '#' behind it is shown, and no more. */
void board_move(struct board *board, const char *move);

/* All of them, each with its name and its last move; as many side by side as the page
 * has room for. */
void boards_show(const struct board boards[], size_t count);

#endif

/* Chess boards that a lesson shows. They know where pieces stand, but no rules. */
#ifndef SIMUL_LESSONS_BOARD_H
#define SIMUL_LESSONS_BOARD_H

#include <stddef.h>

struct board {
    char squares[8][8]; /* [rank][file]: "KQRBNP" white, "kqrbnp" black, 0: empty */
    char name[16];      /* "board 1" */
    char number[8];     /* "1" */
    char last[8];       /* the last move, as it is shown; "" before the first */
};

/* Puts all pieces on their first squares. */
void board_set_up(struct board *board, int number);

/* Makes a move in coordinates, "e2e4". A '#' after it is only shown. */
void board_move(struct board *board, const char *move);

/* Prints all boards, each with its name and its last move; as many side by side as the
 * page has room for. */
void boards_show(const struct board boards[], size_t count);

#endif

/* lessons/runtime/board.c: the places and the moves of pieces. */
#include "lessons/board.h"

#include <criterion/criterion.h>
#include <string.h>

Test(lesson_board, is_set_up_as_every_game_begins) {
    struct board board;
    board_set_up(&board, 3);
    cr_expect_str_eq(board.name, "board 3");
    cr_expect_eq(board.squares[0][4], 'K');
    cr_expect_eq(board.squares[7][3], 'q');
    cr_expect_eq(board.squares[1][0], 'P');
    cr_expect_eq(board.squares[4][4], 0);
}

Test(lesson_board, a_move_takes_the_piece_on_its_square) {
    struct board board;
    board_set_up(&board, 1);
    board_move(&board, "d1h5");
    board_move(&board, "h5f7#");
    cr_expect_eq(board.squares[6][5], 'Q');
    cr_expect_eq(board.squares[0][3], 0);
    cr_expect_eq(board.squares[4][7], 0);
    cr_expect_str_eq(board.last, "h5f7#");
}

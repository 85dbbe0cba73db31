/* Draws boards as a spectator sees them, with white below. */
#include "lessons/board.h"
#include "lessons/runtime/piece.h"
#include "lessons/runtime/stage.h"

#include <stdio.h>
#include <string.h>

enum { BOARD_COLUMNS = 18 }; /* with a gap of two; a page has at least 40 columns */

void board_set_up(struct board *board, int number) {
    *board = (struct board){.last = ""};
    snprintf(board->name, sizeof board->name, "board %d", number);
    snprintf(board->number, sizeof board->number, "%d", number);
    memcpy(board->squares[0], "RNBQKBNR", 8);
    memset(board->squares[1], 'P', 8);
    memset(board->squares[6], 'p', 8);
    memcpy(board->squares[7], "rnbqkbnr", 8);
}

void board_move(struct board *board, const char *move) {
    char *from = &board->squares[(move[1] - '1') & 7][(move[0] - 'a') & 7];
    char *to = &board->squares[(move[3] - '1') & 7][(move[2] - 'a') & 7];
    *to = *from;
    *from = 0;
    snprintf(board->last, sizeof board->last, "%s", move);
}

/* The square a1 is dark. */
static void print_rank(const struct board *board, int rank, const struct page *page) {
    for (int file = 0; file < 8; file++) {
        piece_print(board->squares[rank][file], (rank + file) % 2 == 1, page);
    }
    piece_end_row(page);
}

static void show_side_by_side(const struct board boards[], size_t count,
                              const struct page *page) {
    putc('\n', page->out);
    for (size_t i = 0; i < count; i++) {
        fprintf(page->out, "   %s %7s", boards[i].name, boards[i].last);
    }
    putc('\n', page->out);
    for (int rank = 7; rank >= 0; rank--) {
        for (size_t i = 0; i < count; i++) {
            fputs("  ", page->out);
            print_rank(&boards[i], rank, page);
        }
        putc('\n', page->out);
    }
}

void boards_show(const struct board boards[], size_t count) {
    const struct page *page = stage_page();
    size_t most = (size_t)(page->columns / BOARD_COLUMNS);
    size_t rows = (count + most - 1) / most; /* filled as evenly as possible */
    size_t shown = 0;
    for (size_t row = 0; row < rows; row++) {
        size_t until = count * (row + 1) / rows;
        show_side_by_side(boards + shown, until - shown, page);
        shown = until;
    }
    putc('\n', page->out);
    fflush(page->out);
}

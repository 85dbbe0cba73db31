/* A square of a chess board on a page, with its piece. */
#ifndef SIMUL_LESSONS_RUNTIME_PIECE_H
#define SIMUL_LESSONS_RUNTIME_PIECE_H

#include "lessons/runtime/page.h"

enum { PIECE_COLUMNS = 2 };

/* Prints a square in PIECE_COLUMNS columns. `piece` is one of "KQRBNP" (white) and
 * "kqrbnp" (black); 0: none. With colours, the square and the piece have colours of
 * their own, so that white is white on any terminal. On a terminal without colours a
 * piece is its letter. Elsewhere it is a glyph: outlined is white, filled is black. */
void piece_print(char piece, bool is_light_square, const struct page *page);

/* Ends a row of squares: later text has the page's own colours. */
void piece_end_row(const struct page *page);

#endif

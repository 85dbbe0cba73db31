/* Prints pieces. A program does not know whether a terminal is dark or light, and the
 * outlined and the filled glyphs change their colours with it. So both sides have the
 * filled glyphs, in ink on squares that lie between white and black. */
#include "lessons/runtime/piece.h"

#include <string.h>

static const char names[] = "KQRBNPkqrbnp";
static const char *const glyphs[] = {"♔", "♕", "♖", "♗", "♘", "♙",
                                     "♚", "♛", "♜", "♝", "♞", "♟"};
enum { KINDS = 6 }; /* the glyphs of white come first */

/* Of the 256 colours, white and black each have a contrast of 3 to 1 with both. */
static const char *const squares[] = {"\033[0;48;5;95m", "\033[0;48;5;137m"};
static const char white_ink[] = "\033[38;5;231m";
static const char black_ink[] = "\033[38;5;16m";

static int place_of(char piece) {
    const char *at = piece ? strchr(names, piece) : NULL;
    return at ? (int)(at - names) : -1;
}

static void print_coloured(int place, bool is_light_square, const struct page *page) {
    bool is_white = place < KINDS;
    fputs(squares[is_light_square], page->out);
    if (place < 0) {
        fputs("  ", page->out);
        return;
    }
    fprintf(page->out, "%s %s", is_white ? white_ink : black_ink,
            glyphs[place % KINDS + KINDS]);
}

void piece_print(char piece, bool is_light_square, const struct page *page) {
    int place = place_of(piece);
    if (page->has_colours && page->utf8) {
        print_coloured(place, is_light_square, page);
    } else if (page->utf8 && !page->is_terminal) {
        fprintf(page->out, " %s", place >= 0 ? glyphs[place] : "·");
    } else {
        fprintf(page->out, " %c", place >= 0 ? piece : '.');
    }
}

void piece_end_row(const struct page *page) {
    fputs(page_ink(page, PAGE_PLAIN), page->out);
}

/* lessons/runtime/piece.c: pieces that read on dark and light terminals. */
#include "lessons/runtime/piece.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/* What is printed for a square on a page of this kind; freed by the caller. */
static char *print(struct page page, char piece, bool is_light_square) {
    char *text = NULL;
    size_t bytes;
    page.out = open_memstream(&text, &bytes);
    cr_assert_not_null(page.out);
    piece_print(piece, is_light_square, &page);
    cr_assert_eq(fclose(page.out), 0);
    return text;
}

static void expect(struct page page, char piece, bool is_light_square,
                   const char *expected) {
    char *text = print(page, piece, is_light_square);
    cr_expect_str_eq(text, expected, "%c: %s", piece, text);
    free(text);
}

static const struct page colours = {
    .utf8 = true, .has_colours = true, .is_terminal = true};
static const struct page no_colours = {.utf8 = true, .is_terminal = true};
static const struct page file = {.utf8 = true};
static const struct page ascii = {.is_terminal = true, .has_colours = true};

Test(piece, with_colours_both_sides_are_filled_on_squares_of_their_own_colour) {
    expect(colours, 'K', false, "\033[0;48;5;95m\033[38;5;231m ♚");
    expect(colours, 'k', false, "\033[0;48;5;95m\033[38;5;16m ♚");
    expect(colours, 'P', true, "\033[0;48;5;137m\033[38;5;231m ♟");
    expect(colours, 'p', true, "\033[0;48;5;137m\033[38;5;16m ♟");
    expect(colours, 0, true, "\033[0;48;5;137m  ");
}

Test(piece, a_terminal_without_colours_shows_letters) {
    expect(no_colours, 'Q', true, " Q");
    expect(no_colours, 'q', true, " q");
    expect(no_colours, 0, true, " .");
    expect(ascii, 'n', false, " n");
}

Test(piece, in_a_file_outlined_is_white_and_filled_is_black) {
    expect(file, 'R', true, " ♖");
    expect(file, 'r', true, " ♜");
    expect(file, 0, true, " ·");
}

Test(piece, a_square_has_the_same_columns_on_every_page) {
    const struct page pages[] = {colours, no_colours, file, ascii};
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        for (const char *piece = "KQRBNPkqrbnp"; *piece; piece++) {
            char *text = print(pages[i], *piece, true);
            const char *shown = strrchr(text, 'm') ? strrchr(text, 'm') + 1 : text;
            cr_expect_eq(page_width(shown), PIECE_COLUMNS, "%s", text);
            free(text);
        }
    }
}

Test(piece, after_a_row_the_page_has_its_own_colours) {
    char *text = NULL;
    size_t bytes;
    struct page page = colours;
    page.out = open_memstream(&text, &bytes);
    piece_end_row(&page);
    cr_assert_eq(fclose(page.out), 0);
    cr_expect_str_eq(text, "\033[0m");
    free(text);
}

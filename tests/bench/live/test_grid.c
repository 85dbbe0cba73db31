/* bench/live/grid.c: cells that are drawn, cut and written. */
#include "bench/live/grid.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static struct grid grid;

static void expect_row(int row, enum ink_colours colours, const char *expected) {
    char *text = malloc(grid_row_bytes(&grid));
    size_t bytes = grid_write(&grid, row, colours, text);
    cr_expect_str_eq(text, expected, "'%s', not '%s'", text, expected);
    cr_expect_eq(bytes, strlen(text));
    free(text);
}

static void close_grid(void) {
    grid_close(&grid);
}

TestSuite(grid, .fini = close_grid);

Test(grid, text_is_drawn_where_it_should_be_and_cut_at_the_edge) {
    cr_assert(grid_open(&grid, 2, 8, true));
    cr_expect_eq(grid_text(&grid, 0, 2, INK_PLAIN, "abc"), 5);
    cr_expect_eq(grid_text(&grid, 1, 5, INK_PLAIN, "abcdef"), 8);
    expect_row(0, INK_NO_COLOURS, "  abc");
    expect_row(1, INK_NO_COLOURS, "     abc");
    cr_expect_eq(grid_length(&grid, 0), 5);
    cr_expect_eq(grid_length(&grid, 1), 8);
}

Test(grid, text_can_end_where_it_should) {
    cr_assert(grid_open(&grid, 1, 8, true));
    grid_text_before(&grid, 0, 3, INK_PLAIN, "12");
    grid_text_before(&grid, 0, 8, INK_PLAIN, "ä€");
    expect_row(0, INK_NO_COLOURS, " 12   ä€");
}

Test(grid, outside_of_it_nothing_is_drawn) {
    cr_assert(grid_open(&grid, 1, 4, true));
    grid_glyph(&grid, -1, 0, INK_PLAIN, "x");
    grid_glyph(&grid, 1, 0, INK_PLAIN, "x");
    grid_glyph(&grid, 0, -1, INK_PLAIN, "x");
    grid_glyph(&grid, 0, 4, INK_PLAIN, "x");
    grid_text(&grid, 3, 0, INK_PLAIN, "abc");
    grid_text(&grid, 0, -2, INK_PLAIN, "abc");
    expect_row(0, INK_NO_COLOURS, "c");
}

Test(grid, a_character_that_controls_a_terminal_is_a_question_mark) {
    cr_assert(grid_open(&grid, 1, 20, true));
    grid_text(&grid, 0, 0, INK_PLAIN, "a\033[2J\n\u202eb\xc2\x9b\xff");
    expect_row(0, INK_NO_COLOURS,
               "a?[2J?"
               "?b?"
               "?");
}

Test(grid, wide_characters_take_two_columns_and_are_never_halved) {
    cr_assert(grid_open(&grid, 1, 5, true));
    cr_expect_eq(grid_text(&grid, 0, 0, INK_PLAIN, "日本語"), 4);
    expect_row(0, INK_NO_COLOURS, "日本");
    cr_expect_eq(grid_length(&grid, 0), 4);
    cr_expect_eq(grid_width("a日e\u0301"), 4);
}

Test(grid, without_utf8_there_is_only_ascii) {
    cr_assert(grid_open(&grid, 1, 10, false));
    grid_text(&grid, 0, 0, INK_PLAIN, "aä日z");
    expect_row(0, INK_NO_COLOURS,
               "a?"
               "?z");
}

Test(grid, colours_are_written_at_a_change_and_reset_at_the_end) {
    cr_assert(grid_open(&grid, 1, 10, true));
    grid_text(&grid, 0, 0, INK_PLAIN, "a");
    grid_text(&grid, 0, 1, INK_SEND, "bc");
    grid_text(&grid, 0, 4, INK_SEND, "d"); /* a blank has no colour */
    grid_text(&grid, 0, 5, INK_RESPONSE, "e");
    expect_row(0, INK_256_COLOURS, "a\033[0;38;5;166mbc d\033[0;38;5;74me\033[0m");
    expect_row(0, INK_NO_COLOURS, "abc de");
}

Test(grid, a_row_has_room_for_the_most_that_it_can_need) {
    cr_assert(grid_open(&grid, 1, 40, true));
    for (int i = 0; i < 40; i++) {
        grid_glyph(&grid, 0, i, i % 2 ? INK_FAILED : INK_RESPONSE, "😀");
    }
    char *text = malloc(grid_row_bytes(&grid));
    cr_expect_lt(grid_write(&grid, 0, INK_TRUE_COLOURS, text), grid_row_bytes(&grid));
    free(text);
}

Test(grid, a_screen_of_any_size_is_survived) {
    static const int sizes[][2] = {{0, 0}, {-1, -1}, {1, 0}, {0, 1}, {100000, 100000}};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        cr_assert(grid_open(&grid, sizes[i][0], sizes[i][1], true));
        cr_expect_leq(grid.rows, GRID_MOST_ROWS);
        cr_expect_leq(grid.columns, GRID_MOST_COLUMNS);
        grid_text(&grid, 0, 0, INK_PLAIN, "abc");
        grid_close(&grid);
    }
}

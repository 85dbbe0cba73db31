/* bench/live/ink.c: phases that can be told apart, with colour and without. */
#include "bench/live/ink.h"
#include "base/utf8.h"

#include <criterion/criterion.h>
#include <string.h>

Test(ink, no_two_phases_have_the_same_glyph) {
    for (int utf8 = 0; utf8 < 2; utf8++) {
        for (int a = 0; a < LANE_PHASES; a++) {
            for (int b = 0; b < a; b++) {
                cr_expect_str_neq(ink_glyph((enum phase)a, utf8),
                                  ink_glyph((enum phase)b, utf8));
            }
        }
    }
}

Test(ink, a_glyph_is_one_column_and_without_utf8_ascii) {
    for (int phase = 0; phase < LANE_PHASES; phase++) {
        const char *ascii = ink_glyph((enum phase)phase, false);
        const char *glyph = ink_glyph((enum phase)phase, true);
        size_t taken;
        cr_expect_eq(strlen(ascii), 1);
        int32_t code = utf8_read(glyph, strlen(glyph), &taken);
        cr_expect_eq(taken, strlen(glyph));
        cr_expect_eq(utf8_columns(code), 1);
    }
}

Test(ink, no_two_phases_have_the_same_colour) {
    for (int a = 0; a < LANE_PHASES; a++) {
        for (int b = 0; b < a; b++) {
            for (int colours = INK_256_COLOURS; colours <= INK_TRUE_COLOURS;
                 colours++) {
                cr_expect_str_neq(
                    ink_code(ink_of_phase((enum phase)a), (enum ink_colours)colours),
                    ink_code(ink_of_phase((enum phase)b), (enum ink_colours)colours));
            }
        }
    }
}

Test(ink, without_colours_no_code_is_written) {
    for (int ink = 0; ink < INK_COUNT; ink++) {
        cr_expect_str_eq(ink_code((enum ink)ink, INK_NO_COLOURS), "");
    }
}

Test(ink, colours_are_okabe_and_ito_s) {
    cr_expect_str_eq(ink_code(INK_SEND, INK_TRUE_COLOURS), "\033[0;38;2;213;94;0m");
    cr_expect_str_eq(ink_code(INK_RESPONSE, INK_TRUE_COLOURS),
                     "\033[0;38;2;86;180;233m");
}

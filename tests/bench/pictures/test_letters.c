/* bench/pictures/letters.c: the widths of Inter's letters. */
#include "bench/pictures/letters.h"

#include <criterion/criterion.h>

Test(letters, a_text_is_as_wide_as_its_letters) {
    cr_expect_float_eq(letters_width("", false), 0, 1e-9);
    cr_expect_float_eq(letters_width("i", false), 0.237, 1e-9);
    cr_expect_float_eq(letters_width("mmi", false), 2 * 0.869 + 0.237, 1e-9);
    cr_expect_gt(letters_width("730.5 s", true), letters_width("730.5 s", false));
}

Test(letters, other_letters_count_once) {
    cr_expect_eq(letters_count("\xc3\xa4\xe2\x82\xac!"), 3);
    cr_expect_float_eq(letters_width("\xc3\xa4\xe2\x82\xac", false), 2 * 0.640, 1e-9);
}

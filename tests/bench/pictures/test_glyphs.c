/* bench/pictures/glyphs.c: the characters of a text that are drawn. */
#include "bench/pictures/glyphs.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void expect_mended(const char *text, const char *expected) {
    struct glyphs glyphs = {.count = 0};
    char own[200];
    snprintf(own, sizeof own, "%s", text);
    glyphs_mend(&glyphs, own);
    cr_expect_str_eq(own, expected, "'%s' became '%s'", text, own);
}

Test(glyphs, common_characters_stay_and_no_font_is_asked) {
    struct glyphs glyphs = {.count = 0};
    char text[] = "12 URLs, `a` \"b\" \\n <c> @{d}^_ \xc3\xa4\xc3\xb6 \xce\xa9 "
                  "\xd0\x96 \xe2\x80\x93";
    char *before = strdup(text);
    glyphs_mend(&glyphs, text);
    cr_expect_str_eq(text, before);
    cr_expect_eq(glyphs.count, 0);
    free(before);
}

Test(glyphs, controls_and_invalid_bytes_become_marks) {
    expect_mended("a\nb\tc\033[31m\177", "a?b?c?[31m?");
    expect_mended("\xff\xc3", "??");
    expect_mended("\xc2\x9b"
                  "31m",
                  "?31m"); /* CSI in one character */
}

Test(glyphs, no_character_turns_the_direction_of_writing) {
    expect_mended("a\xe2\x80\xae"
                  "b\xe2\x80\xac",
                  "a?b?");                                        /* U+202E, U+202C */
    expect_mended("\xe2\x80\x8f\xd8\x9c", "??");                  /* U+200F, U+061C */
    expect_mended("\xe2\x81\xa6x\xe2\x81\xa9", "?x?");            /* U+2066, U+2069 */
    expect_mended("\xe2\x80\xa8\xe2\x80\xa9\xef\xbb\xbf", "???"); /* line ends, BOM */
}

Test(glyphs, a_character_that_no_font_has_becomes_a_mark) {
    expect_mended("\xf3\xb0\x80\x80 x", "? x"); /* U+F0000: private */
    expect_mended("\xf4\x8f\xbf\xbd", "?");     /* U+10FFFD */
}

Test(glyphs, each_character_is_looked_up_once_and_only_so_many) {
    struct glyphs glyphs = {.count = 0};
    char text[] = "\xf3\xb0\x80\x80\xf3\xb0\x80\x80\xf3\xb0\x80\x80";
    glyphs_mend(&glyphs, text);
    cr_expect_str_eq(text, "???");
    cr_expect_eq(glyphs.count, 1);
    glyphs.count = GLYPHS_MOST_ASKED;
    char other[] =
        "\xe4\xb8\xad"; /* a font may have it, but it is not looked up any more */
    glyphs_mend(&glyphs, other);
    cr_expect_str_eq(other, "?");
}

Test(glyphs, without_fontconfig_only_common_characters_are_drawn) {
    setenv("PATH", "/nonexistent", 1);
    expect_mended("x \xe4\xb8\xad \xc3\xa4", "x ? \xc3\xa4");
}

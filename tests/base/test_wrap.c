/* base/wrap.c: lines that fit a terminal. */
#include "base/wrap.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The text as a terminal of this width gets it. The caller frees it. */
static char *wrapped(const char *text, int columns) {
    char *result = NULL;
    size_t bytes = 0;
    FILE *to = open_memstream(&result, &bytes);
    FILE *stream = wrap_open(to, columns);
    cr_assert(to && stream);
    fputs(text, stream);
    cr_assert_eq(fclose(stream), 0);
    cr_assert_eq(fclose(to), 0);
    return result;
}

static void expect_rows(const char *text, int columns, const char *expected) {
    char *rows = wrapped(text, columns);
    cr_expect_str_eq(rows, expected, "%s", rows);
    free(rows);
}

Test(wrap, a_line_that_fits_stays_as_it_is) {
    expect_rows("ab  cd \n\n  e\n", 7, "ab  cd \n\n  e\n");
    expect_rows("no line break", 20, "no line break");
    expect_rows("", 20, "");
}

Test(wrap, without_columns_every_line_stays_whole) {
    char text[2000];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    text[1000] = ' ';
    expect_rows(text, 0, text);
}

Test(wrap, a_longer_line_is_broken_between_words) {
    expect_rows("one two three four\nfive\n", 9, "one two\n  three\n  four\nfive\n");
    expect_rows("one two three four\n", 13, "one two three\n  four\n");
}

Test(wrap, the_further_rows_stand_below_the_last_column) {
    expect_rows("name     one two three four\n", 19,
                "name     one two\n         three four\n");
    expect_rows("  --x N  one two three four\n", 19,
                "  --x N  one two\n         three four\n");
    expect_rows("a far column      one two\n", 20, "a far column\n  one two\n");
}

Test(wrap, only_a_word_wider_than_a_row_is_broken) {
    expect_rows("a abcdefghijklmnop b\n", 10, "a abcdefgh\n  ijklmnop\n  b\n");
    expect_rows("ab abcdefgh\n", 10, "ab\n  abcdefgh\n");
    expect_rows("    abcdefgh\n", 10, "    abcdef\n    gh\n");
    expect_rows("abcdefghijkl\n", 5, "abcde\nfghij\nkl\n");
}

Test(wrap, a_number_stays_with_its_unit) {
    expect_rows("send 5 s, response 55 s\n", 10, "send 5 s,\n  response\n  55 s\n");
    expect_rows("take 12 sheep\n", 9, "take 12\n  sheep\n");
    expect_rows("it is 5 1/2 min\n", 11, "it is 5\n  1/2 min\n");
    expect_rows("ends at 7 \n", 9, "ends at 7\n");
}

Test(wrap, a_character_is_never_broken) {
    expect_rows("\xc3\xa4\xc3\xa4\xc3\xa4 \xe2\x82\xac\xe2\x82\xac\n", 3,
                "\xc3\xa4\xc3\xa4\xc3\xa4\n\xe2\x82\xac\xe2\x82\xac\n");
    expect_rows("\xe4\xbd\xa0\xe5\xa5\xbd\n", 2, "\xe4\xbd\xa0\n\xe5\xa5\xbd\n");
    cr_expect_eq(wrap_width("\xe4\xbd\xa0\xc3\xa4"), 3);
}

Test(wrap, no_row_is_wider_than_the_terminal_and_no_text_is_lost) {
    static const char text[] =
        "event-loop: 330 s does not follow from 5 s x 12 + 55 s, which is 115 s; it is "
        "what 55 conversations take;   see: simul run urls-330, simul run urls-55\n";
    for (int columns = 1; columns < 170; columns++) {
        char *rows = wrapped(text, columns);
        const char *from = text;
        for (const char *at = rows; *at;) {
            size_t width = strcspn(at, "\n");
            cr_expect_leq(width, (size_t)columns, "%s", rows);
            for (; *at && *at != '\n'; at++) {
                if (*at != ' ') {
                    from += strspn(from, " ");
                    cr_assert_eq(*from++, *at, "%s", rows);
                }
            }
            at += *at == '\n';
        }
        cr_expect_str_eq(from, "\n");
        free(rows);
    }
}

Test(wrap, a_full_disk_is_reported) {
    FILE *full = fopen("/dev/full", "w");
    FILE *stream = wrap_open(full, 10);
    cr_assert(full && stream);
    fputs("text that is longer than a row\n", stream);
    cr_expect_neq(fclose(stream), 0);
    fclose(full);
}

Test(wrap, what_is_no_terminal_has_no_columns) {
    int ends[2];
    cr_assert_eq(pipe(ends), 0);
    cr_expect_eq(wrap_columns(ends[1]), 0);
    cr_expect_eq(wrap_columns(-1), 0);
}

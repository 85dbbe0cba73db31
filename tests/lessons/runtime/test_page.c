/* lessons/runtime/page.c: text on a page. */
#include "lessons/runtime/page.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static char *write_on(bool is_terminal, int columns, int indent, const char *text) {
    char *written = NULL;
    size_t bytes;
    FILE *out = open_memstream(&written, &bytes);
    struct page page = {.out = out, .columns = columns, .is_terminal = is_terminal};
    page_write(&page, indent, text);
    fclose(out);
    return written;
}

Test(lesson_page, breaks_lines_between_words_below_their_beginning) {
    static const struct {
        int indent;
        const char *text;
        const char *written;
    } cases[] = {
        {0, "", ""},
        {0, "ten columns", "ten\ncolumns"},
        {0, "ten column", "ten column"},
        {4, "ten columns", "ten\n    columns"},
        {0, "unbreakable words", "unbreakable\nwords"},
        {0, "a  b        c", "a  b\nc"},
        {0, "  ab", "  ab"},
        {0, "äöü äöü äöü", "äöü äöü\näöü"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *written = write_on(true, 10, cases[i].indent, cases[i].text);
        cr_expect_str_eq(written, cases[i].written, "'%s': '%s'", cases[i].text,
                         written);
        free(written);
    }
}

Test(lesson_page, breaks_no_line_in_a_file) {
    char *written = write_on(false, 10, 0, "a line  that is longer than the page");
    cr_expect_str_eq(written, "a line  that is longer than the page");
    free(written);
}

Test(lesson_page, loses_no_byte_of_a_word_of_any_length) {
    char text[1000];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    char *written = write_on(true, 10, 0, text);
    cr_expect_str_eq(written, text);
    free(written);
}

Test(lesson_page, pads_and_cuts_by_columns_and_not_by_bytes) {
    static const char *const cases[][2] = {
        {"abc", "abc  "},    {"abcdef", "abcde"}, {"äöü", "äöü  "},
        {"日本語", "日本 "}, {"", "     "},       {"e\xcc\x81", "e\xcc\x81    "},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *written = NULL;
        size_t bytes;
        FILE *out = open_memstream(&written, &bytes);
        struct page page = {.out = out, .columns = 80};
        page_pad(&page, 5, cases[i][0]);
        fclose(out);
        cr_expect_str_eq(written, cases[i][1], "'%s': '%s'", cases[i][0], written);
        cr_expect_eq(page_width(written), 5);
        free(written);
    }
}

/* What is no text becomes one. */
#include "bench/utf8.h"

#include <criterion/criterion.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static void expect(const char *given, const char *mended) {
    char text[40];
    strcpy(text, given);
    utf8_mend(text);
    cr_expect_str_eq(text, mended);
}

Test(utf8, text_stays_as_it_is) {
    static const char *const texts[] = {"", "plain ~", "é", "€", "😀", "\u07ff\uffff"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        expect(texts[i], texts[i]);
    }
}

Test(utf8, a_control_character_is_a_question_mark) {
    expect("a\nb\tc\x1b[0m\x7f", "a?b?c?[0m?");
}

Test(utf8, what_is_no_utf8_is_a_question_mark_a_byte) {
    static const struct {
        const char *given;
        const char *mended;
    } rows[] = {
        {"\xff", "?"},
        {"a\x80z", "a?z"},
        {"\xc0\xaf", "??"},           /* an overlong slash */
        {"\xed\xa0\x80", "???"},      /* a surrogate */
        {"\xf4\x90\x80\x80", "????"}, /* over U+10FFFF */
        {"\xf8\x88\x80\x80", "????"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        expect(rows[i].given, rows[i].mended);
    }
}

Test(utf8, a_character_that_was_cut_is_question_marks) {
    expect("a\xc3", "a?");
    expect("a\xe2\x82", "a??");
    expect("a\xf0\x9f\x98", "a???");
}

Test(utf8, a_span_ends_where_utf8_does) {
    static const struct {
        const char *text;
        size_t span;
    } rows[] = {{"", 0}, {"aé", 3}, {"aé\xffz", 3}, {"\xff", 0}, {"aé\xe2\x82", 3}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        cr_expect_eq(utf8_span(rows[i].text, strlen(rows[i].text)), rows[i].span);
    }
}

Test(utf8, json_takes_whatever_was_mended) {
    unsigned seed = 1;
    for (int i = 0; i < 20000; i++) {
        char text[8] = "";
        for (int j = 0; j < 7; j++) {
            static const unsigned char edges[] = {0xc3, 0xe0, 0xed, 0xf0, 0xf4,
                                                  0x80, 0x9f, 0xa0, 0xbf, 'a'};
            seed = seed * 1103515245 + 12345;
            text[j] =
                (char)(seed >> 30 ? edges[(seed >> 16) % 10] : (seed >> 16) % 255 + 1);
        }
        utf8_mend(text);
        json_t *json = json_string(text);
        cr_assert_not_null(json);
        json_decref(json);
    }
}

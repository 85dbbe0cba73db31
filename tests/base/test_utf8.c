/* base/utf8.c: bytes that are not text, or not safe, are replaced. */
#include "base/utf8.h"

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

Test(utf8, a_hostile_character_is_one_question_mark) {
    static const char *const texts[] = {
        "\xc2\x85",
        "\xc2\x9b"
        "",
        "\u061c",
        "\u200b",
        "\u200e",
        "\u200f",
        "\u2028",
        "\u2029",
        "\u202a",
        "\u202e",
        "\u2060",
        "\u2066",
        "\u2069",
        "\ufeff",
        "\ufff9",
        "\U000e0041",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        char text[40];
        snprintf(text, sizeof text, "a%sb", texts[i]);
        utf8_mend(text);
        cr_expect_str_eq(text, "a?b", "row %zu: %s", i, text);
    }
}

Test(utf8, words_of_any_script_stay) {
    static const char *const texts[] = {"\u00a0\u00ad", "שלום", "क्‍ष",
                                        "👩‍🚀",  "日本", "e\u0301"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        expect(texts[i], texts[i]);
    }
}

Test(utf8, characters_are_as_wide_as_a_terminal_makes_them) {
    cr_expect_eq(utf8_columns('a'), 1);
    cr_expect_eq(utf8_columns(0xe4), 1);
    cr_expect_eq(utf8_columns(0x301), 0);  /* a combining accent */
    cr_expect_eq(utf8_columns(0x65e5), 2); /* 日 */
    cr_expect_eq(utf8_columns(0x1f600), 2);
}

Test(utf8, a_character_is_read_with_its_length) {
    static const struct {
        const char *text;
        size_t bytes;
        int32_t code;
        size_t taken;
    } rows[] = {{"a", 1, 'a', 1},         {"\u00e4b", 3, 0xe4, 2},
                {"\u20ac", 3, 0x20ac, 3}, {"\U0001f600", 4, 0x1f600, 4},
                {"\u20ac", 2, -1, 1},     {"\xff", 1, -1, 1},
                {"\xc0\xaf", 2, -1, 1}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        size_t taken = 99;
        cr_expect_eq(utf8_read(rows[i].text, rows[i].bytes, &taken), rows[i].code,
                     "row %zu", i);
        cr_expect_eq(taken, rows[i].taken, "row %zu", i);
    }
}

Test(utf8, the_first_locale_variable_that_is_set_decides) {
    static const struct {
        const char *all, *ctype, *lang;
        bool spoken;
    } rows[] = {
        {"", "", "de_DE.UTF-8", true}, {"", "", "C.utf8", true},
        {"C", "", "C.UTF-8", false},   {"", "de_DE", "C.UTF-8", false},
        {"", "C.UTF-8", "C", true},    {"en_US.UTF-8", "C", "C", true},
        {"", "", "", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        setenv("LC_ALL", rows[i].all, 1);
        setenv("LC_CTYPE", rows[i].ctype, 1);
        setenv("LANG", rows[i].lang, 1);
        cr_expect_eq(utf8_is_spoken(), rows[i].spoken, "row %zu", i);
    }
    unsetenv("LC_ALL");
    unsetenv("LC_CTYPE");
    unsetenv("LANG");
    cr_expect_not(utf8_is_spoken());
}

Test(utf8, each_byte_that_is_no_utf8_is_a_question_mark) {
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

Test(utf8, json_takes_every_mended_text) {
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

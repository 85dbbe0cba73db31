/* base/error.c: the kind of an error, and a message that fits its buffer. */
#include "base/error.h"
#include "base/utf8.h"

#include <criterion/criterion.h>
#include <string.h>

static const size_t most = sizeof((struct error *)0)->message - 1;

/* A text of that many letters. */
static const char *letters(size_t count) {
    static char text[4096];
    memset(text, 'x', count);
    text[count] = '\0';
    return text;
}

Test(error, input_is_an_error_that_the_user_can_correct) {
    struct error error = {.kind = ERROR_NONE};
    cr_assert_not(error_input(&error, "%s: %d", "urls.yaml", 3));
    cr_assert_eq(error.kind, ERROR_INPUT);
    cr_assert_str_eq(error.message, "urls.yaml: 3");
}

Test(error, failed_is_an_error_while_running) {
    struct error error = {.kind = ERROR_NONE};
    cr_assert_not(error_failed(&error, "no %s", "memory"));
    cr_assert_eq(error.kind, ERROR_FAILED);
    cr_assert_str_eq(error.message, "no memory");
}

Test(error, the_second_replaces_the_first) {
    struct error error = {.kind = ERROR_NONE};
    error_input(&error, "a long first sentence");
    error_failed(&error, "short");
    cr_assert_eq(error.kind, ERROR_FAILED);
    cr_assert_str_eq(error.message, "short");
}

Test(error, a_prefix_keeps_the_kind_and_the_message) {
    struct error error = {.kind = ERROR_NONE};
    error_input(&error, "is too long");
    cr_assert_not(error_prefix(&error, "--%s: ", "send"));
    cr_assert_eq(error.kind, ERROR_INPUT);
    cr_assert_str_eq(error.message, "--send: is too long");
}

Test(error, a_long_message_is_cut_to_its_buffer) {
    struct error error = {.kind = ERROR_NONE};
    error_input(&error, "%s", letters(4000));
    cr_assert_eq(strlen(error.message), most);
    error_failed(&error, "%s", letters(4000));
    cr_assert_eq(strlen(error.message), most);
}

Test(error, a_prefix_cuts_the_end_if_both_do_not_fit) {
    struct error error = {.kind = ERROR_NONE};
    error_input(&error, "%s", letters(4000));
    error_prefix(&error, "here: ");
    cr_assert_eq(strlen(error.message), most);
    cr_assert_eq(strncmp(error.message, "here: xxx", 9), 0);
}

Test(error, a_prefix_that_is_too_long_itself_is_cut) {
    struct error error = {.kind = ERROR_NONE};
    error_input(&error, "lost");
    error_prefix(&error, "%s", letters(4000));
    cr_assert_eq(strlen(error.message), most);
    cr_assert_null(strstr(error.message, "lost"));
}

Test(error, texts_at_the_edge_fit_exactly) {
    for (size_t used = most - 3; used <= most + 1; used++) {
        struct error error = {.kind = ERROR_NONE};
        error_input(&error, "ab");
        error_prefix(&error, "%s", letters(used));
        size_t expected = used + 2 < most ? used + 2 : most;
        cr_expect_eq(strlen(error.message), expected, "a prefix of %zu", used);
    }
}

Test(error, a_quoted_text_does_not_control_a_terminal) {
    struct error error = {.kind = ERROR_NONE};
    error_input(&error, "no '%s'", "a\033[31m\nsimul: done\u202e\xff");
    cr_expect_str_eq(error.message, "no 'a?[31m?simul: done?\?'");
    error_failed(&error, "no '%s'",
                 "\xc2\x9b"
                 "31m");
    cr_expect_str_eq(error.message, "no '?31m'");
    error_prefix(&error, "in %s: ", "b\r\xc3");
    cr_expect_str_eq(error.message, "in b??: no '?31m'");
}

Test(error, a_message_is_never_cut_within_a_character) {
    for (size_t used = most - 4; used <= most; used++) {
        struct error error = {.kind = ERROR_NONE};
        error_input(&error, "%s€", letters(used));
        cr_expect_eq(utf8_span(error.message, strlen(error.message)),
                     strlen(error.message));
    }
}

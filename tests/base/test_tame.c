/* base/tame.c: no printed text controls a terminal. */
#include "base/tame.h"
#include "tests/support/folder.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* A pipe to print into, and the text that was read from it. */
struct outlet {
    int fds[2];
    FILE *to;
    FILE *tame;
    char text[4096];
    ssize_t bytes;
};

static void open_outlet(struct outlet *outlet) {
    *outlet = (struct outlet){.bytes = 0};
    cr_assert_eq(pipe2(outlet->fds, O_CLOEXEC | O_NONBLOCK), 0);
    outlet->to = fdopen(outlet->fds[1], "w");
    outlet->tame = tame_open(outlet->to);
    cr_assert_not_null(outlet->tame);
}

static const char *so_far(struct outlet *outlet) {
    ssize_t count = read(outlet->fds[0], outlet->text + outlet->bytes,
                         sizeof outlet->text - 1 - (size_t)outlet->bytes);
    outlet->bytes += count > 0 ? count : 0;
    outlet->text[outlet->bytes] = '\0';
    return outlet->text;
}

static void close_outlet(struct outlet *outlet) {
    fclose(outlet->to);
    close(outlet->fds[0]);
}

/* Writes the text at once, and expects this output. */
static void expect(const char *text, const char *tamed) {
    struct outlet outlet;
    open_outlet(&outlet);
    fputs(text, outlet.tame);
    cr_assert_eq(fclose(outlet.tame), 0);
    cr_expect_str_eq(so_far(&outlet), tamed);
    close_outlet(&outlet);
}

Test(tame, text_with_its_lines_and_tabs_stays) {
    expect("a\tb\n  ä € 😀\n", "a\tb\n  ä € 😀\n");
    expect("", "");
}

Test(tame, a_character_that_controls_a_terminal_is_a_question_mark) {
    expect("\033[31mred\r\a\b\x7f\n", "?[31mred????\n");
    expect("\xc2\x9b"
           "31m \u202egnp.exe",
           "?31m ?gnp.exe");
    expect("\xff\xc0\xaf", "???");
}

Test(tame, a_character_may_come_in_pieces) {
    static const char text[] = "ä€😀";
    struct outlet outlet;
    open_outlet(&outlet);
    for (size_t i = 0; i < sizeof text - 1; i++) {
        putc(text[i], outlet.tame);
        cr_assert_eq(fflush(outlet.tame), 0);
    }
    cr_expect_str_eq(so_far(&outlet), text);
    fclose(outlet.tame);
    close_outlet(&outlet);
}

Test(tame, a_hostile_character_in_pieces_is_a_question_mark) {
    static const char text[] = "a\u202e\xc2\x9b"
                               "z";
    struct outlet outlet;
    open_outlet(&outlet);
    for (size_t i = 0; i < sizeof text - 1; i++) {
        putc(text[i], outlet.tame);
        cr_assert_eq(fflush(outlet.tame), 0);
    }
    cr_expect_str_eq(so_far(&outlet), "a??z");
    fclose(outlet.tame);
    close_outlet(&outlet);
}

Test(tame, a_character_without_its_last_bytes_is_question_marks) {
    expect("a\xe2\x82", "a??");
    expect("\xf0\x9f\x98\033", "????");
}

Test(tame, however_it_is_cut_the_result_is_the_same) {
    static const char text[] = "ä\xff€\xe2\x82\033\u202e😀\xf0\x9f\n";
    char whole[sizeof text * 2];
    struct outlet outlet;
    open_outlet(&outlet);
    fputs(text, outlet.tame);
    fclose(outlet.tame);
    strcpy(whole, so_far(&outlet));
    close_outlet(&outlet);
    for (size_t cut = 0; cut < sizeof text; cut++) {
        open_outlet(&outlet);
        fwrite(text, 1, cut, outlet.tame);
        fflush(outlet.tame);
        fputs(text + cut, outlet.tame);
        fclose(outlet.tame);
        cr_expect_str_eq(so_far(&outlet), whole, "cut at %zu", cut);
        close_outlet(&outlet);
    }
}

Test(tame, a_long_text_is_passed_on_whole) {
    struct outlet outlet;
    open_outlet(&outlet);
    for (int i = 0; i < 1000; i++) {
        fputs("äb\033", outlet.tame);
    }
    cr_assert_eq(fclose(outlet.tame), 0);
    cr_assert_eq(strlen(so_far(&outlet)), 4000 - 1000 + 1000);
    for (int i = 0; i < 1000; i++) {
        cr_assert_eq(memcmp(outlet.text + (size_t)i * 4, "äb?", 4), 0);
    }
    close_outlet(&outlet);
}

Test(tame, a_write_that_fails_is_an_error) {
    FILE *full = fopen("/dev/full", "we");
    FILE *tame = tame_open(full);
    fputs("text", tame);
    cr_expect(fflush(tame) != 0 || ferror(tame));
    fclose(tame);
    fclose(full);
}

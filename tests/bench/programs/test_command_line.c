/* bench/programs/command_line.c: texts and numbers of a command line. */
#include "bench/programs/command_line.h"

#include <criterion/criterion.h>
#include <stddef.h>

Test(command_line, words_stand_in_the_order_in_which_they_were_added) {
    struct command_line line = {.count = 0};
    command_line_add(&line, NULL, "program");
    command_line_add(&line, "--send", "5s");
    command_line_add_number(&line, "--slots", 0);
    const char *const words[] = {"program", "--send", "5s", "--slots", "0"};
    cr_assert_eq(line.count, 5);
    for (int i = 0; i < 5; i++) {
        cr_assert_str_eq(line.argv[i], words[i]);
    }
    cr_assert_null(line.argv[5]);
}

Test(command_line, each_number_keeps_its_own_room) {
    struct command_line line = {.count = 0};
    command_line_add_number(&line, "-a", INT64_MAX);
    command_line_add_number(&line, "-b", INT64_MIN);
    command_line_add_number(&line, NULL, 7);
    cr_assert_str_eq(line.argv[1], "9223372036854775807");
    cr_assert_str_eq(line.argv[3], "-9223372036854775808");
    cr_assert_str_eq(line.argv[4], "7");
}

Test(command_line, it_ends_with_null_when_it_is_full) {
    struct command_line line = {.count = 0};
    for (int i = 0; i < COMMAND_LINE_WORDS / 2; i++) {
        command_line_add_number(&line, "--number", i);
    }
    cr_assert_str_eq(line.argv[COMMAND_LINE_WORDS - 1], "15");
    cr_assert_null(line.argv[COMMAND_LINE_WORDS]);
}

/* base/options.c: command lines that are read by a table, and messages for errors. */
#include "base/options.h"

#include <criterion/criterion.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct wishes {
    const char *name;
    long long count;
    int verbose;
};

static bool set_name(void *target, const struct option_row *row, const char *text,
                     struct error *error) {
    (void)row, (void)error;
    ((struct wishes *)target)->name = text;
    return true;
}

static bool set_count(void *target, const struct option_row *row, const char *text,
                      struct error *error) {
    (void)row;
    return options_integer(text, 1, 10, &((struct wishes *)target)->count, error);
}

static bool set_verbose(void *target, const struct option_row *row, const char *text,
                        struct error *error) {
    (void)row, (void)error;
    ((struct wishes *)target)->verbose += text == NULL ? 1 : 100;
    return true;
}

static const struct option_row rows[] = {
    {"name", "TEXT", "how it is called (nobody)", set_name},
    {"count", "N", "how many (1)", set_count},
    {"verbose", NULL, "say more", set_verbose},
    {NULL, NULL, NULL, NULL},
};

/* A command line, the values that were read from it, and the result. */
struct reading {
    char *argv[12];
    int argc;
    struct wishes wishes;
    int operand_count;
    bool help;
    bool ok;
    struct error error;
};

/* `words` are without the program's name and end with NULL. */
static struct reading read_words(const char *const words[]) {
    struct reading reading = {.argv = {(char *)"program"}, .argc = 1};
    for (; words[reading.argc - 1]; reading.argc++) {
        reading.argv[reading.argc] = (char *)words[reading.argc - 1];
    }
    reading.ok = options_parse(rows, &reading.wishes, reading.argc, reading.argv,
                               &reading.operand_count, &reading.help, &reading.error);
    return reading;
}

#define READ(...) read_words((const char *const[]){__VA_ARGS__ __VA_OPT__(, ) NULL})

static void expect_refusal(struct reading reading, const char *message) {
    cr_expect_not(reading.ok, "nothing was refused; expected: %s", message);
    cr_expect_eq(reading.error.kind, ERROR_INPUT);
    cr_expect_str_eq(reading.error.message, message, "%s", reading.error.message);
}

Test(options, each_option_reaches_its_setter) {
    struct reading reading = READ("--name", "Anna", "--count=7", "--verbose");
    cr_assert(reading.ok, "%s", reading.error.message);
    cr_expect_str_eq(reading.wishes.name, "Anna");
    cr_expect_eq(reading.wishes.count, 7);
    cr_expect_eq(reading.wishes.verbose, 1);
    cr_expect_eq(reading.operand_count, 0);
    cr_expect_not(reading.help);
}

Test(options, an_empty_command_line_sets_nothing) {
    struct reading reading = READ();
    cr_assert(reading.ok);
    cr_expect_null(reading.wishes.name);
    cr_expect_eq(reading.operand_count, 0);
}

Test(options, the_last_of_a_repeated_option_holds) {
    struct reading reading = READ("--name", "Anna", "--name", "Ben");
    cr_assert(reading.ok);
    cr_expect_str_eq(reading.wishes.name, "Ben");
}

Test(options, operands_are_kept_in_order_at_the_front) {
    struct reading reading = READ("one", "--count", "3", "two", "--verbose", "three");
    cr_assert(reading.ok);
    cr_assert_eq(reading.operand_count, 3);
    cr_expect_str_eq(reading.argv[0], "program");
    cr_expect_str_eq(reading.argv[1], "one");
    cr_expect_str_eq(reading.argv[2], "two");
    cr_expect_str_eq(reading.argv[3], "three");
    cr_expect_eq(reading.wishes.count, 3);
}

Test(options, two_dashes_end_the_options) {
    struct reading reading = READ("--verbose", "--", "--name");
    cr_assert(reading.ok);
    cr_assert_eq(reading.operand_count, 1);
    cr_expect_str_eq(reading.argv[1], "--name");
    cr_expect_eq(reading.wishes.verbose, 1);
}

Test(options, a_second_command_line_starts_anew) {
    READ("--count", "3", "operand");
    struct reading reading = READ("--count", "4");
    cr_assert(reading.ok);
    cr_expect_eq(reading.wishes.count, 4);
}

Test(options, an_unknown_option_gets_the_nearest_suggested) {
    expect_refusal(READ("--cuont", "3"),
                   "unknown option '--cuont'; did you mean '--count'?");
    expect_refusal(READ("--nmae=Anna"),
                   "unknown option '--nmae=Anna'; did you mean '--name'?");
    expect_refusal(READ("--hlep"), "unknown option '--hlep'; did you mean '--help'?");
}

Test(options, an_unknown_option_near_none_gets_help_suggested) {
    expect_refusal(READ("--banana"),
                   "unknown option '--banana'; --help lists them all");
}

Test(options, an_unknown_letter_is_named) {
    expect_refusal(READ("-x"), "unknown option '-x'; --help lists them all");
    expect_refusal(READ("-xy"), "unknown option '-xy'; --help lists them all");
    expect_refusal(READ("--count", "3", "-xy"),
                   "unknown option '-xy'; --help lists them all");
    expect_refusal(READ("operand", "-xy"),
                   "unknown option '-xy'; --help lists them all");
}

Test(options, a_letter_is_never_taken_for_a_rows_number) {
    expect_refusal(READ("-\1"), "unknown option '-?'; --help lists them all");
    expect_refusal(READ("-\3z"), "unknown option '-?z'; --help lists them all");
}

Test(options, a_missing_value_is_named) {
    expect_refusal(READ("--name"), "--name needs a value: --name TEXT");
    expect_refusal(READ("--verbose", "--count"), "--count needs a value: --count N");
}

Test(options, a_flag_takes_no_value) {
    expect_refusal(READ("--verbose=yes"), "--verbose takes no value");
    expect_refusal(READ("--help=yes"), "--help takes no value");
}

Test(options, an_error_of_a_setter_carries_the_options_name) {
    expect_refusal(READ("--count", "11"),
                   "--count: '11' is not a whole number from 1 to 10");
    expect_refusal(READ("--count="), "--count: '' is not a whole number from 1 to 10");
    expect_refusal(READ("--count", "--name"),
                   "--count: '--name' is not a whole number from 1 to 10");
}

Test(options, help_stops_the_reading) {
    struct reading reading = READ("--count", "3", "--help", "--banana");
    cr_assert(reading.ok);
    cr_expect(reading.help);
    cr_expect_eq(reading.wishes.count, 3);
    cr_expect(READ("-h").help);
}

Test(options, an_error_before_help_is_still_an_error) {
    expect_refusal(READ("--banana", "--help"),
                   "unknown option '--banana'; --help lists them all");
}

static void expect_integer(const char *text, long long least, long long most,
                           long long expected) {
    struct error error = {.kind = ERROR_NONE};
    long long number = -99;
    cr_expect(options_integer(text, least, most, &number, &error), "%s", error.message);
    cr_expect_eq(number, expected, "'%s' gave %lld", text, number);
}

Test(options, integers_are_read_up_to_their_limits) {
    expect_integer("0", 0, 10, 0);
    expect_integer("10", 0, 10, 10);
    expect_integer("-3", -3, 3, -3);
    expect_integer("007", 0, 10, 7);
    expect_integer("9223372036854775807", INT64_MIN, INT64_MAX, INT64_MAX);
    expect_integer("-9223372036854775808", INT64_MIN, INT64_MAX, INT64_MIN);
}

Test(options, a_text_that_is_no_integer_within_the_limits_is_refused) {
    static const char *const texts[] = {
        "",
        "-",
        "+5",
        " 5",
        "5 ",
        "\t5",
        "0x5",
        "5.0",
        "5e1",
        "11",
        "-1",
        "five",
        "--5",
        "5,5",
        "9223372036854775808",
        "99999999999999999999999999999999",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct error error = {.kind = ERROR_NONE};
        long long number;
        cr_expect_not(options_integer(texts[i], 0, 10, &number, &error),
                      "'%s' was read", texts[i]);
        cr_expect_eq(error.kind, ERROR_INPUT, "'%s'", texts[i]);
    }
    struct error error = {.kind = ERROR_NONE};
    long long number;
    cr_expect_not(
        options_integer("9223372036854775808", INT64_MIN, INT64_MAX, &number, &error));
}

Test(options, help_is_one_aligned_line_an_option) {
    char *text = NULL;
    size_t bytes = 0;
    FILE *out = open_memstream(&text, &bytes);
    options_print(rows, out);
    fclose(out);
    cr_expect_str_eq(text, "  --name TEXT  how it is called (nobody)\n"
                           "  --count N    how many (1)\n"
                           "  --verbose    say more\n"
                           "  --help       this text\n");
    free(text);
}

Test(options, an_option_without_help_is_taken_but_not_offered) {
    static const struct option_row hidden[] = {
        {"a-long-hidden-name", "TEXT", NULL, set_name},
        {"verbose", NULL, "say more", set_verbose},
        {NULL, NULL, NULL, NULL},
    };
    struct error error = {.kind = ERROR_NONE};
    struct wishes wishes = {.name = NULL};
    int operands;
    bool help;
    char *right[] = {(char *)"program", (char *)"--a-long-hidden-name", (char *)"Anna",
                     NULL};
    cr_expect(options_parse(hidden, &wishes, 3, right, &operands, &help, &error));
    cr_expect_str_eq(wishes.name, "Anna");
    char *wrong[] = {(char *)"program", (char *)"--a-long-hiden-name", (char *)"Anna",
                     NULL};
    cr_expect_not(options_parse(hidden, &wishes, 3, wrong, &operands, &help, &error));
    cr_expect_str_eq(error.message,
                     "unknown option '--a-long-hiden-name'; --help lists "
                     "them all");
    char *text = NULL;
    size_t bytes = 0;
    FILE *out = open_memstream(&text, &bytes);
    cr_assert_not_null(out);
    options_print(hidden, out);
    fclose(out);
    cr_expect_str_eq(text, "  --verbose   say more\n  --help      this text\n");
    free(text);
}

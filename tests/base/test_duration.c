/* base/duration.c: durations as people write them, to the nanosecond. */
#include "base/duration.h"
#include "base/clock.h"

#include <criterion/criterion.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define NS_PER_MIN (60 * NS_PER_S)
#define NS_PER_H   (3600 * NS_PER_S)

static void expect_ns(const char *text, int64_t expected_ns) {
    struct error error = {.kind = ERROR_NONE};
    int64_t duration_ns = -1;
    bool ok = duration_parse(text, &duration_ns, &error);
    cr_expect(ok, "'%s': %s", text, error.message);
    cr_expect_eq(duration_ns, expected_ns, "'%s' gave %" PRId64, text, duration_ns);
}

/* The text is refused as input, with a message that contains `part`. */
static void expect_refusal(const char *text, const char *part) {
    struct error error = {.kind = ERROR_NONE};
    int64_t duration_ns = -1;
    cr_expect_not(duration_parse(text, &duration_ns, &error), "'%s' was read", text);
    cr_expect_eq(error.kind, ERROR_INPUT, "'%s'", text);
    cr_expect_not_null(strstr(error.message, part), "'%s': %s", text, error.message);
}

Test(duration, every_unit_has_its_length) {
    expect_ns("1h", NS_PER_H);
    expect_ns("1min", NS_PER_MIN);
    expect_ns("1s", NS_PER_S);
    expect_ns("1ms", NS_PER_MS);
    expect_ns("1us", NS_PER_US);
    expect_ns("1ns", 1);
}

Test(duration, hours_and_minutes_add_up) {
    expect_ns("12h30min", 12 * NS_PER_H + 30 * NS_PER_MIN);
}

Test(duration, all_units_add_up) {
    expect_ns("1h2min3s4ms5us6ns", NS_PER_H + 2 * NS_PER_MIN + 3 * NS_PER_S +
                                       4 * NS_PER_MS + 5 * NS_PER_US + 6);
    expect_ns("1h6ns", NS_PER_H + 6);
}

Test(duration, units_need_not_stay_below_the_next_larger) {
    expect_ns("1h90min", NS_PER_H + 90 * NS_PER_MIN);
    expect_ns("86400s", 24 * NS_PER_H);
}

Test(duration, zero_of_any_unit_is_zero) {
    expect_ns("0s", 0);
    expect_ns("0h", 0);
    expect_ns("0.0ns", 0);
}

Test(duration, decimals_are_exact) {
    expect_ns("1.5h", 5400 * NS_PER_S);
    expect_ns("0.1s", 100 * NS_PER_MS);
    expect_ns("0.3s", 300 * NS_PER_MS);
    expect_ns("0.000000001s", 1);
    expect_ns("1.000000001s", NS_PER_S + 1);
    expect_ns("9007199.254740993s", INT64_C(9007199254740993)); /* not a double */
    expect_ns("1.5h0.5min", 5430 * NS_PER_S);
    expect_ns("0.7ms0.3us", 700300);
    expect_ns(".5s", 500 * NS_PER_MS);
}

Test(duration, parts_of_a_nanosecond_round_to_the_nearest) {
    expect_ns("0.4ns", 0);
    expect_ns("0.5ns", 1);
    expect_ns("1.49ns", 1);
    expect_ns("1.51ns", 2);
    expect_ns("0.0000000014s", 1);
    expect_ns("0.0000000016s", 2);
    expect_ns("0.33333333333333333333333333333333333333333333333333s", 333333333);
}

Test(duration, nine_decimals_of_a_second_are_exact) {
    expect_ns("24.545454545s", INT64_C(24545454545)); /* 270/11 s */
}

Test(duration, spaces_may_stand_between_the_parts) {
    expect_ns("55 s", 55 * NS_PER_S);
    expect_ns("  12 h  30 min  ", 12 * NS_PER_H + 30 * NS_PER_MIN);
}

Test(duration, a_number_needs_a_unit) {
    expect_refusal("5", "without a unit");
    expect_refusal("5 5s", "without a unit");
    expect_refusal("1h5", "without a unit");
    expect_refusal("5S", "without a unit");
}

Test(duration, an_unknown_unit_is_named) {
    expect_refusal("5m", "unknown unit 'm'");
    expect_refusal("5sec", "unknown unit 'sec'");
    expect_refusal("5days", "unknown unit 'days'");
    expect_refusal("5sms", "unknown unit 'sms'");
}

Test(duration, units_must_descend) {
    expect_refusal("30min12h", "out of order");
    expect_refusal("1ns1us", "out of order");
}

Test(duration, a_unit_stands_once) {
    expect_refusal("1s1s", "out of order");
    expect_refusal("1h2min3min", "out of order");
}

Test(duration, a_text_without_a_number_is_refused) {
    static const char *const texts[] = {
        "",       " ",    "s",    "-5s",  "+5s",   "1h-5s", "5.s", ".s", "1..5s",
        "1.2.3s", "1e3s", "1,5s", "0x5s", "nan s", "\t5s",  "inf", "5\n"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        expect_refusal(texts[i], "'");
    }
}

Test(duration, a_refusal_quotes_the_text) {
    expect_refusal("-5s", "'-5s' is no duration");
    expect_refusal("12", "'12' has a number without a unit");
}

Test(duration, rubbish_after_a_duration_is_refused) {
    expect_refusal("5s!", "'5s!'");
    expect_refusal("5s;", "'5s;'");
    expect_refusal("5s\n", "'5s");
}

Test(duration, the_longest_is_the_largest_64_bit_number) {
    expect_ns("9223372036854775807ns", INT64_MAX);
    expect_ns("9223372036.854775807s", INT64_MAX);
    expect_ns("2562047h", 2562047 * NS_PER_H);
}

Test(duration, longer_than_292_years_is_refused) {
    expect_refusal("9223372036854775808ns", "too long");
    expect_refusal("9223372036854775807.5ns", "too long");
    expect_refusal("9223372036.854775808s", "too long");
    expect_refusal("2562048h", "too long");
    expect_refusal("2562047h60min", "too long");
    expect_refusal("99999999999999999999999999999999999h", "too long");
    expect_refusal("9999999999999999999999999999999999999999999999h", "'");
}

static void expect_text(int64_t duration_ns, const char *expected) {
    char text[DURATION_TEXT_BYTES];
    cr_expect_str_eq(duration_format(duration_ns, text), expected, "%" PRId64 ": %s",
                     duration_ns, text);
}

Test(duration, is_written_in_the_largest_unit_that_it_fills) {
    expect_text(0, "0 s");
    expect_text(1, "1 ns");
    expect_text(999, "999 ns");
    expect_text(1000, "1 us");
    expect_text(250 * NS_PER_US, "250 us");
    expect_text(1500 * NS_PER_US, "1.5 ms");
    expect_text(55 * NS_PER_S, "55 s");
    expect_text(12 * NS_PER_H, "43200 s");
    expect_text(NS_PER_S + 1, "1.000000001 s");
    expect_text(INT64_MAX, "9223372036.854775807 s");
}

Test(duration, format_returns_its_buffer) {
    char text[DURATION_TEXT_BYTES];
    cr_assert_eq(duration_format(5, text), text);
}

static void expect_round_trip(int64_t duration_ns) {
    char text[DURATION_TEXT_BYTES];
    expect_ns(duration_format(duration_ns, text), duration_ns);
}

Test(duration, a_written_duration_reads_back_to_the_same_nanosecond) {
    srandom(7);
    for (int i = 0; i < 20000; i++) {
        uint64_t bits =
            (uint64_t)random() << 32 ^ (uint64_t)random() << 16 ^ (uint64_t)random();
        expect_round_trip((int64_t)(bits >> (1 + random() % 63)));
    }
    for (int64_t edge_ns = 1; edge_ns <= INT64_MAX / 10; edge_ns *= 10) {
        expect_round_trip(edge_ns - 1);
        expect_round_trip(edge_ns);
        expect_round_trip(edge_ns + 1);
    }
    expect_round_trip(INT64_MAX);
}

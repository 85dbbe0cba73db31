/* mock_api/settings.c: the command line of the mock API. */
#include "mock_api/settings.h"
#include "base/clock.h"

#include <criterion/criterion.h>
#include <string.h>

static struct settings settings;
static struct error error;

static bool parse(const char *const words[]) {
    char *argv[24] = {(char *)"simul-mock-api"};
    int argc = 1;
    for (; words[argc - 1]; argc++) {
        argv[argc] = (char *)words[argc - 1];
    }
    return settings_parse(&settings, argc, argv, &error);
}

#define PARSE(...) parse((const char *const[]){__VA_ARGS__ __VA_OPT__(, ) NULL})

static void expect_refusal(bool parsed, const char *part) {
    cr_expect_not(parsed, "nothing was refused; expected: %s", part);
    cr_expect_eq(error.kind, ERROR_INPUT);
    cr_expect_not_null(strstr(error.message, part), "%s", error.message);
}

Test(settings, the_defaults_are_those_of_the_help) {
    cr_assert(PARSE());
    cr_expect_str_eq(settings.listen, "127.0.0.1");
    cr_expect_eq(settings.port, 8080);
    cr_expect_eq(settings.send.kind, LATENCY_FIXED);
    cr_expect_eq(settings.send.first_ns, 5 * NS_PER_MS);
    cr_expect_eq(settings.response.first_ns, 55 * NS_PER_MS);
    cr_expect_eq(settings.senders, 1);
    cr_expect_eq(settings.slots, 0);
    cr_expect_eq(settings.seed, 1);
    cr_expect_not(settings.starts_by_number);
    cr_expect_null(settings.log);
    cr_expect_eq(settings.log_capacity, 100000);
    cr_expect_not(settings.help);
}

Test(settings, every_option_is_taken) {
    cr_assert(PARSE("--listen", "::1", "--port", "0", "--send", "5s", "--response",
                    "{exponential: {mean: 55s}}", "--senders", "3", "--slots", "7",
                    "--seed", "42", "--start-order", "number", "--log", "/tmp/x",
                    "--log-capacity", "9"),
              "%s", error.message);
    cr_expect_str_eq(settings.listen, "::1");
    cr_expect_eq(settings.port, 0);
    cr_expect_eq(settings.send.first_ns, 5 * NS_PER_S);
    cr_expect_eq(settings.response.kind, LATENCY_EXPONENTIAL);
    cr_expect_eq(settings.response.first_ns, 55 * NS_PER_S);
    cr_expect_eq(settings.senders, 3);
    cr_expect_eq(settings.slots, 7);
    cr_expect_eq(settings.seed, 42);
    cr_expect(settings.starts_by_number);
    cr_expect_str_eq(settings.log, "/tmp/x");
    cr_expect_eq(settings.log_capacity, 9);
}

Test(settings, senders_may_be_unlimited) {
    cr_assert(PARSE("--senders", "unlimited"));
    cr_expect_eq(settings.senders, 0);
}

Test(settings, limits_are_kept) {
    cr_expect(PARSE("--port", "65535"));
    expect_refusal(PARSE("--port", "65536"), "--port: '65536'");
    expect_refusal(PARSE("--port", "-1"), "--port: '-1'");
    expect_refusal(PARSE("--senders", "0"), "--senders: '0'");
    expect_refusal(PARSE("--senders", "1000001"), "'unlimited'");
    expect_refusal(PARSE("--senders", "client"), "'unlimited'");
    expect_refusal(PARSE("--slots", "-1"), "--slots: '-1'");
    cr_expect(PARSE("--seed", "9223372036854775807"));
    expect_refusal(PARSE("--start-order", "numbers"), "--start-order: 'numbers'");
    expect_refusal(PARSE("--seed", "-1"), "--seed: '-1'");
    expect_refusal(PARSE("--log-capacity", "0"), "--log-capacity: '0'");
    expect_refusal(PARSE("--log-capacity", "100000001"), "--log-capacity");
}

Test(settings, an_error_in_a_latency_names_the_option) {
    expect_refusal(PARSE("--send", "5"), "--send: '5' has a number without a unit");
    expect_refusal(PARSE("--response", "{uniform: {min: 4s}}"), "--response: ");
}

Test(settings, operands_are_refused) {
    expect_refusal(PARSE("8080"), "'8080' is no option");
    expect_refusal(PARSE("--port", "0", "x"), "'x' is no option");
}

Test(settings, a_mistyped_option_gets_the_nearest_suggested) {
    expect_refusal(PARSE("--sned", "5s"), "did you mean '--send'?");
    expect_refusal(PARSE("--responce", "5s"), "did you mean '--response'?");
}

Test(settings, help_asks_for_nothing_else) {
    cr_assert(PARSE("--help"));
    cr_expect(settings.help);
    cr_assert(PARSE("operand", "--help"));
    cr_expect(settings.help);
}

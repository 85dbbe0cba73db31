/* bench/summary/setting.c: a scenario's setting in one line. */
#include "bench/summary/setting.h"
#include "base/clock.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/* A scenario of that name and size, 5 s to send and 55 s to answer, in real time. */
static struct scenario make(const char *name, int32_t conversations, int32_t rounds) {
    struct scenario scenario;
    scenario_init(&scenario);
    strcpy(scenario.name, name);
    scenario.conversations = conversations;
    scenario.rounds = rounds;
    scenario.send = (struct latency){LATENCY_FIXED, 5 * NS_PER_S, 0};
    scenario.response = (struct latency){LATENCY_FIXED, 55 * NS_PER_S, 0};
    scenario.speed = 1;
    return scenario;
}

/* One of the functions prints this text. */
static void expect_print(void (*print)(const struct scenario *scenario, FILE *out),
                         const struct scenario *scenario, const char *expected) {
    char *text = NULL;
    size_t bytes = 0;
    FILE *out = open_memstream(&text, &bytes);
    cr_assert(out != NULL);
    print(scenario, out);
    cr_assert_eq(fclose(out), 0);
    cr_expect_str_eq(text, expected, "%s", text);
    free(text);
}

Test(setting, one_conversation_is_written_in_the_singular) {
    struct scenario scenario = make("s", 1, 1);
    scenario.slots = 1;
    expect_print(setting_print, &scenario,
                 "s: 1 conversation x 1 round, send 5 s, response 55 s, one sender, 1 "
                 "answer slot, in real time\n");
    scenario = make("s", 12, 30);
    scenario.sender_count = 2;
    scenario.slots = 3;
    scenario.speed = 1000;
    expect_print(setting_print, &scenario,
                 "s: 12 conversations x 30 rounds, send 5 s, response 55 s, 2 senders, "
                 "3 answer slots, 1000 times faster than life\n");
}

/* The setting with this time to send and 0.5 ms to answer. */
static void expect_send(struct latency send, const char *expected) {
    struct scenario scenario = make("s", 2, 1);
    char text[200];
    scenario.send = send;
    scenario.response.first_ns = 500000;
    snprintf(text, sizeof text,
             "s: 2 conversations x 1 round, send %s, response 500 us, one sender",
             expected);
    expect_print(setting_print_work, &scenario, text);
}

Test(setting, a_latency_of_many_decimals_is_rounded_to_four_digits) {
    expect_send((struct latency){LATENCY_FIXED, INT64_C(24545454545), 0}, "24.55 s");
    expect_send((struct latency){LATENCY_FIXED, INT64_C(333333333), 0}, "333.3 ms");
    expect_send((struct latency){LATENCY_FIXED, INT64_C(1234567), 0}, "1.235 ms");
    expect_send((struct latency){LATENCY_FIXED, INT64_C(1234500000), 0}, "1.2345 s");
    expect_send((struct latency){LATENCY_FIXED, INT64_C(123456789), 0}, "123.5 ms");
}

Test(setting, a_latency_in_minutes_is_said_beside_its_seconds) {
    expect_send((struct latency){LATENCY_FIXED, 300 * NS_PER_S, 0}, "300 s (5 min)");
    expect_send((struct latency){LATENCY_FIXED, 43200 * NS_PER_S, 0}, "43200 s (12 h)");
    expect_send((struct latency){LATENCY_FIXED, 59 * NS_PER_S, 0}, "59 s");
    expect_send((struct latency){LATENCY_UNIFORM, 60 * NS_PER_S, 90 * NS_PER_S},
                "{uniform: {min: 60 s, max: 90 s}}");
}

Test(setting, the_senders_are_written_in_words) {
    struct scenario scenario = make("s", 2, 2);
    scenario.senders = SENDERS_CLIENT;
    scenario.speed = 0.5;
    expect_print(setting_print, &scenario,
                 "s: 2 conversations x 2 rounds, send 5 s, response 55 s, the client's "
                 "own send, 0.5 times faster than life\n");
    scenario = make("s", 2, 2);
    scenario.senders = SENDERS_UNLIMITED;
    expect_print(setting_print, &scenario,
                 "s: 2 conversations x 2 rounds, send 5 s, response 55 s, unlimited "
                 "senders, in real time\n");
}

Test(setting, the_user_s_own_api_is_named_by_its_file) {
    struct scenario scenario = make("my", 3, 1);
    cr_expect_not(setting_is_own_api(&scenario));
    cr_assert(scenario_set_url_file(&scenario, "urls.txt"));
    cr_expect(setting_is_own_api(&scenario));
    scenario.timeout_ns = 60 * NS_PER_S;
    expect_print(setting_print, &scenario,
                 "my: 3 conversations x 1 round, a URL each of urls.txt, in real time, "
                 "at most 60 s a request\n");
    scenario.timeout_ns = 0;
    expect_print(
        setting_print, &scenario,
        "my: 3 conversations x 1 round, a URL each of urls.txt, in real time\n");
    scenario_close(&scenario);
}

Test(setting, a_path_of_any_bytes_is_shown_as_text) {
    struct scenario scenario = make("my", 3, 1);
    cr_assert(scenario_set_url_file(&scenario, "a, b\xff.txt"));
    expect_print(setting_print_work, &scenario,
                 "my: 3 conversations x 1 round, a URL each of a, b?.txt");
    scenario_close(&scenario);
}

Test(setting, the_pace_is_printed_apart) {
    struct scenario scenario = make("s", 2, 1);
    expect_print(setting_print_pace, &scenario, "in real time");
    scenario.speed = 100;
    expect_print(setting_print_pace, &scenario, "100 times faster than life");
    expect_print(setting_print_work, &scenario,
                 "s: 2 conversations x 1 round, send 5 s, response 55 s, one sender");
    scenario.timeout_ns = 70 * NS_PER_S;
    expect_print(setting_print_pace, &scenario, "100 times faster than life");
    cr_assert(scenario_set_url_file(&scenario, "urls.txt"));
    expect_print(setting_print_pace, &scenario, "at most 70 s a request");
    expect_print(setting_print_work, &scenario,
                 "s: 2 conversations x 1 round, a URL each of urls.txt, in real time");
    scenario_close(&scenario);
}

/* bench/summary/setting.c: a scenario's setting in one line. */
#include "bench/summary/setting.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/* The line of this setting, in JSON, is this. */
static void expect_line(const char *json, const char *line) {
    char *text = NULL;
    size_t bytes = 0;
    json_error_t why;
    json_t *setting = json_loads(json, 0, &why);
    cr_assert(setting != NULL, "%s", why.text);
    FILE *out = open_memstream(&text, &bytes);
    cr_assert(out != NULL);
    setting_print(setting, out);
    cr_assert_eq(fclose(out), 0);
    cr_expect_str_eq(text, line, "%s", text);
    free(text);
    json_decref(setting);
}

#define LATENCIES "\"send\": \"5 s\", \"response\": \"55 s\""

Test(setting, one_is_not_many) {
    expect_line("{\"name\": \"s\", \"conversations\": 1, \"rounds\": 1, " LATENCIES
                ", \"senders\": \"1\", \"slots\": 1, \"speed\": 1}",
                "s: 1 conversation x 1 round, send 5 s, response 55 s, one sender, 1 "
                "answer slot, in real time\n");
    expect_line("{\"name\": \"s\", \"conversations\": 12, \"rounds\": 30, " LATENCIES
                ", \"senders\": \"2\", \"slots\": 3, \"speed\": 1000}",
                "s: 12 conversations x 30 rounds, send 5 s, response 55 s, 2 senders, "
                "3 answer slots, 1000 times faster than life\n");
}

Test(setting, who_sends_is_said_in_words) {
    expect_line("{\"name\": \"s\", \"conversations\": 2, \"rounds\": 2, " LATENCIES
                ", \"senders\": \"client\", \"slots\": 0, \"speed\": 0.5}",
                "s: 2 conversations x 2 rounds, send 5 s, response 55 s, the client's "
                "own send, 0.5 times faster than life\n");
    expect_line("{\"name\": \"s\", \"conversations\": 2, \"rounds\": 2, " LATENCIES
                ", \"senders\": \"unlimited\", \"slots\": 0, \"speed\": 1}",
                "s: 2 conversations x 2 rounds, send 5 s, response 55 s, unlimited "
                "senders, in real time\n");
}

Test(setting, an_own_api_is_known_by_its_file) {
    expect_line("{\"name\": \"my\", \"conversations\": 3, \"rounds\": 1, \"url_file\": "
                "\"urls.txt\", \"timeout_s\": 60, \"speed\": 1}",
                "my: 3 conversations x 1 round, a URL each of urls.txt, in real time, "
                "at most 60 s a request\n");
    expect_line(
        "{\"name\": \"my\", \"conversations\": 3, \"rounds\": 1, \"url_file\": "
        "\"urls.txt\", \"timeout_s\": 0, \"speed\": 1}",
        "my: 3 conversations x 1 round, a URL each of urls.txt, in real time\n");
    json_t *setting = json_pack("{s:n}", "url_file");
    cr_expect_not(setting_is_own_api(setting));
    json_decref(setting);
}

Test(setting, what_an_own_api_does_is_not_known) {
    struct scenario scenario;
    scenario_init(&scenario);
    json_t *setting = setting_describe(&scenario, 7);
    cr_expect_not(setting_is_own_api(setting));
    cr_expect(json_is_real(json_object_get(setting, "send_s")));
    cr_expect_eq(json_integer_value(json_object_get(setting, "seed")), 7);
    json_decref(setting);
    cr_assert(scenario_set_url_file(&scenario, "urls.txt"));
    setting = setting_describe(&scenario, 7);
    cr_expect(setting_is_own_api(setting));
    cr_expect(json_is_null(json_object_get(setting, "send_s")));
    cr_expect(json_is_null(json_object_get(setting, "senders")));
    json_decref(setting);
    scenario_close(&scenario);
}

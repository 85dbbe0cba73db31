/* bench/scenario/urls.c: the scenario of a URL file. */
#include "bench/scenario/urls.h"
#include "base/clock.h"
#include "bench/scenario/file.h"
#include "tests/support/folder.h"

#include <criterion/criterion.h>

static char folder[PATH_MAX];
static char urls_path[PATH_MAX];

static void make_folder(void) {
    alarm(60); /* ends a test that hangs */
    folder_make(folder);
    folder_write(folder, "own.txt", "http://a\nhttp://b\nhttp://c\n", 27, urls_path);
}

static void remove_folder(void) {
    folder_remove(folder);
}

TestSuite(scenario_urls, .init = make_folder, .fini = remove_folder);

static struct scenario make(const char *path) {
    struct scenario scenario;
    struct error error = {.kind = ERROR_NONE};
    cr_assert(scenario_of_urls(&scenario, path, &error));
    return scenario;
}

static void set(struct scenario *scenario, const char *key, const char *text) {
    struct error error = {.kind = ERROR_NONE};
    cr_assert(scenario_set(scenario, scenario_find_field(key), text, &error), "%s",
              error.message);
}

/* Reads the scenario's URLs. Returns the message if that fails, else NULL. */
static const char *read_urls(struct scenario *scenario) {
    static struct error error;
    struct url_file urls;
    bool ok = scenario_read_urls(scenario, &urls, &error);
    url_file_close(&urls);
    return ok ? NULL : error.message;
}

Test(scenario_urls, it_is_named_after_its_file) {
    static const char *const cases[][2] = {
        {"own.txt", "own"},
        {"/a/b.c/my urls.v2.txt", "my-urls.v2"},
        {"urls", "urls"},
        {".hidden.txt", "hidden"},
        {"-x", "x"},
        {"/dev/fd/63", "63"},
        {"\xe4\xb8\xad.txt", "own-api"},
        {"\xc3\xa9t\xc3\xa9.txt", "_-t--"},
        {"..", "own-api"},
        {"$(reboot)`.txt", "_-reboot--"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct scenario scenario = make(cases[i][0]);
        struct error error = {.kind = ERROR_NONE};
        cr_expect_str_eq(scenario.name, cases[i][1], "%s: %s", cases[i][0],
                         scenario.name);
        char name[SCENARIO_NAME_BYTES];
        strcpy(name, scenario.name);
        cr_expect(scenario_find_field("name")->set(&scenario, name, &error), "%s",
                  error.message);
        scenario_close(&scenario);
    }
}

Test(scenario_urls, a_line_is_a_conversation_in_real_time) {
    struct scenario scenario = make(urls_path);
    cr_assert_null(read_urls(&scenario));
    cr_expect_eq(scenario.conversations, 3);
    cr_expect_eq(scenario.rounds, 1);
    cr_expect_eq(scenario.blocks, 3);
    cr_expect_eq(scenario.speed, 1);
    cr_expect_eq(scenario.timeout_ns, 60 * NS_PER_S);
    cr_expect_str_eq(scenario.title, "3 URLs of own.txt");
    scenario_close(&scenario);
}

Test(scenario_urls, a_given_field_is_kept) {
    struct scenario scenario = make(urls_path);
    set(&scenario, "conversations", "1");
    set(&scenario, "timeout", "0s");
    set(&scenario, "title", "mine");
    set(&scenario, "rounds", "4");
    cr_assert_null(read_urls(&scenario));
    cr_expect_eq(scenario.conversations, 1);
    cr_expect_eq(scenario.timeout_ns, 0);
    cr_expect_str_eq(scenario.title, "mine");
    cr_expect_eq(scenario.rounds, 4);
    scenario_close(&scenario);
}

Test(scenario_urls, more_conversations_than_lines_are_refused) {
    struct scenario scenario = make(urls_path);
    set(&scenario, "conversations", "4");
    const char *message = read_urls(&scenario);
    cr_assert_not_null(message);
    cr_expect(strstr(message, "4 conversations need as many URLs"), "%s", message);
    cr_expect(strstr(message, "own.txt has 3"), "%s", message);
    scenario_close(&scenario);
}

Test(scenario_urls, a_field_for_the_mock_api_is_refused) {
    static const char *const given[][2] = {
        {"send", "5s"},       {"response", "55s"}, {"senders", "2"},
        {"send_work", "cpu"}, {"slots", "3"},      {"speed", "1"},
    };
    for (size_t i = 0; i < sizeof given / sizeof given[0]; i++) {
        struct scenario scenario = make(urls_path);
        char wanted[100];
        set(&scenario, given[i][0], given[i][1]);
        const char *message = read_urls(&scenario);
        snprintf(wanted, sizeof wanted, "'%s' is for the mock API", given[i][0]);
        cr_assert_not_null(message, "%s", given[i][0]);
        cr_expect(strstr(message, wanted) == message, "%s", message);
        scenario_close(&scenario);
    }
}

Test(scenario_urls, a_relative_path_starts_at_the_scenario_file) {
    static const char text[] = "name: kept\nurl_file: own.txt\nrounds: 2\n";
    char path[PATH_MAX];
    struct scenario scenario;
    struct error error = {.kind = ERROR_NONE};
    folder_write(folder, "kept.yaml", text, strlen(text), path);
    cr_assert(scenario_load(&scenario, path, &error), "%s", error.message);
    cr_expect_str_eq(scenario.url_file, urls_path);
    cr_assert_null(read_urls(&scenario));
    cr_expect_str_eq(scenario.name, "kept");
    cr_expect_eq(scenario.conversations, 3);
    scenario_close(&scenario);
}

Test(scenario_urls, a_scenario_file_that_mixes_both_is_refused) {
    static const char text[] = "name: x\nsend: 5s\nurl_file: own.txt\n";
    char path[PATH_MAX];
    struct scenario scenario;
    struct error error = {.kind = ERROR_NONE};
    folder_write(folder, "x.yaml", text, strlen(text), path);
    cr_expect_not(scenario_load(&scenario, path, &error));
    cr_expect_eq(error.kind, ERROR_INPUT);
    cr_expect(strstr(error.message, "'send' is for the mock API"), "%s", error.message);
    scenario_close(&scenario);
}

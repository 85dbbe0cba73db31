/* models/runtime/arguments.c: a model's command line, and its errors. */
#include "models/runtime/arguments.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { MOST_WORDS = 32 };

/* Parses a copy of the words, because parsing moves them. */
static bool parse(struct arguments *arguments, const char *const words[],
                  struct error *error) {
    static char name[] = "simul-model-test";
    char *argv[MOST_WORDS] = {name};
    int argc = 1;
    for (; words[argc - 1]; argc++) {
        argv[argc] = (char *)words[argc - 1];
    }
    *error = (struct error){.kind = ERROR_NONE};
    return arguments_parse(arguments, argc, argv, error);
}

Test(arguments, a_url_alone_is_one_request) {
    struct arguments arguments;
    struct error error;
    cr_assert(parse(&arguments, (const char *[]){"--url", "http://x", NULL}, &error));
    const struct workload *workload = &arguments.workload;
    cr_expect_str_eq(workload->url, "http://x");
    cr_expect_eq(workload->conversations, 1);
    cr_expect_eq(workload->rounds, 1);
    cr_expect_eq(workload->send_hold_ns, 0);
    cr_expect_eq(workload->timeout_ns, 0);
    cr_expect_eq(workload->send_work, SEND_WORK_SLEEP);
    cr_expect_eq(workload->connections, CONNECTIONS_KEEP);
    arguments_close(&arguments);
}

Test(arguments, every_option_is_stored) {
    struct arguments arguments;
    struct error error;
    const char *words[] = {"--url",
                           "http://x",
                           "--conversations",
                           "24",
                           "--rounds",
                           "30",
                           "--workers",
                           "5",
                           "--cores",
                           "6",
                           "--send-hold",
                           "50000000",
                           "--send-work",
                           "cpu",
                           "--timeout",
                           "7000000000",
                           "--connections",
                           "warm",
                           NULL};
    cr_assert(parse(&arguments, words, &error), "%s", error.message);
    const struct workload *workload = &arguments.workload;
    cr_expect_eq(workload->conversations, 24);
    cr_expect_eq(workload->rounds, 30);
    cr_expect_eq(workload->workers, 5);
    cr_expect_eq(workload->cores, 6);
    cr_expect_eq(workload->send_hold_ns, 50000000);
    cr_expect_eq(workload->send_work, SEND_WORK_CPU);
    cr_expect_eq(workload->timeout_ns, 7000000000);
    cr_expect_eq(workload->connections, CONNECTIONS_WARM);
    arguments_close(&arguments);
}

Test(arguments, an_error_names_its_cause) {
    static const struct {
        const char *words[6];
        const char *named;
    } cases[] = {
        {{NULL}, "--url"},
        {{"--url", "http://x", "--conversations", "0"}, "--conversations"},
        {{"--url", "http://x", "--conversations", "many"}, "many"},
        {{"--url", "http://x", "--rounds", "-3"}, "-3"},
        {{"--url", "http://x", "--rounds", "4294967297"}, "--rounds"},
        {{"--url", "http://x", "--workers", ""}, "--workers"},
        {{"--url", "http://x", "--cores", "1.5"}, "1.5"},
        {{"--url", "http://x", "--send-hold", "-1"}, "--send-hold"},
        {{"--url", "http://x", "--timeout", "5s"}, "5s"},
        {{"--url", "http://x", "--timeout", "9223372036854775808"}, "--timeout"},
        {{"--url", "http://x", "--send-work", "dance"}, "dance"},
        {{"--url", "http://x", "--connections", "hot"}, "hot"},
        {{"--url", "http://x", "--conection", "keep"}, "--connections"},
        {{"--url", "http://x", "surplus"}, "surplus"},
        {{"--url", "http://x", "--url-file", "/dev/null"}, "either"},
        {{"--url-file", "/no/such/file"}, "/no/such/file"},
        {{"--url-file", "/dev/null"}, "/dev/null"},
        {{"--url-file", "/"}, "/"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct arguments arguments;
        struct error error;
        cr_expect_not(parse(&arguments, cases[i].words, &error), "case %zu passes", i);
        cr_expect_eq(error.kind, ERROR_INPUT, "case %zu is not bad input", i);
        cr_expect(strstr(error.message, cases[i].named), "'%s' does not name '%s'",
                  error.message, cases[i].named);
        cr_expect_not(strchr(error.message, '\n'), "'%s' has lines", error.message);
        arguments_close(&arguments);
    }
}

Test(arguments, a_url_too_long_for_its_buffer_is_refused) {
    struct arguments arguments;
    struct error error;
    char url[WORKLOAD_URL_BYTES + 1];
    memset(url, 'x', sizeof url);
    url[WORKLOAD_URL_BYTES - 31] = '\0';
    cr_expect_not(parse(&arguments, (const char *[]){"--url", url, NULL}, &error));
    url[WORKLOAD_URL_BYTES - 32] = '\0';
    cr_assert(parse(&arguments, (const char *[]){"--url", url, NULL}, &error));
    char text[WORKLOAD_URL_BYTES];
    const char *longest = workload_url(&arguments.workload, 99999999, 99999999, text);
    cr_expect_str_eq(longest + strlen(longest) - 18, "/99999999/99999999");
}

/* The longest duration that passes can still be added to a time, and rounded up. */
Test(arguments, a_duration_beyond_the_clock_is_refused) {
    struct arguments arguments;
    struct error error;
    cr_expect_not(parse(
        &arguments,
        (const char *[]){"--url", "http://x", "--timeout", "9223372036854775807", NULL},
        &error));
    cr_expect_not(parse(&arguments,
                        (const char *[]){"--url", "http://x", "--send-hold",
                                         "9223372036854775807", NULL},
                        &error));
}

static bool parse_file(struct arguments *arguments, const char *text,
                       const char *conversations, struct error *error) {
    char path[64];
    int fd = memfd_create("urls", MFD_CLOEXEC);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    dprintf(fd, "%s", text);
    const char *words[] = {"--url-file", path, conversations ? "--conversations" : NULL,
                           conversations, NULL};
    bool ok = parse(arguments, words, error);
    close(fd);
    return ok;
}

Test(arguments, a_url_file_makes_one_conversation_of_each_line) {
    static const char *const texts[] = {"http://a\nhttp://b\nhttp://c\n",
                                        "http://a\nhttp://b\nhttp://c",
                                        "http://a\r\nhttp://b\r\nhttp://c\r\n"};
    for (size_t i = 0; i < 3; i++) {
        struct arguments arguments;
        struct error error;
        cr_assert(parse_file(&arguments, texts[i], NULL, &error), "%s", error.message);
        cr_expect_eq(arguments.workload.conversations, 3);
        cr_expect_str_eq(arguments.workload.urls[0], "http://a");
        cr_expect_str_eq(arguments.workload.urls[1], "http://b");
        cr_expect_str_eq(arguments.workload.urls[2], "http://c");
        arguments_close(&arguments);
    }
}

Test(arguments, more_conversations_than_lines_are_refused) {
    struct arguments arguments;
    struct error error;
    cr_expect(parse_file(&arguments, "http://a\nhttp://b\n", "1", &error));
    cr_expect_eq(arguments.workload.conversations, 1);
    arguments_close(&arguments);
    cr_expect_not(parse_file(&arguments, "http://a\nhttp://b\n", "3", &error));
    cr_expect(strstr(error.message, "2 lines"), "%s", error.message);
    arguments_close(&arguments);
}

Test(arguments, describe_and_help_need_nothing_else) {
    struct arguments arguments;
    struct error error;
    cr_expect(parse(&arguments, (const char *[]){"--describe", NULL}, &error));
    cr_expect(arguments.describe && !arguments.help);
    arguments_close(&arguments);
    cr_expect(parse(&arguments, (const char *[]){"--help", NULL}, &error));
    cr_expect(arguments.help && !arguments.describe);
    arguments_close(&arguments);
}

Test(arguments, closing_twice_is_harmless) {
    struct arguments arguments;
    struct error error;
    cr_assert(parse_file(&arguments, "http://a\n", NULL, &error));
    arguments_close(&arguments);
    arguments_close(&arguments);
}

/* bench/scenario/url_file.c: files of URLs. */
#include "bench/scenario/url_file.h"
#include "bench/scenario/scenario.h"
#include "tests/support/folder.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <sys/stat.h>

static char folder[PATH_MAX];

static void make_folder(void) {
    alarm(60); /* ends a test that hangs */
    folder_make(folder);
}

static void remove_folder(void) {
    folder_remove(folder);
}

TestSuite(url_file, .init = make_folder, .fini = remove_folder);

static void expect_urls(const char *text, const char *clean, int32_t count) {
    struct url_file urls;
    struct error error = {.kind = ERROR_NONE};
    cr_assert(url_file_parse(&urls, "f", text, strlen(text), &error), "%s",
              error.message);
    cr_expect_str_eq(urls.text, clean);
    cr_expect_eq(urls.count, count);
    url_file_close(&urls);
}

static void expect_refusal(const char *text, size_t bytes, const char *message) {
    struct url_file urls;
    struct error error = {.kind = ERROR_NONE};
    cr_expect_not(url_file_parse(&urls, "own.txt", text, bytes, &error), "%s", text);
    cr_expect_eq(error.kind, ERROR_INPUT);
    cr_expect(strstr(error.message, message) == error.message, "'%s', not '%s'",
              error.message, message);
    url_file_close(&urls);
}

Test(url_file, only_urls_are_left) {
    expect_urls("http://a\nhttp://b\n", "http://a\nhttp://b\n", 2);
    expect_urls("http://a", "http://a\n", 1);
    expect_urls("\r\n\n# mine\r\n  # too\r\nhttp://a\r\n\t \n \thttp://b \t\r\n#",
                "http://a\nhttp://b\n", 2);
    expect_urls("\xef\xbb\xbfhttp://a\n", "http://a\n", 1);
    expect_urls("http://a\nhttp://a\n", "http://a\nhttp://a\n", 2);
}

Test(url_file, each_url_knows_its_line_in_the_user_s_file) {
    static const char text[] = "# mine\nhttp://a/\n\n  http://b/c \r\nhttp://d/";
    struct url_file urls;
    struct error error;
    size_t bytes = 0;
    cr_assert(url_file_parse(&urls, "u", text, sizeof text - 1, &error));
    cr_expect_eq(url_file_line(&urls, 0), 2);
    cr_expect_eq(url_file_line(&urls, 1), 4);
    cr_expect_eq(url_file_line(&urls, 2), 5);
    const char *url = url_file_at(&urls, 1, &bytes);
    cr_expect_eq(bytes, 10);
    cr_expect_eq(strncmp(url, "http://b/c", bytes), 0);
    cr_expect_eq(url_file_line(&urls, 3), 0);
    cr_expect_eq(url_file_line(&urls, -1), 0);
    cr_expect_null(url_file_at(&urls, 3, &bytes));
    url_file_close(&urls);
    cr_expect_null(url_file_at(&urls, 0, &bytes));
    cr_expect_eq(url_file_line(NULL, 0), 0);
}

Test(url_file, an_error_has_file_line_and_column) {
    static const char *const cases[][2] = {
        {"http://a\n\n# x\n  http://b c\n", "own.txt:4:11: a space within the URL"},
        {"example.org", "own.txt:1:1: no scheme"},
        {"\xef\xbb\xbf"
         "ftp://a",
         "own.txt:1:1: 'ftp' is not supported"},
        {"http://a # mine", "own.txt:1:9: a space within"},
        {"http://a\rhttp://b", "own.txt:1:9: a control character (0x0d)"},
        {"http://a\nhttp://\xe4/", "own.txt:2:8: a byte that is not ASCII (0xe4)"},
        {"\xff\xfeh", "own.txt:1:1: a byte that is not ASCII (0xff)"},
        {"", "own.txt: no URL in it; write one URL a line"},
        {"# nothing\n\n", "own.txt: no URL in it"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        expect_refusal(cases[i][0], strlen(cases[i][0]), cases[i][1]);
    }
    expect_refusal("http://a\0b", 10, "own.txt:1:9: a control character (0x00)");
}

Test(url_file, a_path_of_any_bytes_is_shown_as_text) {
    struct url_file urls;
    struct error error = {.kind = ERROR_NONE};
    cr_assert_not(url_file_parse(&urls, "\x1b[31m\xff", "x", 1, &error));
    cr_expect(strstr(error.message, "?[31m?:1:1: ") == error.message, "%s",
              error.message);
    url_file_close(&urls);
}

Test(url_file, a_hundred_thousand_lines_are_read) {
    enum { LINES = 100000 };
    char path[PATH_MAX];
    struct url_file urls;
    struct error error = {.kind = ERROR_NONE};
    snprintf(path, sizeof path, "%.4000s/many", folder);
    FILE *file = fopen(path, "w");
    cr_assert_not_null(file);
    for (int i = 0; i < LINES; i++) {
        fprintf(file, "http://127.0.0.1:8080/item/%d?with=a%%20query\n", i);
    }
    cr_assert_eq(fclose(file), 0);
    cr_assert(url_file_read(&urls, path, &error), "%s", error.message);
    cr_expect_eq(urls.count, LINES);
    url_file_close(&urls);
}

Test(url_file, more_lines_than_a_scenario_may_have_conversations_are_refused) {
    size_t lines = SCENARIO_MOST_CONVERSATIONS + 1;
    char *text = malloc(lines * 9);
    cr_assert_not_null(text);
    for (size_t i = 0; i < lines; i++) {
        memcpy(text + i * 9, "http://a\n", 9);
    }
    expect_refusal(text, lines * 9, "own.txt:1000001:1: over 1000000 URLs");
    free(text);
}

Test(url_file, anything_but_a_file_of_urls_is_refused_with_a_reason) {
    static const char *const cases[][2] = {
        {"/no/such/file", "cannot open the URL file /no/such/file: No such file"},
        {"/", "cannot read the URL file /: Is a directory"},
        {"/dev/zero", "/dev/zero:1:1: a control character (0x00)"},
        {"/dev/null", "/dev/null: no URL in it"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct url_file urls;
        struct error error = {.kind = ERROR_NONE};
        cr_expect_not(url_file_read(&urls, cases[i][0], &error));
        cr_expect_eq(error.kind, ERROR_INPUT);
        cr_expect(strstr(error.message, cases[i][1]) == error.message, "%s",
                  error.message);
        url_file_close(&urls);
    }
}

Test(url_file, a_pipe_without_a_writer_does_not_hang) {
    char path[PATH_MAX + 8];
    struct url_file urls;
    struct error error = {.kind = ERROR_NONE};
    snprintf(path, sizeof path, "%s/pipe", folder);
    cr_assert_eq(mkfifo(path, 0600), 0);
    cr_expect_not(url_file_read(&urls, path, &error));
    cr_expect(strstr(error.message, "no URL in it"), "%s", error.message);
    url_file_close(&urls);
}

Test(url_file, the_first_urls_are_written_for_the_owner_only) {
    static const char text[] = "http://a\n#\nhttp://b\nhttp://c\n";
    char path[PATH_MAX + 8];
    struct url_file urls;
    struct stat status;
    struct error error = {.kind = ERROR_NONE};
    snprintf(path, sizeof path, "%s/urls", folder);
    cr_assert(url_file_parse(&urls, "f", text, strlen(text), &error));
    cr_assert(url_file_write(&urls, 2, path, &error), "%s", error.message);
    char *written = folder_read(path);
    cr_expect_str_eq(written, "http://a\nhttp://b\n");
    cr_expect(stat(path, &status) == 0 && (status.st_mode & 0777) == 0600);
    cr_expect_not(url_file_write(&urls, 3, "/dev/full", &error));
    cr_expect(strstr(error.message, "cannot write /dev/full: No space left"), "%s",
              error.message);
    free(written);
    url_file_close(&urls);
}

static void expect_hosts(const char *text, int32_t count, int64_t factor,
                         const char *named) {
    struct url_file urls;
    char hosts[200];
    struct error error = {.kind = ERROR_NONE};
    cr_assert(url_file_parse(&urls, "f", text, strlen(text), &error));
    cr_assert(url_file_name_hosts(&urls, count, factor, hosts, sizeof hosts));
    cr_expect_str_eq(hosts, named);
    url_file_close(&urls);
}

Test(url_file, hosts_are_named_with_their_numbers_of_requests) {
    static const char text[] = "http://b/1\nhttp://a/2\nhttp://b/3\nhttp://c:1\n"
                               "http://d\nhttp://e\n";
    expect_hosts(text, 1, 9, "b");
    expect_hosts(text, 3, 10, "b (20), a (10)");
    expect_hosts(text, 4, 1, "b (2), a (1), c:1 (1)");
    expect_hosts(text, 5, 1, "b (2), a (1), c:1 (1) and 1 more host");
    expect_hosts(text, 6, 1, "b (2), a (1), c:1 (1) and 2 more hosts");
}

Test(url_file, long_hosts_do_not_overflow_the_text) {
    struct url_file urls;
    char hosts[16];
    struct error error = {.kind = ERROR_NONE};
    static const char text[] = "http://a.very.long.host.example\nhttp://another\n";
    cr_assert(url_file_parse(&urls, "f", text, strlen(text), &error));
    cr_assert(url_file_name_hosts(&urls, 2, 1, hosts, sizeof hosts));
    cr_expect_str_eq(hosts, "a.very.long.hos");
    url_file_close(&urls);
}

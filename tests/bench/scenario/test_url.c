/* bench/scenario/url.c: good and bad URLs. */
#include "bench/scenario/url.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Test(url, a_url_that_every_client_can_request_is_accepted) {
    static const char *const urls[] = {
        "http://a",
        "http://a/",
        "HTTP://A.example:80/x",
        "https://a.example.:443/?q=1&r={}|^`\"<>'$(x);\\[]",
        "http://127.0.0.1:65535",
        "http://[::1]:8080/c/0",
        "http://[2001:db8::1]/",
        "http://a_b-c.example?only=query",
        "http://a/?to=https://b/c@d:99999",
        "http://xn--bcher-kva.example/%C3%A9",
    };
    for (size_t i = 0; i < sizeof urls / sizeof urls[0]; i++) {
        struct error error = {.kind = ERROR_NONE};
        size_t column;
        cr_expect(url_check(urls[i], strlen(urls[i]), &column, &error), "%s: %s",
                  urls[i], error.message);
    }
}

Test(url, a_url_that_a_client_would_refuse_is_refused_with_its_place) {
    static const struct {
        const char *url;
        size_t column;
        const char *what;
    } cases[] = {
        {"example.org/x", 0, "no scheme"},
        {"/x/http://a", 0, "no scheme"},
        {"?u=http://a", 0, "no scheme"},
        {"http:/a", 0, "no scheme"},
        {"://a", 0, "'' is not supported"},
        {"ftp://a/", 0, "'ftp' is not supported; write http or https"},
        {"file:///etc/passwd", 0, "'file' is not supported"},
        {"http://", 7, "no host"},
        {"http:///x", 7, "no host"},
        {"http://:80/", 7, "no host"},
        {"http://a b/", 8, "a space within"},
        {"http://a/b c", 10, "a space within"},
        {"http://a/\x1b[31m", 9, "a control character (0x1b)"},
        {"http://a/\x7f", 9, "a control character (0x7f)"},
        {"http://a/\tb", 9, "a control character (0x09)"},
        {"http://a/\xc3\xa9", 9, "not ASCII (0xc3)"},
        {"http://b\xff/", 8, "not ASCII (0xff)"},
        {"http://a/x#y", 10, "a fragment is never sent"},
        {"http://me:secret@a/", 7, "a user or password"},
        {"http://me@a", 7, "a user or password"},
        {"http://a..b/", 9, "have 1 to 63 bytes"},
        {"http://.a/", 7, "have 1 to 63 bytes"},
        {"http://./", 7, "have 1 to 63 bytes"},
        {"http://a`b/", 8, "'`' in the host"},
        {"http://a\\b/", 8, "'\\' in the host"},
        {"http://a%62/", 8, "'%' in the host"},
        {"http://a:/", 9, "a port is a number from 1 to 65535"},
        {"http://a:0/", 9, "a port"},
        {"http://a:65536/", 9, "a port"},
        {"http://a:99999999999999999999/", 9, "a port"},
        {"http://a:8o/", 9, "a port"},
        {"http://::1/", 7, "an IPv6 address stands in brackets"},
        {"http://[::1/", 7, "an IPv6 address stands in brackets"},
        {"http://[::g]/", 7, "no IPv6 address"},
        {"http://[]/", 7, "no IPv6 address"},
        {"http://[fe80::1%25eth0]/", 7, "no IPv6 address"},
        {"http://[::1]x/", 12, "only a port or a path may follow"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct error error = {.kind = ERROR_NONE};
        size_t column = 999;
        cr_expect_not(url_check(cases[i].url, strlen(cases[i].url), &column, &error),
                      "%s", cases[i].url);
        cr_expect_eq(error.kind, ERROR_INPUT, "%s", cases[i].url);
        cr_expect_eq(column, cases[i].column, "%s: column %zu", cases[i].url, column);
        cr_expect(strstr(error.message, cases[i].what), "%s: %s", cases[i].url,
                  error.message);
    }
}

Test(url, a_url_that_is_too_long_is_refused) {
    char *url = malloc(URL_MOST_BYTES + 2);
    struct error error = {.kind = ERROR_NONE};
    size_t column;
    memset(url, 'x', URL_MOST_BYTES + 1);
    memcpy(url, "http://a/", 9);
    cr_expect(url_check(url, URL_MOST_BYTES, &column, &error), "%s", error.message);
    cr_expect_not(url_check(url, URL_MOST_BYTES + 1, &column, &error));
    cr_expect(strstr(error.message, "8001 bytes"), "%s", error.message);
    free(url);
}

Test(url, a_host_or_a_part_of_it_that_is_too_long_is_refused) {
    char url[400];
    struct error error = {.kind = ERROR_NONE};
    size_t column;
    snprintf(url, sizeof url, "http://%063d.example/", 0);
    cr_expect(url_check(url, strlen(url), &column, &error), "%s", error.message);
    snprintf(url, sizeof url, "http://%064d.example/", 0);
    cr_expect_not(url_check(url, strlen(url), &column, &error));
    snprintf(url, sizeof url, "http://%063d.%063d.%063d.%063d/", 0, 0, 0, 0);
    cr_expect_not(url_check(url, strlen(url), &column, &error));
    cr_expect(strstr(error.message, "longer than 253"), "%s", error.message);
}

Test(url, the_host_includes_its_port) {
    static const char *const cases[][2] = {
        {"http://a.example", "a.example"},
        {"https://a.example:8443/x?y", "a.example:8443"},
        {"http://[::1]:80\nhttp://b", "[::1]:80"},
        {"http://a?u=http://b/", "a"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t bytes;
        const char *host = url_host(cases[i][0], &bytes);
        cr_expect_eq(bytes, strlen(cases[i][1]), "%s", cases[i][0]);
        cr_expect_eq(strncmp(host, cases[i][1], bytes), 0, "%s", cases[i][0]);
    }
}

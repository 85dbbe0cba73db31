/* mock_api/answer.c: the bytes of an answer. */
#include "mock_api/answer.h"
#include "base/clock.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static struct request request;
static struct answer_date date;
static char bytes[ANSWER_BYTES + 1];

static void read_request(const char *text) {
    size_t consumed;
    request_open(&request);
    cr_assert_eq(request_feed(&request, text, strlen(text), &consumed),
                 REQUEST_COMPLETE);
}

static void format(const struct witness_record *times) {
    memset(bytes, 'X', sizeof bytes);
    size_t length = answer_format(bytes, &date, &request, times);
    cr_assert_leq(length, ANSWER_BYTES);
    bytes[length] = '\0';
}

static void expect_line(const char *line) {
    char whole[400];
    snprintf(whole, sizeof whole, "\r\n%s\r\n", line);
    cr_expect_not_null(strstr(bytes, whole), "no '%s' in %s", line, bytes);
}

static const char *body(void) {
    const char *end = strstr(bytes, "\r\n\r\n");
    cr_assert_not_null(end);
    return end + 4;
}

/* The length that the head announces. */
static int announced(void) {
    const char *field = strstr(bytes, "\r\nContent-Length: ");
    int length = -1;
    cr_assert_not_null(field);
    cr_assert_eq(sscanf(field, "\r\nContent-Length: %d\r\n", &length), 1);
    return length;
}

static const struct witness_record times = {
    .arrival_ns = 1000,
    .send_begin_ns = 1001,
    .send_end_ns = 1001 + 5 * NS_PER_MS,
    .response_begin_ns = 1001 + 5 * NS_PER_MS + 1234567,
    .response_due_ns = 1001 + 5 * NS_PER_MS + 1234567 + 55000 * NS_PER_MS + 20,
    .conversation = 3,
    .round = 29,
};

Test(answer, server_timing_is_exact_to_the_nanosecond) {
    read_request("GET /3/29 HTTP/1.1\r\nHost: a\r\n\r\n");
    format(&times);
    expect_line("Server-Timing: queue;dur=0.000001, send;dur=5.000000, "
                "backlog;dur=1.234567, response;dur=55000.000020");
}

Test(answer, phases_without_length_are_zero) {
    read_request("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    struct witness_record at_once = {7, 7, 7, 7, 7, 0, -1, -1, 0, 0};
    format(&at_once);
    expect_line("Server-Timing: queue;dur=0.000000, send;dur=0.000000, "
                "backlog;dur=0.000000, response;dur=0.000000");
}

Test(answer, phases_that_were_not_reached_are_not_negative) {
    read_request("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    struct witness_record never = {.arrival_ns = 7};
    format(&never);
    expect_line("Server-Timing: queue;dur=0.000000, send;dur=0.000000, "
                "backlog;dur=0.000000, response;dur=0.000000");
}

Test(answer, it_is_a_whole_http_answer) {
    read_request("GET /3/29 HTTP/1.1\r\nHost: a\r\n\r\n");
    format(&times);
    cr_expect_eq(strncmp(bytes, "HTTP/1.1 200 OK\r\n", 17), 0);
    expect_line("Content-Type: application/json");
    cr_expect_str_eq(body(), "{\"conversation\":3,\"round\":29}\n");
    cr_expect_eq(announced(), (int)strlen(body()));
    cr_expect_null(strstr(bytes, "Connection:"));
}

Test(answer, a_path_that_names_none_has_nulls) {
    read_request("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    struct witness_record none = {.conversation = -1, .round = -1};
    format(&none);
    cr_expect_str_eq(body(), "{\"conversation\":null,\"round\":null}\n");
    cr_expect_eq(announced(), (int)strlen(body()));
}

Test(answer, the_longest_fits) {
    read_request("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    struct witness_record longest = {
        .send_begin_ns = INT64_MAX,
        .response_due_ns = INT64_MAX,
        .conversation = INT32_MAX,
        .round = INT32_MAX,
    };
    format(&longest);
    expect_line("Server-Timing: queue;dur=9223372036854.775807, send;dur=0.000000, "
                "backlog;dur=0.000000, response;dur=9223372036854.775807");
    cr_expect_str_eq(body(), "{\"conversation\":2147483647,\"round\":2147483647}\n");
}

Test(answer, a_head_request_gets_the_head_only) {
    read_request("GET /3/29 HTTP/1.1\r\nHost: a\r\n\r\n");
    format(&times);
    int length = announced();
    read_request("HEAD /3/29 HTTP/1.1\r\nHost: a\r\n\r\n");
    format(&times);
    cr_expect_str_eq(body(), "");
    cr_expect_eq(announced(), length);
}

Test(answer, http_1_0_gets_a_header_if_the_connection_is_kept) {
    read_request("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    format(&times);
    expect_line("Connection: keep-alive");
}

Test(answer, a_connection_that_is_not_kept_gets_a_header) {
    static const char *const texts[] = {
        "GET / HTTP/1.0\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    };
    for (int i = 0; i < 2; i++) {
        read_request(texts[i]);
        format(&times);
        expect_line("Connection: close");
        cr_expect_null(strstr(bytes, "keep-alive"));
    }
}

Test(answer, the_date_is_the_current_time) {
    read_request("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    time_t before = time(NULL);
    format(&times);
    struct tm utc = {0};
    const char *field = strstr(bytes, "\r\nDate: ");
    cr_assert_not_null(field);
    const char *end = strptime(field, "\r\nDate: %a, %d %b %Y %H:%M:%S GMT", &utc);
    cr_assert_not_null(end, "%s", field);
    cr_expect_eq(strncmp(end, "\r\n", 2), 0);
    time_t found = timegm(&utc);
    cr_expect(found >= before - 1 && found <= time(NULL));
}

Test(answer, a_stale_date_is_made_anew) {
    read_request("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    date = (struct answer_date){.second = 1, .length = 7, .line = "stale\r\n"};
    format(&times);
    cr_expect_null(strstr(bytes, "stale"));
}

Test(answer, a_refusal_names_status_and_reason_and_closes) {
    static const struct {
        int status;
        const char *line;
    } refusals[] = {
        {400, "HTTP/1.1 400 Bad Request\r\n"},
        {408, "HTTP/1.1 408 Request Timeout\r\n"},
        {413, "HTTP/1.1 413 Content Too Large\r\n"},
        {414, "HTTP/1.1 414 URI Too Long\r\n"},
        {417, "HTTP/1.1 417 Expectation Failed\r\n"},
        {431, "HTTP/1.1 431 Request Header Fields Too Large\r\n"},
        {501, "HTTP/1.1 501 Not Implemented\r\n"},
        {503, "HTTP/1.1 503 Service Unavailable\r\n"},
        {505, "HTTP/1.1 505 HTTP Version Not Supported\r\n"},
    };
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        size_t length =
            answer_format_refusal(bytes, &date, refusals[i].status, "the reason");
        bytes[length] = '\0';
        const char *line = refusals[i].line;
        cr_expect_eq(strncmp(bytes, line, strlen(line)), 0, "%s", bytes);
        expect_line("Connection: close");
        expect_line("Content-Type: text/plain");
        cr_expect_str_eq(body(), "the reason\n");
        cr_expect_eq(announced(), 11);
    }
}

Test(answer, a_texts_head_announces_its_length) {
    read_request("GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n");
    size_t length = answer_format_text_head(bytes, &date, &request, 4711);
    bytes[length] = '\0';
    cr_expect_eq(strncmp(bytes, "HTTP/1.1 200 OK\r\n", 17), 0);
    expect_line("Content-Type: text/plain; version=0.0.4");
    cr_expect_eq(announced(), 4711);
    cr_expect_str_eq(body(), "");
}

Test(answer, the_100_is_a_whole_interim_answer) {
    cr_expect_str_eq(answer_continue, "HTTP/1.1 100 Continue\r\n\r\n");
}

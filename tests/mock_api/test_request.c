/* mock_api/request.c: requests that are read, and requests that are refused. */
#include "mock_api/request.h"
#include "base/clock.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Feeds the text in pieces, until the request is complete or refused or the text
 * ends. */
struct reading {
    struct request request;
    enum request_progress progress;
    size_t consumed;
};

static struct reading *read_in_pieces(const char *text, size_t length, size_t piece) {
    struct reading *reading = calloc(1, sizeof *reading);
    cr_assert_not_null(reading);
    request_open(&reading->request);
    while (reading->consumed < length && reading->progress == REQUEST_MORE) {
        size_t left = length - reading->consumed;
        size_t consumed = 0;
        /* Each piece has memory of its own, so that a sanitizer sees a read beyond
         * it. */
        size_t count = left < piece ? left : piece;
        char *bytes = malloc(count);
        memcpy(bytes, text + reading->consumed, count);
        reading->progress = request_feed(&reading->request, bytes, count, &consumed);
        free(bytes);
        cr_assert_leq(consumed, count);
        cr_assert(reading->progress != REQUEST_MORE || consumed == count);
        reading->consumed += consumed;
    }
    return reading;
}

static struct reading *read_text(const char *text) {
    return read_in_pieces(text, strlen(text), SIZE_MAX);
}

/* The text is refused with this status and a reason, at once and byte by byte. */
static void expect_refusal(const char *text, int status) {
    size_t pieces[] = {SIZE_MAX, 1};
    for (int i = 0; i < 2; i++) {
        struct reading *reading = read_in_pieces(text, strlen(text), pieces[i]);
        cr_expect_eq(reading->progress, REQUEST_REFUSED, "%.60s", text);
        cr_expect_eq(reading->request.status, status, "%.60s: %d", text,
                     reading->request.status);
        cr_expect_not_null(reading->request.reason, "%.60s", text);
        free(reading);
    }
}

/* A request with these lines and a Host. */
static void expect_refusal_of_fields(const char *fields, int status) {
    char text[512];
    snprintf(text, sizeof text, "POST /0/0 HTTP/1.1\r\nHost: a\r\n%s\r\n", fields);
    expect_refusal(text, status);
}

static struct reading *expect_complete(const char *text) {
    struct reading *reading = read_text(text);
    cr_expect_eq(reading->progress, REQUEST_COMPLETE, "%.100s: %d %s", text,
                 reading->request.status, reading->request.reason);
    cr_expect_eq(reading->consumed, strlen(text), "%.60s", text);
    cr_expect(reading->request.head_complete);
    cr_expect(reading->request.body_complete);
    return reading;
}

static void expect_path(const char *path, int32_t conversation, int32_t round) {
    char text[600];
    snprintf(text, sizeof text, "GET %s HTTP/1.1\r\nHost: a\r\n\r\n", path);
    struct reading *reading = expect_complete(text);
    cr_expect_eq(reading->request.route, ROUTE_ANSWER, "%s", path);
    cr_expect_eq(reading->request.conversation, conversation, "%s: %d", path,
                 reading->request.conversation);
    cr_expect_eq(reading->request.round, round, "%s: %d", path, reading->request.round);
    free(reading);
}

static void expect_route(const char *path, enum request_route route) {
    char text[600];
    snprintf(text, sizeof text, "GET %s HTTP/1.1\r\nHost: a\r\n\r\n", path);
    struct reading *reading = expect_complete(text);
    cr_expect_eq(reading->request.route, route, "%s", path);
    free(reading);
}

static void expect_keep_alive(const char *text, bool keep_alive) {
    struct reading *reading = expect_complete(text);
    cr_expect_eq(reading->request.keep_alive, keep_alive, "%s", text);
    free(reading);
}

Test(request, a_path_names_conversation_and_round) {
    expect_path("/3/0", 3, 0);
    expect_path("/0/29", 0, 29);
    expect_path("/2147483647/2147483647", INT32_MAX, INT32_MAX);
}

Test(request, other_paths_name_no_conversation) {
    static const char *const paths[] = {"/",     "/3",    "/3/",   "/3/0/",  "/a/b",
                                        "/3/x",  "/-3/0", "//0",   "/3/0x1", "/ 3/0",
                                        "/+3/0", "*",     "/3//0", "/3.5/0"};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        if (!strchr(paths[i], ' ')) {
            expect_path(paths[i], -1, -1);
        }
    }
}

Test(request, numbers_beyond_32_bits_name_no_conversation) {
    expect_path("/2147483648/0", -1, -1);
    expect_path("/0/2147483648", -1, -1);
    expect_path("/9223372036854775807/0", -1, -1);
    expect_path("/9223372036854775808/0", -1, -1);
    expect_path("/99999999999999999999999999999999999999999999/0", -1, -1);
    expect_path("/4294967297/4294967297", -1, -1);
}

Test(request, health_and_metrics_have_routes_of_their_own) {
    expect_route("/health", ROUTE_HEALTH);
    expect_route("/metrics", ROUTE_METRICS);
    expect_route("/health?x=1", ROUTE_HEALTH);
    expect_route("/healthy", ROUTE_ANSWER);
    expect_route("/metrics/", ROUTE_ANSWER);
}

Test(request, an_absolute_target_is_read_like_its_path) {
    expect_path("http://127.0.0.1:8080/3/4", 3, 4);
    expect_path("http://127.0.0.1", -1, -1);
    expect_route("http://127.0.0.1/health", ROUTE_HEALTH);
}

static struct reading *read_query(const char *query) {
    char text[600];
    snprintf(text, sizeof text, "GET /3/0?%s HTTP/1.1\r\nHost: a\r\n\r\n", query);
    return read_text(text);
}

Test(request, a_query_sets_its_latencies) {
    struct reading *reading = read_query("send=5ms&response=1.5s");
    cr_assert_eq(reading->progress, REQUEST_COMPLETE);
    cr_expect_eq(reading->request.conversation, 3);
    cr_expect(reading->request.has_send && reading->request.has_response);
    cr_expect_eq(reading->request.send.kind, LATENCY_FIXED);
    cr_expect_eq(reading->request.send.first_ns, 5 * NS_PER_MS);
    cr_expect_eq(reading->request.response.first_ns, 1500 * NS_PER_MS);
    free(reading);
}

Test(request, a_query_sets_only_the_latencies_that_it_names) {
    struct reading *reading = read_query("response=7ms&resend=x&sender=y&&=&send");
    cr_assert_eq(reading->progress, REQUEST_COMPLETE);
    cr_expect_not(reading->request.has_send);
    cr_expect(reading->request.has_response);
    free(reading);
}

Test(request, a_query_may_be_percent_encoded) {
    static const char *const queries[] = {
        "send=%7Buniform:%20%7Bmin:%204s,%20max:%206s%7D%7D",
        "send=%7buniform%3a+%7bmin%3A+4+s%2c+max%3a+6s%7d%7d",
        "%73end=%7Buniform:{min:4s,max:6s}}",
    };
    for (int i = 0; i < 3; i++) {
        struct reading *reading = read_query(queries[i]);
        cr_expect_eq(reading->progress, REQUEST_COMPLETE, "%s: %s", queries[i],
                     reading->request.reason);
        cr_expect_eq(reading->request.send.kind, LATENCY_UNIFORM, "%s", queries[i]);
        cr_expect_eq(reading->request.send.first_ns, 4 * NS_PER_S, "%s", queries[i]);
        cr_expect_eq(reading->request.send.second_ns, 6 * NS_PER_S, "%s", queries[i]);
        free(reading);
    }
}

Test(request, a_bad_latency_in_the_query_is_refused) {
    static const char *const queries[] = {
        "send=",
        "send=5",
        "send=-5ms",
        "send=abc",
        "send=5ms%",
        "send=%zz5",
        "send=5ms%00junk",
        "response=5m",
        "response=",
        "send=5ms&response=x",
        "send=99999999999h",
        "send={uniform:{min:6s,max:4s}}",
    };
    for (size_t i = 0; i < sizeof queries / sizeof queries[0]; i++) {
        char text[600];
        snprintf(text, sizeof text, "GET /3/0?%s HTTP/1.1\r\nHost: a\r\n\r\n",
                 queries[i]);
        expect_refusal(text, 400);
    }
}

Test(request, a_query_is_forgotten_by_the_next_request) {
    struct reading *reading = read_query("send=5ms");
    request_next(&reading->request);
    static const char next[] = "GET /4/1 HTTP/1.1\r\nHost: a\r\n\r\n";
    size_t consumed;
    cr_assert_eq(request_feed(&reading->request, next, strlen(next), &consumed),
                 REQUEST_COMPLETE);
    cr_expect_not(reading->request.has_send);
    cr_expect_eq(reading->request.conversation, 4);
    free(reading);
}

static const char *const varied[] = {
    "GET /3/4 HTTP/1.1\r\nHost: a\r\n\r\n",
    "\r\n\r\nGET /3/4?send=5ms HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    "HEAD /health HTTP/1.0\r\n\r\n",
    "POST /1/2 HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello",
    "POST /1/2 HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
    "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n3;x=y\r\nabc\r\n0\r\nA: b\r\n\r\n",
    "GET / HTTP/1.1\r\nHost:\r\nX-Empty:\r\nUser-Agent: a b  c\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n",
    "GET / HTTP/2.0\r\nHost: a\r\n\r\n",
    "GET / HTTP/1.1\r\n\r\n",
    "BREW / HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET /?send=x HTTP/1.1\r\nHost: a\r\n\r\n",
};

Test(request, bytes_one_by_one_are_read_like_the_whole_text) {
    for (size_t i = 0; i < sizeof varied / sizeof varied[0]; i++) {
        struct reading *whole = read_text(varied[i]);
        cr_expect_neq(whole->progress, REQUEST_MORE, "%s", varied[i]);
        for (size_t piece = 1; piece < 40; piece++) {
            struct reading *parts = read_in_pieces(varied[i], strlen(varied[i]), piece);
            const struct request *a = &whole->request;
            const struct request *b = &parts->request;
            cr_expect_eq(parts->progress, whole->progress, "%s", varied[i]);
            cr_expect_eq(a->status, b->status, "%s", varied[i]);
            cr_expect_eq(a->route, b->route, "%s", varied[i]);
            cr_expect_eq(a->head_complete, b->head_complete, "%s", varied[i]);
            cr_expect_eq(a->body_complete, b->body_complete, "%s", varied[i]);
            cr_expect_eq(a->has_send, b->has_send, "%s", varied[i]);
            cr_expect_eq(a->expects_continue, b->expects_continue, "%s", varied[i]);
            cr_expect_eq(a->body_bytes, b->body_bytes, "%s", varied[i]);
            if (a->head_complete) {
                cr_expect_eq(a->conversation, b->conversation, "%s", varied[i]);
                cr_expect_eq(a->round, b->round, "%s", varied[i]);
                cr_expect_eq(a->keep_alive, b->keep_alive, "%s", varied[i]);
            }
            if (whole->progress == REQUEST_COMPLETE) {
                cr_expect_eq(parts->consumed, whole->consumed, "%s", varied[i]);
            }
            free(parts);
        }
        free(whole);
    }
}

Test(request, pipelined_requests_are_read_one_at_a_time) {
    static const char text[] =
        "GET /1/0 HTTP/1.1\r\nHost: a\r\n\r\n"
        "POST /2/0 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"
        "POST /3/0 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
        "2\r\nab\r\n0\r\n\r\n"
        "HEAD /4/0 HTTP/1.1\r\nHost: a\r\n\r\n"
        "GET /5/0 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\nrest";
    static const size_t pieces[] = {SIZE_MAX, 1, 7};
    for (int i = 0; i < 3; i++) {
        struct request *request = malloc(sizeof *request);
        request_open(request);
        size_t at = 0;
        for (int32_t conversation = 1; conversation <= 5; conversation++) {
            enum request_progress progress = REQUEST_MORE;
            while (progress == REQUEST_MORE) {
                size_t left = sizeof text - 1 - at;
                size_t consumed;
                cr_assert_gt(left, 0);
                progress = request_feed(request, text + at,
                                        left < pieces[i] ? left : pieces[i], &consumed);
                at += consumed;
            }
            cr_assert_eq(progress, REQUEST_COMPLETE);
            cr_assert_eq(request->conversation, conversation);
            cr_assert_eq(request_is_head(request), conversation == 4);
            cr_assert_eq(request->keep_alive, conversation != 5);
            if (conversation < 5) {
                request_next(request);
                cr_assert_not(request->has_bytes);
                cr_assert_not(request->head_complete);
            }
        }
        cr_expect_str_eq(text + at, "rest");
        free(request);
    }
}

Test(request, a_head_is_complete_before_its_body) {
    static const char head[] =
        "POST /1/2 HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n";
    struct reading *reading = read_text(head);
    cr_expect_eq(reading->progress, REQUEST_MORE);
    cr_expect(reading->request.head_complete);
    cr_expect_not(reading->request.body_complete);
    cr_expect_eq(reading->request.conversation, 1);
    size_t consumed;
    cr_expect_eq(request_feed(&reading->request, "hell", 4, &consumed), REQUEST_MORE);
    cr_expect_eq(request_feed(&reading->request, "oGET", 4, &consumed),
                 REQUEST_COMPLETE);
    cr_expect_eq(consumed, 1);
    free(reading);
}

Test(request, chunks_are_added_up) {
    struct reading *reading = expect_complete(
        "POST /1/2 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
        "A\r\n0123456789\r\n1\r\nx\r\n0\r\n\r\n");
    cr_expect_eq(reading->request.body_bytes, 11);
    free(reading);
}

Test(request, a_body_of_no_bytes_is_complete_with_its_head) {
    free(expect_complete("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n"));
    free(expect_complete("POST / HTTP/1.1\r\nHost: a\r\n\r\n"));
}

Test(request, keeping_alive_follows_the_version_and_the_field) {
    expect_keep_alive("GET / HTTP/1.1\r\nHost: a\r\n\r\n", true);
    expect_keep_alive("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", false);
    expect_keep_alive("GET / HTTP/1.1\r\nHost: a\r\nconnection: CLOSE\r\n\r\n", false);
    expect_keep_alive("GET / HTTP/1.0\r\n\r\n", false);
    expect_keep_alive("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", true);
}

Test(request, http_1_0_needs_no_host) {
    struct reading *reading = expect_complete("GET /3/4 HTTP/1.0\r\n\r\n");
    cr_expect_eq(reading->request.conversation, 3);
    free(reading);
}

Test(request, an_upgrade_is_ignored) {
    struct reading *reading =
        expect_complete("GET /3/4 HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2\r\n"
                        "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n");
    cr_expect_eq(reading->request.conversation, 3);
    cr_expect(reading->request.keep_alive);
    free(reading);
}

Test(request, only_100_continue_is_expected) {
    struct reading *reading =
        read_text("POST / HTTP/1.1\r\nHost: a\r\nexpect: 100-Continue\r\n"
                  "Content-Length: 1\r\n\r\n");
    cr_expect(reading->request.expects_continue);
    free(reading);
    expect_refusal_of_fields("Expect: tea\r\n", 417);
    expect_refusal_of_fields("Expect:\r\n", 417);
    expect_refusal_of_fields("Expect: 100-continued\r\n", 417);
    expect_refusal_of_fields("Expect: 100-continue-and-much-more\r\n", 417);
}

Test(request, space_after_an_expectation_does_not_matter) {
    struct reading *reading =
        read_text("POST / HTTP/1.1\r\nHost: a\r\nExpect:  100-continue \t \r\n"
                  "Content-Length: 1\r\n\r\n");
    cr_expect_eq(reading->progress, REQUEST_MORE, "%d", reading->request.status);
    cr_expect(reading->request.expects_continue);
    free(reading);
}

/* RFC 9110, 10.1.1: the expectation must be ignored in HTTP/1.0. */
Test(request, http_1_0_cannot_expect_a_100) {
    struct reading *reading = read_text(
        "POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n");
    cr_expect_eq(reading->progress, REQUEST_MORE);
    cr_expect(reading->request.head_complete);
    cr_expect_not(reading->request.expects_continue);
    free(reading);
}

Test(request, a_field_with_a_similar_name_is_another_field) {
    expect_refusal("GET / HTTP/1.1\r\nHosts: a\r\n\r\n", 400);
    expect_refusal("GET / HTTP/1.1\r\nHos: a\r\n\r\n", 400);
    expect_refusal("GET / HTTP/1.1\r\nX-Empty:\r\nX-Host: a\r\n\r\n", 400);
    struct reading *reading = read_text(
        "GET / HTTP/1.1\r\nHost: a\r\nExpectation-Is-A-Long-Name: tea\r\n\r\n");
    cr_expect_eq(reading->progress, REQUEST_COMPLETE);
    cr_expect_not(reading->request.expects_continue);
    free(reading);
}

Test(request, http_1_1_needs_one_host) {
    expect_refusal("GET / HTTP/1.1\r\n\r\n", 400);
    expect_refusal("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400);
    expect_refusal("GET / HTTP/1.1\r\nHost: a\r\nhOST: a\r\n\r\n", 400);
}

Test(request, unknown_methods_are_not_implemented) {
    expect_refusal("BREW / HTTP/1.1\r\nHost: a\r\n\r\n", 501);
    expect_refusal("get / HTTP/1.1\r\nHost: a\r\n\r\n", 501);
    expect_refusal("CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n", 501);
}

Test(request, other_versions_are_refused) {
    expect_refusal("GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505);
    expect_refusal("GET / HTTP/0.9\r\nHost: a\r\n\r\n", 505);
    expect_refusal("GET / HTTP/3.0\r\nHost: a\r\n\r\n", 505);
    expect_refusal("GET / HTTP/9.9\r\nHost: a\r\n\r\n", 505);
    expect_refusal("GET /\r\n\r\n", 505);
}

Test(request, bytes_that_are_not_http_are_refused) {
    static const char *const texts[] = {
        "\x16\x03\x01\x02",
        "@@@@\r\n\r\n",
        "GET\r\n\r\n",
        "GET  \r\n\r\n",
        "GET / HTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHo st: a\r\n\r\n",
        "GET / HTTP/1.1\r\n: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost\r\n\r\n",
        "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\x01\r\n\r\n",
        "GET /\x01 HTTP/1.1\r\nHost: a\r\n\r\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        expect_refusal(texts[i], 400);
    }
}

Test(request, a_body_framed_in_two_ways_is_refused) {
    expect_refusal_of_fields("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                             400);
    expect_refusal_of_fields("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
                             400);
    expect_refusal_of_fields("Content-Length: 5\r\nContent-Length: 6\r\n", 400);
    expect_refusal_of_fields("Content-Length: 5\r\nContent-Length: 5\r\n", 400);
    expect_refusal_of_fields("Content-Length: 5, 6\r\n", 400);
}

Test(request, a_length_that_is_no_number_is_refused) {
    expect_refusal_of_fields("Content-Length: five\r\n", 400);
    expect_refusal_of_fields("Content-Length: -5\r\n", 400);
    expect_refusal_of_fields("Content-Length: +5\r\n", 400);
    expect_refusal_of_fields("Content-Length: 0x5\r\n", 400);
    expect_refusal_of_fields("Content-Length: 5 5\r\n", 400);
    expect_refusal_of_fields("Content-Length: 99999999999999999999999\r\n", 400);
}

Test(request, other_transfer_codings_are_refused) {
    expect_refusal_of_fields("Transfer-Encoding: gzip\r\n", 501);
    expect_refusal_of_fields("Transfer-Encoding: chunked, gzip\r\n", 501);
    expect_refusal_of_fields("Transfer-Encoding: chunkedx\r\n", 501);
}

/* RFC 9112, 6.1: HTTP/1.0 has no chunks, so the framing is an error. */
Test(request, http_1_0_has_no_chunks) {
    expect_refusal("POST / HTTP/1.0\r\nConnection: keep-alive\r\n"
                   "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                   400);
}

Test(request, bad_chunks_are_refused) {
    static const char *const chunks[] = {
        "x\r\n", "-1\r\n", "5\r\nhello!", "\r\n", "FFFFFFFFFFFFFFFFF\r\n", "0x5\r\n"};
    for (size_t i = 0; i < sizeof chunks / sizeof chunks[0]; i++) {
        char fields[200];
        snprintf(fields, sizeof fields, "Transfer-Encoding: chunked\r\n\r\n%s",
                 chunks[i]);
        expect_refusal_of_fields(fields, 400);
    }
}

/* "GET /xxx... HTTP/1.1" with a target of `bytes` bytes. */
static struct reading *read_target(size_t length, size_t piece) {
    char text[2000];
    char target[1000];
    memset(target, 'x', sizeof target);
    target[0] = '/';
    int bytes = snprintf(text, sizeof text, "GET %.*s HTTP/1.1\r\nHost: a\r\n\r\n",
                         (int)length, target);
    return read_in_pieces(text, (size_t)bytes, piece);
}

Test(request, a_target_may_have_511_bytes) {
    size_t pieces[] = {SIZE_MAX, 1, 100};
    for (int i = 0; i < 3; i++) {
        struct reading *fits = read_target(511, pieces[i]);
        cr_expect_eq(fits->progress, REQUEST_COMPLETE);
        free(fits);
        struct reading *longer = read_target(512, pieces[i]);
        cr_expect_eq(longer->progress, REQUEST_REFUSED);
        cr_expect_eq(longer->request.status, 414);
        free(longer);
    }
}

/* A request whose names and values of fields have `bytes` bytes in all. */
static struct reading *read_header(size_t bytes, size_t piece) {
    static const char head[] = "GET / HTTP/1.1\r\nHost: a\r\nX: ";
    char *text = malloc(bytes + 200);
    size_t filler = bytes - 6; /* "Host", "a", "X" */
    memcpy(text, head, sizeof head - 1);
    memset(text + sizeof head - 1, 'v', filler);
    memcpy(text + sizeof head - 1 + filler, "\r\n\r\n", 4);
    struct reading *reading = read_in_pieces(text, sizeof head - 1 + filler + 4, piece);
    free(text);
    return reading;
}

Test(request, a_header_may_have_16_kib) {
    size_t pieces[] = {SIZE_MAX, 1, 1000};
    for (int i = 0; i < 3; i++) {
        struct reading *fits = read_header(16384, pieces[i]);
        cr_expect_eq(fits->progress, REQUEST_COMPLETE);
        free(fits);
        struct reading *larger = read_header(16385, pieces[i]);
        cr_expect_eq(larger->progress, REQUEST_REFUSED);
        cr_expect_eq(larger->request.status, 431);
        free(larger);
    }
}

Test(request, a_name_may_not_be_larger_than_the_header) {
    char *text = malloc(40000);
    int bytes = sprintf(text, "GET / HTTP/1.1\r\n");
    memset(text + bytes, 'n', 20000);
    struct reading *reading = read_in_pieces(text, (size_t)bytes + 20000, 500);
    cr_expect_eq(reading->request.status, 431);
    free(reading);
    free(text);
}

/* A request with `count` fields; Host is one of them. */
static struct reading *read_fields(int count) {
    char text[4000];
    int bytes = sprintf(text, "GET / HTTP/1.1\r\nHost: a\r\n");
    for (int i = 1; i < count; i++) {
        bytes += sprintf(text + bytes, "X-%d: %d\r\n", i, i);
    }
    bytes += sprintf(text + bytes, "\r\n");
    return read_in_pieces(text, (size_t)bytes, SIZE_MAX);
}

Test(request, a_header_may_have_100_fields) {
    struct reading *fits = read_fields(100);
    cr_expect_eq(fits->progress, REQUEST_COMPLETE);
    free(fits);
    struct reading *more = read_fields(101);
    cr_expect_eq(more->progress, REQUEST_REFUSED);
    cr_expect_eq(more->request.status, 431);
    free(more);
}

Test(request, trailing_fields_count_too) {
    char text[4000];
    int bytes = sprintf(text, "POST / HTTP/1.1\r\nHost: a\r\n"
                              "Transfer-Encoding: chunked\r\n\r\n0\r\n");
    for (int i = 0; i < 99; i++) {
        bytes += sprintf(text + bytes, "X-%d: %d\r\n", i, i);
    }
    bytes += sprintf(text + bytes, "\r\n");
    struct reading *reading = read_in_pieces(text, (size_t)bytes, SIZE_MAX);
    cr_expect_eq(reading->progress, REQUEST_REFUSED);
    cr_expect_eq(reading->request.status, 431);
    free(reading);
}

Test(request, a_body_that_announces_over_16_mib_is_refused_at_once) {
    expect_refusal_of_fields("Content-Length: 16777217\r\n", 413);
    expect_refusal_of_fields("Content-Length: 18446744073709551615\r\n", 413);
    struct reading *reading =
        read_text("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 16777216\r\n\r\n");
    cr_expect_eq(reading->progress, REQUEST_MORE);
    free(reading);
}

/* Feeds a chunked request with zeroes in chunks of 1 MiB. */
static enum request_progress feed_chunks(struct request *request, int count) {
    enum { MIB = 1024 * 1024 };
    char *chunk = calloc(1, MIB);
    size_t consumed;
    enum request_progress progress = REQUEST_MORE;
    for (int i = 0; i < count && progress == REQUEST_MORE; i++) {
        progress = request_feed(request, "100000\r\n", 8, &consumed);
        progress = progress == REQUEST_MORE
                       ? request_feed(request, chunk, MIB, &consumed)
                       : progress;
        progress = progress == REQUEST_MORE
                       ? request_feed(request, "\r\n", 2, &consumed)
                       : progress;
    }
    free(chunk);
    return progress;
}

Test(request, chunks_may_add_up_to_16_mib) {
    static const char head[] =
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    struct reading *reading = read_text(head);
    cr_assert_eq(feed_chunks(&reading->request, 16), REQUEST_MORE);
    cr_expect_eq(feed_chunks(&reading->request, 1), REQUEST_REFUSED);
    cr_expect_eq(reading->request.status, 413);
    free(reading);
}

Test(request, has_bytes_is_set_by_the_first_byte) {
    struct request *request = malloc(sizeof *request);
    size_t consumed;
    request_open(request);
    cr_expect_not(request->has_bytes);
    cr_expect_eq(request_feed(request, "G", 1, &consumed), REQUEST_MORE);
    cr_expect(request->has_bytes);
    free(request);
}

Test(request, random_bytes_are_refused_or_wait_for_more) {
    srandom(23);
    for (int i = 0; i < 20000; i++) {
        char text[300];
        size_t length =
            (size_t)snprintf(text, sizeof text, "%s", varied[random() % 11]);
        for (long changes = random() % 4; changes >= 0; changes--) {
            text[(size_t)random() % length] = (char)random();
        }
        struct reading *reading =
            read_in_pieces(text, length, (size_t)(1 + random() % 60));
        if (reading->progress == REQUEST_REFUSED) {
            cr_assert(reading->request.status >= 400 && reading->request.status < 600);
            cr_assert_not_null(reading->request.reason);
        } else if (reading->progress == REQUEST_COMPLETE) {
            cr_assert(reading->request.head_complete && reading->request.body_complete);
            cr_assert_geq(reading->request.conversation, -1);
        }
        free(reading);
    }
}

/* mock_api/connection.c through real sockets: order, hang-ups, half requests,
 * refusals. */
#include "mock_api/connection.h"
#include "base/clock.h"
#include "mock_api/server.h"
#include "tests/support/api.h"

#include <criterion/criterion.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

static struct api api;
static struct client client;
static struct reply reply;

/* Starts an API whose requests take no time, unless their query says so. */
static void start_quick(void) {
    API_START(&api, "--send", "0s", "--response", "0s", "--senders", "unlimited");
    client_open(&client, api.port);
}

static void stop(void) {
    client_close(&client);
    api_stop(&api);
}

static void expect_reply_of(int conversation, int round) {
    char body[80];
    snprintf(body, sizeof body, "{\"conversation\":%d,\"round\":%d}\n", conversation,
             round);
    cr_assert(client_read(&client, &reply, false), "no reply of %d/%d", conversation,
              round);
    cr_assert_eq(reply.status, 200);
    cr_assert_str_eq(reply.body, body);
}

Test(connection, a_get_is_answered) {
    start_quick();
    client_get(&client, "/3/29", &reply);
    cr_expect_eq(reply.status, 200);
    cr_expect_str_eq(reply.body, "{\"conversation\":3,\"round\":29}\n");
    cr_expect_str_eq(reply_field(&reply, "Content-Type"), "application/json");
    stop();
}

Test(connection, no_answer_is_early) {
    static const struct {
        const char *target;
        int64_t least_ns;
    } requests[] = {
        {"/0/0?send=3ms&response=4ms", 7 * NS_PER_MS},
        {"/0/1?send=0s&response=999us", 999 * NS_PER_US},
        {"/0/2?send=1001us&response=0s", 1001 * NS_PER_US},
        {"/0/3?send=1ns&response=1ns", 2},
        {"/0/4?send=250us&response=20ms", 20250 * NS_PER_US},
    };
    start_quick();
    for (int i = 0; i < 25; i++) {
        int64_t begin_ns = clock_now_ns();
        client_get(&client, requests[i % 5].target, &reply);
        int64_t took_ns = clock_now_ns() - begin_ns;
        cr_assert_geq(took_ns, requests[i % 5].least_ns, "%s", requests[i % 5].target);
    }
    stop();
}

Test(connection, server_timing_gives_the_requested_latencies) {
    start_quick();
    client_get(&client, "/0/0?send=1234567ns&response=2ms", &reply);
    cr_expect_eq(reply_timing_ns(&reply, "queue"), 0);
    cr_expect_eq(reply_timing_ns(&reply, "send"), 1234567);
    cr_expect_eq(reply_timing_ns(&reply, "backlog"), 0);
    cr_expect_eq(reply_timing_ns(&reply, "response"), 2 * NS_PER_MS);
    stop();
}

Test(connection, one_connection_serves_many_requests) {
    start_quick();
    for (int round = 0; round < 20; round++) {
        char target[40];
        snprintf(target, sizeof target, "/5/%d", round);
        client_get(&client, target, &reply);
        cr_assert_eq(reply.status, 200);
    }
    cr_expect_eq(api_metric(&api, "simul_connections_total"), 2);
    stop();
}

Test(connection, a_request_to_close_is_followed) {
    static const char *const texts[] = {
        "GET /1/2 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
        "GET /1/2 HTTP/1.0\r\n\r\n",
    };
    start_quick();
    for (int i = 0; i < 2; i++) {
        struct client other;
        client_open(&other, api.port);
        client_send(&other, texts[i]);
        cr_assert(client_read(&other, &reply, false));
        cr_expect_eq(reply.status, 200);
        cr_expect_str_eq(reply_field(&reply, "Connection"), "close");
        cr_expect(client_at_end(&other));
        client_close(&other);
    }
    stop();
}

Test(connection, pipelined_requests_are_answered_in_order) {
    start_quick();
    client_send(&client, "GET /1/0?response=20ms HTTP/1.1\r\nHost: a\r\n\r\n"
                         "GET /1/1?response=1ms HTTP/1.1\r\nHost: a\r\n\r\n"
                         "POST /1/2 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"
                         "GET /1/3?send=2ms HTTP/1.1\r\nHost: a\r\n\r\n");
    for (int round = 0; round < 4; round++) {
        expect_reply_of(1, round);
    }
    cr_expect(client_is_silent(&client));
    stop();
}

Test(connection, health_waits_its_turn_in_a_pipeline) {
    start_quick();
    client_send(&client, "GET /1/0?response=10ms HTTP/1.1\r\nHost: a\r\n\r\n"
                         "GET /health HTTP/1.1\r\nHost: a\r\n\r\n"
                         "GET /health HTTP/1.1\r\nHost: a\r\n\r\n"
                         "GET /1/1 HTTP/1.1\r\nHost: a\r\n\r\n");
    expect_reply_of(1, 0);
    for (int i = 0; i < 2; i++) {
        cr_assert(client_read(&client, &reply, false));
        cr_expect_str_eq(reply.body, "ok\n");
    }
    expect_reply_of(1, 1);
    stop();
}

Test(connection, a_head_request_gets_no_body) {
    start_quick();
    client_send(&client, "HEAD /1/0 HTTP/1.1\r\nHost: a\r\n\r\n"
                         "HEAD /health HTTP/1.1\r\nHost: a\r\n\r\n"
                         "GET /1/1 HTTP/1.1\r\nHost: a\r\n\r\n");
    cr_assert(client_read(&client, &reply, true));
    cr_expect_str_eq(reply_field(&reply, "Content-Length"), "29");
    cr_assert(client_read(&client, &reply, true));
    cr_expect_str_eq(reply_field(&reply, "Content-Length"), "3");
    expect_reply_of(1, 1);
    stop();
}

Test(connection, a_body_is_asked_for_at_the_end_of_the_send) {
    start_quick();
    int64_t begin_ns = clock_now_ns();
    client_send(&client, "POST /1/0?send=20ms&response=10ms HTTP/1.1\r\nHost: a\r\n"
                         "Expect: 100-continue\r\nContent-Length: 5\r\n\r\n");
    cr_assert(client_read(&client, &reply, false));
    cr_expect_eq(reply.status, 100);
    int64_t asked_ns = clock_now_ns();
    cr_expect_geq(asked_ns - begin_ns, 20 * NS_PER_MS);
    cr_expect(client_is_silent(&client));
    cr_expect_eq(api_metric(&api, "simul_requests_in_flight{phase=\"body\"}"), 1);
    int64_t body_ns = clock_now_ns();
    client_send(&client, "hello");
    expect_reply_of(1, 0);
    cr_expect_geq(clock_now_ns() - body_ns, 10 * NS_PER_MS,
                  "before the body was there");
    cr_expect_eq(reply_timing_ns(&reply, "send"), 20 * NS_PER_MS);
    cr_expect_geq(reply_timing_ns(&reply, "backlog"), body_ns - asked_ns);
    stop();
}

Test(connection, a_body_that_comes_unasked_needs_no_100) {
    start_quick();
    client_send(&client, "POST /1/0?send=5ms HTTP/1.1\r\nHost: a\r\n"
                         "Expect: 100-continue\r\nContent-Length: 5\r\n\r\nhello"
                         "GET /1/1 HTTP/1.1\r\nHost: a\r\n\r\n");
    expect_reply_of(1, 0);
    expect_reply_of(1, 1);
    stop();
}

Test(connection, a_body_in_pieces_delays_its_answer_only) {
    start_quick();
    client_send(&client, "POST /1/0?send=1ms HTTP/1.1\r\nHost: a\r\n"
                         "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
    api_await_metric(&api, "simul_requests_in_flight{phase=\"body\"}", 1);
    cr_expect(client_is_silent(&client));
    client_send(&client, "0\r\n\r\n");
    expect_reply_of(1, 0);
    stop();
}

/* Starts a request that holds the only sender slot, and another that waits for it. */
static void hold_uplink(struct client *holder) {
    API_START(&api, "--send", "1ms", "--response", "1ms");
    client_open(holder, api.port);
    client_send(holder, "GET /0/0?send=1h HTTP/1.1\r\nHost: a\r\n\r\n");
    api_await_metric(&api, "simul_requests_in_flight{phase=\"send\"}", 1);
    client_open(&client, api.port);
    client_send(&client, "GET /1/0 HTTP/1.1\r\nHost: a\r\n\r\n");
    api_await_metric(&api, "simul_requests_in_flight{phase=\"queue\"}", 1);
    cr_assert(client_is_silent(&client));
}

Test(connection, a_hang_up_frees_the_uplink_for_the_next) {
    struct client holder;
    hold_uplink(&holder);
    client_close(&holder);
    expect_reply_of(1, 0);
    cr_expect_gt(reply_timing_ns(&reply, "queue"), 0);
    cr_expect_eq(reply_timing_ns(&reply, "send"), NS_PER_MS);
    cr_expect_eq(api_metric(&api, "simul_requests_total{status=\"499\"}"), 1);
    stop();
}

Test(connection, a_reset_frees_the_uplink_for_the_next) {
    struct client holder;
    hold_uplink(&holder);
    struct linger at_once = {.l_onoff = 1};
    setsockopt(holder.fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    client_close(&holder);
    expect_reply_of(1, 0);
    cr_expect_eq(api_metric(&api, "simul_requests_total{status=\"499\"}"), 1);
    stop();
}

Test(connection, a_hang_up_in_the_queue_does_not_change_the_request_being_sent) {
    struct client holder;
    hold_uplink(&holder);
    client_close(&client);
    api_await_metric(&api, "simul_requests_in_flight{phase=\"queue\"}", 0);
    cr_expect_eq(api_metric(&api, "simul_requests_in_flight{phase=\"send\"}"), 1);
    client_open(&client, api.port);
    client_close(&holder);
    client_get(&client, "/2/0", &reply);
    cr_expect_eq(reply.status, 200);
    stop();
}

Test(connection, a_hang_up_frees_its_answer_slot) {
    API_START(&api, "--send", "0s", "--response", "1ms", "--slots", "1");
    struct client holder;
    client_open(&holder, api.port);
    client_send(&holder, "GET /0/0?response=1h HTTP/1.1\r\nHost: a\r\n\r\n");
    api_await_metric(&api, "simul_requests_in_flight{phase=\"response\"}", 1);
    client_open(&client, api.port);
    client_send(&client, "GET /1/0 HTTP/1.1\r\nHost: a\r\n\r\n");
    api_await_metric(&api, "simul_requests_in_flight{phase=\"backlog\"}", 1);
    client_close(&holder);
    expect_reply_of(1, 0);
    cr_expect_gt(reply_timing_ns(&reply, "backlog"), 0);
    stop();
}

Test(connection, a_half_sent_request_holds_no_slot) {
    API_START(&api, "--send", "1ms", "--response", "1ms");
    client_open(&client, api.port);
    client_send(&client, "GET /0/0 HTTP/1.1\r\nHos");
    api_get(&api, "/1/0", &reply);
    cr_expect_eq(reply.status, 200);
    cr_expect(client_is_silent(&client));
    client_send(&client, "t: a\r\n\r\n");
    expect_reply_of(0, 0);
    stop();
}

Test(connection, a_hang_up_within_a_head_is_no_request) {
    start_quick();
    struct client other;
    client_open(&other, api.port);
    client_send(&other, "GET /0/0 HTTP/1.1\r\nHos");
    client_close(&other);
    api_await_metric(&api, "simul_connections_open", 2); /* ours, and this query's */
    cr_expect_eq(api_metric(&api, "simul_requests_total{status=\"499\"}"), -1);
    stop();
}

Test(connection, a_malformed_request_gets_its_status_and_a_close) {
    static const struct {
        const char *text;
        int status;
    } requests[] = {
        {"GET / HTTP/1.1\r\n\r\n", 400},
        {"GET /?send=x HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
         400},
        {"\x16\x03\x01\x02\x03", 400},
        {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 17000000\r\n\r\n", 413},
        {"POST / HTTP/1.1\r\nHost: a\r\nExpect: tea\r\n\r\n", 417},
        {"BREW / HTTP/1.1\r\nHost: a\r\n\r\n", 501},
        {"GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505},
    };
    start_quick();
    for (size_t i = 0; i < sizeof requests / sizeof requests[0]; i++) {
        struct client other;
        client_open(&other, api.port);
        client_send(&other, requests[i].text);
        cr_assert(client_read(&other, &reply, false), "%s", requests[i].text);
        cr_expect_eq(reply.status, requests[i].status, "%s: %d", requests[i].text,
                     reply.status);
        cr_expect_str_eq(reply_field(&reply, "Connection"), "close");
        cr_expect_gt(reply.body_bytes, 5);
        cr_expect(client_at_end(&other), "%s", requests[i].text);
        client_close(&other);
    }
    cr_expect_eq(api_metric(&api, "simul_requests_total{status=\"400\"}"), 4);
    cr_expect_eq(api_metric(&api, "simul_requests_total{status=\"413\"}"), 1);
    stop();
}

Test(connection, too_long_targets_and_headers_get_their_status) {
    static const struct {
        const char *begin;
        int status;
    } requests[] = {{"GET /", 414}, {"GET / HTTP/1.1\r\nHost: a\r\nX: ", 431}};
    static char text[60000];
    start_quick();
    for (int i = 0; i < 2; i++) {
        struct client other;
        memset(text, 'x', sizeof text - 1);
        memcpy(text, requests[i].begin, strlen(requests[i].begin));
        client_open(&other, api.port);
        client_send(&other, text);
        cr_assert(client_read(&other, &reply, false));
        cr_expect_eq(reply.status, requests[i].status);
        client_close(&other);
    }
    stop();
}

Test(connection, a_malformed_request_in_a_pipeline_waits_its_turn) {
    start_quick();
    client_send(&client, "GET /1/0?response=10ms HTTP/1.1\r\nHost: a\r\n\r\n"
                         "GET /1/1 HTTP/1.1\r\n\r\n"
                         "GET /1/2 HTTP/1.1\r\nHost: a\r\n\r\n");
    expect_reply_of(1, 0);
    cr_assert(client_read(&client, &reply, false));
    cr_expect_eq(reply.status, 400);
    cr_expect(client_at_end(&client), "nothing is read behind a malformed one");
    stop();
}

Test(connection, bad_chunks_end_a_request_under_way) {
    API_START(&api, "--send", "1h", "--response", "0s");
    client_open(&client, api.port);
    client_send(&client, "POST /1/0 HTTP/1.1\r\nHost: a\r\n"
                         "Transfer-Encoding: chunked\r\n\r\n");
    api_await_metric(&api, "simul_requests_in_flight{phase=\"send\"}", 1);
    client_send(&client, "nonsense\r\n");
    cr_assert(client_read(&client, &reply, false));
    cr_expect_eq(reply.status, 400);
    cr_expect(client_at_end(&client));
    cr_expect_eq(api_metric(&api, "simul_requests_in_flight{phase=\"send\"}"), 0);
    stop();
}

Test(connection, a_megabyte_of_body_is_read) {
    enum { BYTES = 1000000 };
    char *body = malloc(BYTES + 1);
    memset(body, 'b', BYTES);
    body[BYTES] = '\0';
    start_quick();
    client_send(&client, "POST /1/0 HTTP/1.1\r\nHost: a\r\n"
                         "Content-Length: 1000000\r\n\r\n");
    client_send(&client, body);
    expect_reply_of(1, 0);
    free(body);
    stop();
}

Test(connection, chunks_beyond_16_mib_are_refused) {
    enum { MIB = 1024 * 1024 };
    char *chunk = malloc(MIB + 20);
    int head = sprintf(chunk, "100000\r\n");
    memset(chunk + head, 'c', MIB);
    strcpy(chunk + head + MIB, "\r\n");
    start_quick();
    client_send(&client, "POST /1/0?send=1h HTTP/1.1\r\nHost: a\r\n"
                         "Transfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 17; i++) {
        client_send(&client, chunk);
    }
    cr_assert(client_read(&client, &reply, false));
    cr_expect_eq(reply.status, 413);
    free(chunk);
    stop();
}

Test(connection, sixty_four_kib_of_requests_are_answered_before_the_client_reads) {
    enum { COUNT = 2200 };
    char *text = malloc(COUNT * 48);
    size_t bytes = 0;
    for (int round = 0; round < COUNT; round++) {
        bytes += (size_t)sprintf(text + bytes, "GET /7/%d HTTP/1.1\r\nHost: a\r\n\r\n",
                                 round);
    }
    cr_assert_gt(bytes, 65536);
    start_quick();
    client_send(&client, text);
    for (int round = 0; round < COUNT; round++) {
        expect_reply_of(7, round);
    }
    cr_expect(client_is_silent(&client));
    free(text);
    stop();
}

Test(connection, the_longest_latency_is_not_over_at_once) {
    start_quick();
    client_send(&client, "GET /1/0?send=2562047h HTTP/1.1\r\nHost: a\r\n\r\n");
    api_await_metric(&api, "simul_requests_in_flight{phase=\"send\"}", 1);
    api_get(&api, "/2/0?send=5ms", &reply);
    cr_expect_eq(reply.status, 200);
    cr_expect(client_is_silent(&client));
    stop();
}

/* To close a socket with unread bytes sends a reset, and the client would lose the
 * answer. */
Test(connection, the_last_answer_survives_bytes_after_its_request) {
    char *rest = malloc(200001);
    memset(rest, 'r', 200000);
    rest[200000] = '\0';
    start_quick();
    client_send(&client, "GET /1/0?response=20ms HTTP/1.1\r\nHost: a\r\n"
                         "Connection: close\r\n\r\n");
    client_send(&client, rest);
    struct pollfd answered = {.fd = client.fd, .events = POLLIN};
    cr_assert_eq(poll(&answered, 1, 10000), 1);
    shutdown(client.fd, SHUT_WR);
    api_await_metric(&api, "simul_connections_open", 1); /* this query's */
    expect_reply_of(1, 0);
    int reset = -1;
    socklen_t bytes = sizeof reset;
    getsockopt(client.fd, SOL_SOCKET, SO_ERROR, &reset, &bytes);
    cr_expect_eq(reset, 0, "%s", strerror(reset));
    cr_expect(client_at_end(&client));
    free(rest);
    stop();
}

/* Runs the server in this process until the client can read. */
static void serve_until_readable(struct server *server, int fd) {
    int64_t deadline_ns = clock_now_ns() + 10 * NS_PER_S;
    struct pollfd poll_fd = {.fd = fd, .events = POLLIN};
    while (poll(&poll_fd, 1, 0) == 0 && clock_now_ns() < deadline_ns) {
        uv_run(&server->loop, UV_RUN_NOWAIT);
    }
}

/* The deadline for a slow head has to be removed with the head: else it would refuse an
 * idle connection 30 s later. */
Test(connection, an_answered_text_leaves_no_deadline_behind) {
    struct error error = {.kind = ERROR_NONE};
    struct settings settings = {.listen = "127.0.0.1"};
    struct server *server = malloc(sizeof *server);
    cr_assert(server_open(server, &settings, &error), "%s", error.message);
    char url[SERVER_URL_BYTES];
    int port = 0;
    cr_assert_eq(sscanf(server_url(server, url), "http://127.0.0.1:%d", &port), 1);
    client_open(&client, port);
    client_send(&client, "GET /health HT");
    int64_t deadline_ns = clock_now_ns() + 10 * NS_PER_S;
    while (server->connections.deadlines.count == 0 && clock_now_ns() < deadline_ns) {
        uv_run(&server->loop, UV_RUN_NOWAIT);
    }
    cr_assert_eq(server->connections.deadlines.count, 1, "half a head has a deadline");
    client_send(&client, "TP/1.1\r\nHost: a\r\n\r\n");
    serve_until_readable(server, client.fd);
    cr_assert(client_read(&client, &reply, false));
    cr_expect_str_eq(reply.body, "ok\n");
    cr_expect_eq(server->connections.deadlines.count, 0);
    client_close(&client);
    server_close(server);
    free(server);
}

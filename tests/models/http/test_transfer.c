/* models/http/transfer.c: the bytes on the wire, and the event of curl's result. */
#include "models/http/transfer.h"
#include "base/clock.h"
#include "tests/support/rogue.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Does the first request of a workload. */
static void transfer_once(const struct workload *workload) {
    struct transfer transfer;
    cr_assert(transfer_open(&transfer, workload, 0), "out of memory");
    transfer_begin(&transfer, 0);
    transfer_end(&transfer, curl_easy_perform(transfer.easy));
    transfer_close(&transfer);
}

/* The same with a server that answers; returns the bytes that the server read. */
static const char *bytes_of(struct rogue *rogue, struct workload workload) {
    struct event event;
    rogue_start(rogue, ROGUE_ANSWERS);
    workload.url = rogue->url;
    workload.conversations = workload.rounds = 1;
    workload.events = &event;
    transfer_once(&workload);
    rogue_stop(rogue);
    cr_expect_eq(event.error, EVENT_OK, "'%s'", event_error_word(event.error));
    return rogue->first_request;
}

Test(transfer, a_request_is_these_bytes) {
    struct rogue rogue;
    char expected[2048];
    const char *bytes = bytes_of(&rogue, (struct workload){.rounds = 1});
    snprintf(expected, sizeof expected,
             "GET /0/0 HTTP/1.1\r\nHost: %s\r\nAccept: */*\r\n\r\n",
             rogue.url + strlen("http://"));
    cr_expect_str_eq(bytes, expected, "'%s'", bytes);
}

Test(transfer, a_request_that_closes_says_so) {
    struct rogue rogue;
    struct workload workload = {.connections = CONNECTIONS_CLOSE};
    const char *bytes = bytes_of(&rogue, workload);
    cr_expect(strstr(bytes, "\r\nConnection: close\r\n"), "'%s'", bytes);
}

Test(transfer, a_proxy_of_the_environment_is_not_asked) {
    char nobody[64];
    struct rogue rogue;
    rogue_nobody(nobody);
    setenv("http_proxy", nobody, 1);
    setenv("ALL_PROXY", nobody, 1);
    cr_expect(strstr(bytes_of(&rogue, (struct workload){.rounds = 1}), "GET /0/0 "));
}

Test(transfer, only_http_and_https_are_allowed) {
    static const char *const urls[] = {"file:///etc", "ftp://127.0.0.1", "gopher://x",
                                       "no url at all", ""};
    for (size_t i = 0; i < sizeof urls / sizeof urls[0]; i++) {
        struct event event;
        struct workload workload = {
            .url = urls[i], .conversations = 1, .rounds = 1, .events = &event};
        transfer_once(&workload);
        cr_expect_eq(event.error, EVENT_PROTOCOL, "%s: '%s'", urls[i],
                     event_error_word(event.error));
    }
}

Test(transfer, each_result_of_curl_has_a_name) {
    static const struct {
        CURLcode code;
        enum event_error error;
    } cases[] = {
        {CURLE_OK, EVENT_OK},
        {CURLE_COULDNT_CONNECT, EVENT_REFUSED},
        {CURLE_SEND_ERROR, EVENT_RESET},
        {CURLE_RECV_ERROR, EVENT_RESET},
        {CURLE_OPERATION_TIMEDOUT, EVENT_TIMEOUT},
        {CURLE_PARTIAL_FILE, EVENT_TRUNCATED},
        {CURLE_GOT_NOTHING, EVENT_TRUNCATED},
        {CURLE_WEIRD_SERVER_REPLY, EVENT_PROTOCOL},
        {CURLE_UNSUPPORTED_PROTOCOL, EVENT_PROTOCOL},
        {CURLE_COULDNT_RESOLVE_HOST, EVENT_RESOLVE},
        {CURLE_SSL_CONNECT_ERROR, EVENT_TLS},
        {CURLE_PEER_FAILED_VERIFICATION, EVENT_TLS},
        {CURLE_OUT_OF_MEMORY, EVENT_LIMIT},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct event event;
        struct transfer transfer;
        struct workload workload = {
            .url = "http://x", .conversations = 1, .rounds = 1, .events = &event};
        cr_assert(transfer_open(&transfer, &workload, 0));
        transfer_begin(&transfer, 0);
        transfer_end(&transfer, cases[i].code);
        cr_expect_eq(event.error, cases[i].error, "%s: '%s'",
                     curl_easy_strerror(cases[i].code), event_error_word(event.error));
        transfer_close(&transfer);
    }
}

Test(transfer, is_sent_once_it_is_on_the_wire_and_not_before) {
    struct rogue rogue;
    struct event events[2];
    struct transfer transfer;
    rogue_start(&rogue, ROGUE_ANSWERS);
    struct workload workload = {
        .url = rogue.url, .conversations = 1, .rounds = 2, .events = events};
    cr_assert(transfer_open(&transfer, &workload, 0));
    transfer_begin(&transfer, 0);
    cr_expect_not(transfer_is_sent(&transfer));
    transfer_end(&transfer, curl_easy_perform(transfer.easy));
    cr_expect(transfer_is_sent(&transfer));
    transfer_close(&transfer);
    rogue_stop(&rogue);
}

Test(transfer, holds_its_send_before_anything_is_on_the_wire) {
    char nobody[64];
    struct event event;
    struct transfer transfer;
    rogue_nobody(nobody);
    struct workload workload = {.url = nobody,
                                .conversations = 1,
                                .rounds = 1,
                                .send_hold_ns = 2 * NS_PER_MS,
                                .events = &event};
    cr_assert(transfer_open(&transfer, &workload, 0));
    transfer_begin(&transfer, 0);
    cr_expect_geq(clock_now_ns() - event.begin_ns, 2 * NS_PER_MS);
    cr_expect_geq(event.send_ns, 2 * NS_PER_MS);
    transfer_close(&transfer);
}

Test(transfer, closing_twice_is_harmless) {
    struct event event;
    struct transfer transfer;
    struct workload workload = {.url = "http://x",
                                .conversations = 1,
                                .rounds = 1,
                                .connections = CONNECTIONS_CLOSE,
                                .events = &event};
    cr_assert(transfer_open(&transfer, &workload, 0));
    transfer_close(&transfer);
    transfer_close(&transfer);
    cr_expect_null(transfer.easy);
}

/* models/http/loop.c: the client that is called back. */
#include "models/http/loop.h"
#include "base/clock.h"
#include "tests/support/watched_api.h"
#include "tests/support/http_clients.h"
#include "tests/support/rogue.h"
#include "tests/support/swallower.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void on_done(struct transfer *transfer, void *context) {
    if (++transfer->round < transfer->workload->rounds) {
        transfer_begin(transfer, transfer->round);
        http_loop_start(context, transfer);
    } else if (((struct http_loop *)context)->under_way == 0) {
        uv_stop(((struct http_loop *)context)->uv);
    }
}

/* A small model: all conversations at once, the rounds of each one after the other. */
static void converse(const struct workload *workload) {
    struct error error = {.kind = ERROR_NONE};
    size_t count = (size_t)workload->conversations;
    struct transfer *transfers = calloc(count, sizeof *transfers);
    struct http_loop loop;
    uv_loop_t uv;
    bool has_uv = uv_loop_init(&uv) == 0;
    if (!has_uv || !http_loop_open(&loop, &uv, on_done, &loop, &error)) {
        for (int32_t i = 0; i < workload->conversations; i++) { /* out of descriptors */
            workload_fail_conversation(workload, i, EVENT_LIMIT);
        }
        cr_expect(!has_uv || uv_loop_close(&uv) == 0, "a handle is left on the loop");
        free(transfers);
        return;
    }
    for (int32_t i = 0; i < workload->conversations; i++) {
        cr_assert(transfer_open(&transfers[i], workload, i), "out of memory");
        transfer_begin(&transfers[i], 0);
        http_loop_start(&loop, &transfers[i]);
    }
    uv_run(&uv, UV_RUN_DEFAULT);
    cr_expect_eq(loop.under_way, 0, "the loop ended with transfers under way");
    http_loop_close(&loop);
    for (int32_t i = 0; i < workload->conversations; i++) {
        transfer_close(&transfers[i]);
    }
    cr_expect_eq(uv_loop_close(&uv), 0, "a handle is left on the loop");
    free(transfers);
}

Test(http_loop, names_each_failure) {
    http_client_names_each_failure(converse);
}

Test(http_loop, names_a_refusal) {
    http_client_names_a_refusal(converse);
}

Test(http_loop, goes_on_after_a_failure) {
    http_client_goes_on_after_a_failure(converse);
}

Test(http_loop, times_out_never_early) {
    http_client_times_out_never_early(converse);
}

Test(http_loop, records_the_times_of_the_api) {
    http_client_records_the_times_of_the_api(converse);
}

Test(http_loop, keeps_its_own_send) {
    http_client_keeps_its_own_send(converse);
}

Test(http_loop, closes_after_each_request) {
    http_client_closes_after_each_request(converse);
}

Test(http_loop, opens_a_closed_connection_anew) {
    http_client_opens_a_closed_connection_anew(converse);
}

Test(http_loop, opens_a_closed_warm_connection_anew) {
    http_client_opens_a_closed_warm_connection_anew(converse);
}

Test(http_loop, sends_each_request_once) {
    http_client_sends_each_request_once(converse);
}

Test(http_loop, opens_anew_what_it_closed_itself) {
    http_client_opens_anew_what_it_closed_itself(converse);
}

Test(http_loop, leaves_no_descriptor) {
    http_client_leaves_no_descriptor(converse);
}

Test(http_loop, names_a_lack_of_descriptors) {
    http_client_names_a_lack_of_descriptors(converse);
}

Test(http_loop, names_an_unknown_host) {
    http_client_names_an_unknown_host(converse);
}

Test(http_loop, keeps_one_connection_a_conversation) {
    http_client_keeps_one_connection_a_conversation(converse);
}

Test(http_loop, uses_its_warm_connection) {
    http_client_uses_its_warm_connection(converse);
}

Test(http_loop, reaches_a_host_by_its_name) {
    http_client_reaches_a_host_by_its_name(converse);
}

Test(http_loop, has_two_thousand_transfers_at_once) {
    static const char *const options[] = {"--senders",  "unlimited", "--send", "0s",
                                          "--response", "2s",        NULL};
    struct watched_api api;
    struct workload workload = {.conversations = 2000, .rounds = 2};
    watched_api_start(&api, options);
    workload.url = api.url;
    http_client_run(&workload, converse);
    for (int32_t i = 0; i < 4000; i++) {
        cr_assert_eq(workload.events[i].error, EVENT_OK, "request %d: '%s'", i,
                     event_error_word(workload.events[i].error));
    }
    cr_expect_eq(watched_api_peak_in_flight(&api), 2000, "%d",
                 watched_api_peak_in_flight(&api));
    cr_expect_eq(watched_api_connections(&api), 2000, "%ld",
                 watched_api_connections(&api));
    watched_api_stop(&api);
    free(workload.events);
}

static void count_turn(uv_check_t *check) {
    ++*(int *)check->data;
}

static void stop_loop(uv_timer_t *timer) {
    uv_stop(timer->loop);
}

static void do_nothing(struct transfer *transfer, void *context) {
    (void)transfer, (void)context;
}

/* An idle connection that its server has closed stays readable, and must not keep the
 * loop awake. */
Test(http_loop, sleeps_beside_a_connection_that_was_closed) {
    struct error error = {.kind = ERROR_NONE};
    struct rogue rogue;
    struct event event;
    struct transfer transfer;
    struct http_loop loop;
    uv_loop_t uv;
    uv_timer_t timer;
    uv_check_t check;
    int turns = 0;
    rogue_start(&rogue, ROGUE_LEAVES);
    struct workload workload = {
        .url = rogue.url, .conversations = 1, .rounds = 1, .events = &event};
    uv_loop_init(&uv);
    cr_assert(http_loop_open(&loop, &uv, do_nothing, NULL, &error));
    cr_assert(transfer_open(&transfer, &workload, 0));
    uv_timer_init(&uv, &timer);
    uv_timer_start(&timer, stop_loop, 200, 0);
    uv_check_init(&uv, &check);
    check.data = &turns;
    uv_check_start(&check, count_turn);
    transfer_begin(&transfer, 0);
    http_loop_start(&loop, &transfer);
    uv_run(&uv, UV_RUN_DEFAULT);
    cr_expect_eq(event.error, EVENT_OK, "'%s'", event_error_word(event.error));
    cr_expect_lt(turns, 50, "the loop woke %d times in 200 ms", turns);
    uv_close((uv_handle_t *)&timer, NULL);
    uv_close((uv_handle_t *)&check, NULL);
    http_loop_close(&loop);
    transfer_close(&transfer);
    cr_expect_eq(uv_loop_close(&uv), 0, "a handle is left on the loop");
    rogue_stop(&rogue);
}

/* Sends one request to a host with two addresses, of which the first swallows packets.
 * curl gives the first half of the timeout, closes its socket, and often gets the same
 * descriptor for the second. */
static void ask_swallower_first(struct http_loop *loop, uv_loop_t *uv,
                                const struct workload *workload, const char *resolve) {
    struct transfer transfer;
    struct curl_slist *addresses = curl_slist_append(NULL, resolve);
    cr_assert(transfer_open(&transfer, workload, 0));
    curl_easy_setopt(transfer.easy, CURLOPT_RESOLVE, addresses);
    transfer_begin(&transfer, 0);
    http_loop_start(loop, &transfer);
    uv_run(uv, UV_RUN_DEFAULT);
    http_loop_close(loop);
    transfer_close(&transfer);
    curl_slist_free_all(addresses);
}

static void stop_when_done(struct transfer *transfer, void *context) {
    (void)transfer;
    uv_stop(context);
}

Test(http_loop, an_address_behind_one_that_swallows_packets_is_reached) {
    for (int i = 0; i < 2; i++) {
        struct error error = {.kind = ERROR_NONE};
        struct rogue rogue;
        struct swallower swallower;
        struct event event;
        struct http_loop loop;
        uv_loop_t uv;
        char url[64];
        char resolve[100];
        rogue_start(&rogue, ROGUE_ANSWERS);
        int port = atoi(strrchr(rogue.url, ':') + 1);
        swallower_start(&swallower, "127.0.0.2", port);
        snprintf(url, sizeof url, "http://two.test:%d", port);
        snprintf(resolve, sizeof resolve, "two.test:%d:127.0.0.2,127.0.0.1", port);
        struct workload workload = {.url = url,
                                    .conversations = 1,
                                    .rounds = 1,
                                    .timeout_ns = 4 * NS_PER_S,
                                    .events = &event};
        uv_loop_init(&uv);
        cr_assert(http_loop_open(&loop, &uv, stop_when_done, &uv, &error));
        ask_swallower_first(&loop, &uv, &workload, resolve);
        cr_expect_eq(event.error, EVENT_OK, "'%s'", event_error_word(event.error));
        cr_expect_geq(event.end_ns - event.begin_ns, 19 * NS_PER_S / 10);
        cr_expect_eq(uv_loop_close(&uv), 0, "a handle is left on the loop");
        swallower_stop(&swallower);
        rogue_stop(&rogue);
    }
}

Test(http_loop, two_thousand_requests_on_a_quick_api_lose_no_millisecond_each) {
    static const char *const options[] = {"--send", "0s", "--response", "0s", NULL};
    struct watched_api api;
    struct workload workload = {.conversations = 1, .rounds = 2000};
    watched_api_start(&api, options);
    workload.url = api.url;
    http_client_run(&workload, converse);
    int64_t total_ns = workload.events[1999].end_ns - workload.ready_ns;
    cr_expect_lt(total_ns, 2000 * NS_PER_MS, "%ld ns", (long)total_ns);
    watched_api_stop(&api);
    free(workload.events);
}

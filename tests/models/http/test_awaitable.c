/* models/http/awaitable.c: the client for coroutines. */
#include "models/http/awaitable.h"
#include "base/clock.h"
#include "tests/support/http_clients.h"
#include "tests/support/rogue.h"
#include "tests/support/watched_api.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void start_alarm(void) {
    alarm(60);
}

TestSuite(awaitable, .init = start_alarm);

struct everyone {
    const struct workload *workload;
    struct awaitable_client client;
    struct awaitable_transfer *transfers;
};

static bool converse_one(void *argument, void **value, struct async_error *error) {
    (void)value;
    struct awaitable_transfer *transfer = argument;
    for (int32_t round = 0; round < transfer->transfer.workload->rounds; round++) {
        if (!awaitable_send(transfer, round, error) ||
            !awaitable_receive(transfer, error)) {
            return false;
        }
    }
    return true;
}

static bool converse_all(void *argument, void **value, struct async_error *error) {
    struct everyone *everyone = argument;
    size_t count = (size_t)everyone->workload->conversations;
    struct async_awaitable **tasks = calloc(count, sizeof(struct async_awaitable *));
    (void)value;
    for (size_t i = 0; i < count; i++) {
        cr_assert(awaitable_open(&everyone->transfers[i], &everyone->client,
                                 everyone->workload, (int32_t)i));
        tasks[i] = async_coroutine(converse_one, &everyone->transfers[i]);
    }
    bool ok = async_gather(tasks, count, false, NULL, error);
    free(tasks);
    return ok;
}

/* A small model, as in tests/models/http/test_loop.c. */
static void converse(const struct workload *workload) {
    struct everyone everyone = {.workload = workload};
    struct async_error failure = {.kind = ASYNC_OK};
    struct error error = {.kind = ERROR_NONE};
    everyone.transfers =
        calloc((size_t)workload->conversations, sizeof *everyone.transfers);
    struct async_loop *loop = async_new_event_loop(&failure);
    if (!loop || !awaitable_client_open(&everyone.client, loop, &error)) {
        for (int32_t i = 0; i < workload->conversations; i++) { /* out of descriptors */
            workload_fail_conversation(workload, i, EVENT_LIMIT);
        }
    } else {
        cr_expect(async_run_until_complete(
                      loop, async_coroutine(converse_all, &everyone), NULL, &failure),
                  "%s", failure.message);
        awaitable_client_close(&everyone.client);
        for (int32_t i = 0; i < workload->conversations; i++) {
            awaitable_close(&everyone.transfers[i]);
        }
    }
    async_loop_free(loop);
    free(everyone.transfers);
}

Test(awaitable, names_each_failure) {
    http_client_names_each_failure(converse);
}

Test(awaitable, names_a_refusal) {
    http_client_names_a_refusal(converse);
}

Test(awaitable, goes_on_after_a_failure) {
    http_client_goes_on_after_a_failure(converse);
}

Test(awaitable, times_out_never_early) {
    http_client_times_out_never_early(converse);
}

Test(awaitable, records_the_times_of_the_api) {
    http_client_records_the_times_of_the_api(converse);
}

Test(awaitable, keeps_its_own_send) {
    http_client_keeps_its_own_send(converse);
}

Test(awaitable, closes_after_each_request) {
    http_client_closes_after_each_request(converse);
}

Test(awaitable, opens_a_closed_connection_anew) {
    http_client_opens_a_closed_connection_anew(converse);
}

Test(awaitable, opens_a_closed_warm_connection_anew) {
    http_client_opens_a_closed_warm_connection_anew(converse);
}

Test(awaitable, sends_each_request_once) {
    http_client_sends_each_request_once(converse);
}

Test(awaitable, opens_anew_what_it_closed_itself) {
    http_client_opens_anew_what_it_closed_itself(converse);
}

Test(awaitable, leaves_no_descriptor) {
    http_client_leaves_no_descriptor(converse);
}

Test(awaitable, names_a_lack_of_descriptors) {
    http_client_names_a_lack_of_descriptors(converse);
}

Test(awaitable, names_an_unknown_host) {
    http_client_names_an_unknown_host(converse);
}

Test(awaitable, keeps_one_connection_a_conversation) {
    http_client_keeps_one_connection_a_conversation(converse);
}

Test(awaitable, uses_its_warm_connection) {
    http_client_uses_its_warm_connection(converse);
}

Test(awaitable, reaches_a_host_by_its_name) {
    http_client_reaches_a_host_by_its_name(converse);
}

/* -- Cancelling, which only coroutines can do -------------------------------------- */

struct alone {
    struct workload workload;
    struct awaitable_client client;
    struct awaitable_transfer transfer;
    struct event events[2];
};

/* Runs a coroutine with a transfer of its own against a server. */
static void run_alone(async_function *function, const char *url, int64_t hold_ns) {
    struct alone alone = {.workload = {.url = url,
                                       .conversations = 1,
                                       .rounds = 2,
                                       .send_hold_ns = hold_ns,
                                       .ready_ns = clock_now_ns()}};
    struct async_error failure = {.kind = ASYNC_OK};
    struct error error = {.kind = ERROR_NONE};
    alone.workload.events = alone.events;
    struct async_loop *loop = async_new_event_loop(&failure);
    cr_assert(loop && awaitable_client_open(&alone.client, loop, &error));
    cr_assert(awaitable_open(&alone.transfer, &alone.client, &alone.workload, 0));
    cr_expect(async_run_until_complete(loop, async_coroutine(function, &alone), NULL,
                                       &failure),
              "%s", failure.message);
    cr_expect_eq(alone.client.http.under_way, 0);
    awaitable_client_close(&alone.client);
    awaitable_close(&alone.transfer);
    async_loop_free(loop);
}

static bool receive(void *argument, void **value, struct async_error *error) {
    (void)value;
    struct alone *alone = argument;
    return awaitable_send(&alone->transfer, 0, error) &&
           awaitable_receive(&alone->transfer, error);
}

static bool give_up(void *argument, void **value, struct async_error *error) {
    struct alone *alone = argument;
    struct async_awaitable *task = async_create_task(async_coroutine(receive, alone));
    cr_expect(async_sleep(20 * NS_PER_MS, error));
    cr_expect_eq(alone->client.http.under_way, 1);
    async_cancel(task);
    cr_expect_not(async_await(task, value, error));
    cr_expect_eq(error->kind, ASYNC_CANCELLED, "%s", error->message);
    cr_expect_eq(alone->client.http.under_way, 0);
    cr_expect_eq(alone->events[0].end_ns, 0, "a request that is given up has no end");
    async_release(task);
    return true;
}

Test(awaitable, a_task_that_is_cancelled_gives_its_request_up) {
    struct rogue rogue;
    rogue_start(&rogue, ROGUE_SILENT);
    run_alone(give_up, rogue.url, 0);
    rogue_stop(&rogue);
}

static bool converse_again(void *argument, void **value, struct async_error *error) {
    struct alone *alone = argument;
    bool ok =
        async_wait_for(async_coroutine(receive, alone), 20 * NS_PER_MS, value, error);
    cr_expect(!ok && error->kind == ASYNC_TIMEOUT);
    cr_expect_not(async_lock_locked(&alone->client.sending));
    return receive(alone, value, error);
}

/* The hold is over and the request is on the wire when it is given up; the next request
 * needs the same handle. */
Test(awaitable, a_transfer_that_was_given_up_can_be_sent_again) {
    static const char *const options[] = {
        "--send", "0s", "--response", "60ms", "--senders", "unlimited", NULL};
    struct watched_api api;
    watched_api_start(&api, options);
    run_alone(converse_again, api.url, NS_PER_MS);
    watched_api_stop(&api);
}

/* A timer of curl ends a request inside of libuv, before libuv sleeps: the task must go
 * on then, without another event that wakes the loop. */
Test(awaitable, two_thousand_requests_on_a_quick_api_lose_no_millisecond_each) {
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

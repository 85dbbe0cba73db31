/* async/net/transport.c: how a connection begins and ends. */
#include "tests/async/trace.h"

#include <errno.h>

static bool be_closed_by_peer(void *argument, void **value, struct async_error *error) {
    struct trace trace = {.text = ""};
    int peer;
    (void)argument, (void)value;
    trace_open(&trace, &peer, error);
    cr_expect_str_eq(trace.text, "made");
    cr_assert_eq(write(peer, "abc", 3), 3);
    close(peer);
    trace_await(&trace, error);
    cr_expect_str_eq(trace.text, "made data(abc) eof lost(None)");
    return true;
}

Test(async_transport, the_peers_end_closes_it) {
    run_cleanly(be_closed_by_peer, NULL);
}

static bool stay_open(void *argument, void **value, struct async_error *error) {
    struct trace trace = {.keeps_open = true};
    int peer;
    char got[8] = "";
    (void)argument, (void)value;
    trace_open(&trace, &peer, error);
    shutdown(peer, SHUT_WR);
    GOES_WELL(async_sleep(2 * NS_PER_MS, error));
    cr_expect_str_eq(trace.text, "made eof");
    GOES_WELL(async_transport_write(trace.transport, "late", 4, error));
    cr_expect_eq(read(peer, got, sizeof got), 4);
    async_transport_close(trace.transport);
    cr_expect_str_eq(trace.text, "made eof", "connection_lost is for the next turn");
    trace_await(&trace, error);
    cr_expect_str_eq(trace.text, "made eof lost(None)");
    close(peer);
    return true;
}

Test(async_transport, a_protocol_may_keep_it_open_for_writing) {
    run_cleanly(stay_open, NULL);
}

static bool abort_it(void *argument, void **value, struct async_error *error) {
    static char much[1024 * 1024];
    struct trace trace = {.text = ""};
    int peer;
    (void)argument, (void)value;
    trace_open(&trace, &peer, error);
    struct async_transport *transport = async_transport_retain(trace.transport);
    GOES_WELL(async_transport_write(transport, much, sizeof much, error));
    async_transport_close(transport);
    GOES_WELL(async_sleep(2 * NS_PER_MS, error));
    cr_expect_str_eq(trace.text, "made pause", "it has to send what is left");
    async_transport_abort(transport);
    async_transport_abort(transport);
    cr_expect_eq(async_transport_get_write_buffer_size(transport), 0);
    trace_await(&trace, error);
    cr_expect_str_eq(trace.text, "made pause lost(None)");
    cr_expect_eq(async_transport_get_fd(transport), -1);
    GOES_WELL(async_transport_write(transport, "x", 1, error)); /* does nothing */
    async_transport_close(transport);
    async_transport_release(transport);
    close(peer);
    return true;
}

Test(async_transport, abort_drops_what_is_left) {
    run_cleanly(abort_it, NULL);
}

static bool pause_reading(void *argument, void **value, struct async_error *error) {
    struct trace trace = {.text = ""};
    int peer;
    (void)argument, (void)value;
    trace_open(&trace, &peer, error);
    async_transport_pause_reading(trace.transport);
    cr_expect_not(async_transport_is_reading(trace.transport));
    cr_assert_eq(write(peer, "abc", 3), 3);
    GOES_WELL(async_sleep(2 * NS_PER_MS, error));
    cr_expect_str_eq(trace.text, "made");
    async_transport_resume_reading(trace.transport);
    close(peer);
    trace_await(&trace, error);
    cr_expect_str_eq(trace.text, "made data(abc) eof lost(None)");
    return true;
}

Test(async_transport, paused_it_reads_nothing) {
    run_cleanly(pause_reading, NULL);
}

static bool change_protocol(void *argument, void **value, struct async_error *error) {
    struct trace trace = {.text = ""};
    struct trace second = {.lost = async_create_future(NULL)};
    int peer;
    (void)argument, (void)value;
    trace_open(&trace, &peer, error);
    async_transport_set_protocol(trace.transport, &trace_protocol, &second);
    close(peer);
    trace_await(&second, error);
    cr_expect_str_eq(trace.text, "made");
    cr_expect_str_eq(second.text, "eof lost(None)");
    async_release(trace.lost);
    return true;
}

Test(async_transport, its_protocol_may_change) {
    run_cleanly(change_protocol, NULL);
}

/* -- The loop is closed first ---------------------------------------------------- */

static bool open_and_leave(void *argument, void **value, struct async_error *error) {
    struct trace *trace = argument;
    int pair[2];
    (void)value;
    OPEN_PAIR(pair);
    close(pair[1]);
    bool ok = async_connect_socket(pair[0], &trace_protocol, trace, NULL, error);
    async_transport_pause_reading(trace->transport);
    return ok;
}

Test(async_transport, a_closed_loop_tells_those_that_are_open) {
    struct trace trace = {.text = ""};
    run_cleanly(open_and_leave, &trace);
    cr_expect_str_eq(trace.text, "made lost(GeneratorExit)");
}

static bool connect_slowly(void *argument, void **value, struct async_error *error) {
    (void)value;
    int pair[2];
    OPEN_PAIR(pair);
    close(pair[1]);
    return async_connect_socket(pair[0], &trace_protocol, argument, NULL, error);
}

static bool cancel_it(void *argument, void **value, struct async_error *error) {
    struct async_awaitable *task =
        async_create_task(async_coroutine(connect_slowly, argument));
    (void)value;
    GOES_WELL(async_sleep(0, error));
    async_cancel(task);
    FAILS_WITH(ASYNC_CANCELLED, async_await(task, NULL, error));
    async_release(task);
    return true;
}

Test(async_transport, who_is_cancelled_before_its_connection_is_made_hears_its_end) {
    struct trace trace = {.text = ""};
    run_cleanly(cancel_it, &trace);
    cr_expect_str_eq(trace.text, "made lost(None)");
}

struct many {
    struct trace traces[3];
    int peers[3];
};

static bool open_many(void *argument, void **value, struct async_error *error) {
    struct many *many = argument;
    (void)value;
    for (int i = 0; i < 3; i++) {
        int pair[2];
        OPEN_PAIR(pair);
        many->peers[i] = pair[1];
        GOES_WELL(async_connect_socket(pair[0], &trace_protocol, &many->traces[i], NULL,
                                       error));
    }
    async_transport_abort(many->traces[1].transport); /* its end is due already */
    return true;
}

Test(async_transport, all_that_are_open_hear_of_the_loops_end_once) {
    struct many many = {.peers = {0}};
    struct async_error error;
    open_what_stays();
    int before = count_descriptors();
    struct async_loop *loop = async_new_event_loop(&error);
    alarm(20);
    cr_assert(async_run_until_complete(loop, async_coroutine(open_many, &many), NULL,
                                       &error));
    struct async_transport *kept = async_transport_retain(many.traces[0].transport);
    cr_assert(async_loop_close(loop, &error), "%s", error.message);
    cr_expect_str_eq(many.traces[0].text, "made lost(GeneratorExit)");
    cr_expect_str_eq(many.traces[2].text, "made lost(GeneratorExit)");
    cr_expect(!strncmp(many.traces[1].text, "made lost(", 10));
    for (int i = 0; i < 3; i++) {
        close(many.peers[i]);
    }
    cr_expect_eq(count_descriptors(), before);
    async_transport_close(kept); /* what is retained may still be asked */
    cr_expect(async_transport_is_closing(kept));
    async_transport_release(kept);
    async_loop_free(loop);
}

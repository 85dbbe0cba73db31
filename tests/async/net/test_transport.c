/* async/net/transport.c: the begin and the end of a connection. */
#include "tests/async/support.h"

#include <errno.h>

REAL_TIME_TEST(async_transport, the_end_of_the_peer_closes_it) {
    struct tracer tracer = {.name = NULL};
    int peer;
    SUCCEEDS(tracer_open(&tracer, &peer, error));
    EXPECT_TRACE("made");
    cr_assert_eq(write(peer, "abc", 3), 3);
    close(peer);
    SUCCEEDS(tracer_await_end(&tracer, error));
    EXPECT_TRACE("made data abc eof lost");
    return true;
}

REAL_TIME_TEST(async_transport, a_protocol_may_keep_it_open_for_writing) {
    struct tracer tracer = {.keeps_open = true};
    int peer;
    char got[8] = "";
    SUCCEEDS(tracer_open(&tracer, &peer, error));
    shutdown(peer, SHUT_WR);
    SUCCEEDS(async_sleep(2 * NS_PER_MS, error));
    EXPECT_TRACE("made eof");
    SUCCEEDS(async_transport_write(tracer.transport, "late", 4, error));
    cr_expect_eq(read(peer, got, sizeof got), 4);
    async_transport_close(tracer.transport);
    EXPECT_TRACE("made eof"); /* connection_lost() comes a turn later */
    SUCCEEDS(tracer_await_end(&tracer, error));
    EXPECT_TRACE("made eof lost");
    close(peer);
    return true;
}

REAL_TIME_TEST(async_transport, abort_drops_unsent_bytes) {
    static char much[1024 * 1024];
    struct tracer tracer = {.name = NULL};
    int peer;
    SUCCEEDS(tracer_open(&tracer, &peer, error));
    struct async_transport *transport = async_transport_retain(tracer.transport);
    SUCCEEDS(async_transport_write(transport, much, sizeof much, error));
    async_transport_close(transport);
    SUCCEEDS(async_sleep(2 * NS_PER_MS, error));
    EXPECT_TRACE("made pause"); /* it still has bytes to send */
    async_transport_abort(transport);
    async_transport_abort(transport);
    cr_expect_eq(async_transport_get_write_buffer_size(transport), 0);
    SUCCEEDS(tracer_await_end(&tracer, error));
    EXPECT_TRACE("made pause lost");
    cr_expect_eq(async_transport_get_fd(transport), -1);
    SUCCEEDS(async_transport_write(transport, "x", 1, error)); /* does nothing */
    async_transport_close(transport);
    async_transport_release(transport);
    close(peer);
    return true;
}

REAL_TIME_TEST(async_transport, a_paused_transport_reads_nothing) {
    struct tracer tracer = {.name = NULL};
    int peer;
    SUCCEEDS(tracer_open(&tracer, &peer, error));
    async_transport_pause_reading(tracer.transport);
    cr_expect_not(async_transport_is_reading(tracer.transport));
    cr_assert_eq(write(peer, "abc", 3), 3);
    SUCCEEDS(async_sleep(2 * NS_PER_MS, error));
    EXPECT_TRACE("made");
    async_transport_resume_reading(tracer.transport);
    close(peer);
    SUCCEEDS(tracer_await_end(&tracer, error));
    EXPECT_TRACE("made data abc eof lost");
    return true;
}

REAL_TIME_TEST(async_transport, its_protocol_may_change) {
    struct tracer tracer = {.name = NULL};
    struct tracer second = {.name = "second", .lost = async_create_future(NULL)};
    int peer;
    SUCCEEDS(tracer_open(&tracer, &peer, error));
    async_transport_set_protocol(tracer.transport, &tracer_protocol, &second);
    close(peer);
    SUCCEEDS(tracer_await_end(&second, error));
    EXPECT_TRACE("made second eof second lost");
    async_release(tracer.lost);
    return true;
}

/* -- The loop is closed first ------------------------------------------------------ */

ASYNC_FUNCTION(open_and_leave) {
    struct tracer *tracer = argument;
    int pair[2];
    OPEN_PAIR(pair);
    close(pair[1]);
    bool ok = async_connect_socket(pair[0], &tracer_protocol, tracer, NULL, error);
    async_transport_pause_reading(tracer->transport);
    return ok;
}

Test(async_transport, a_loop_that_closes_ends_open_connections) {
    struct tracer tracer = {.name = NULL};
    run_cleanly(open_and_leave, &tracer);
    EXPECT_TRACE("made lost GeneratorExit");
}

ASYNC_FUNCTION(connect_slowly) {
    int pair[2];
    OPEN_PAIR(pair);
    close(pair[1]);
    return async_connect_socket(pair[0], &tracer_protocol, argument, NULL, error);
}

ASYNC_FUNCTION(cancel_it) {
    struct async_awaitable *task = NEW_TASK(connect_slowly, argument);
    SUCCEEDS(async_sleep(0, error));
    async_cancel(task);
    FAILS_WITH(ASYNC_CANCELLED, async_await(task, NULL, error));
    async_release(task);
    return true;
}

Test(async_transport, a_connection_whose_task_is_cancelled_before_it_is_made_ends) {
    struct tracer tracer = {.name = NULL};
    run_cleanly(cancel_it, &tracer);
    EXPECT_TRACE("made lost");
}

struct many {
    struct tracer tracers[3];
    int peers[3];
};

ASYNC_FUNCTION(open_many) {
    struct many *many = argument;
    for (int i = 0; i < 3; i++) {
        int pair[2];
        OPEN_PAIR(pair);
        many->peers[i] = pair[1];
        SUCCEEDS(async_connect_socket(pair[0], &tracer_protocol, &many->tracers[i],
                                      NULL, error));
    }
    /* Its connection_lost() is due before the loop closes. */
    async_transport_abort(many->tracers[1].transport);
    return true;
}

Test(async_transport, each_open_connection_hears_of_the_loops_end_once) {
    struct many many = {.tracers = {{.name = "a"}, {.name = "b"}, {.name = "c"}}};
    struct async_error error;
    open_what_stays();
    int before = count_descriptors();
    struct async_loop *loop = async_new_event_loop(&error);
    alarm(20);
    run_in(loop, open_many, &many);
    struct async_transport *kept = async_transport_retain(many.tracers[0].transport);
    SUCCEEDS(async_loop_close(loop, &error));
    EXPECT_TRACE_OF("a", "made lost GeneratorExit");
    EXPECT_TRACE_OF("c", "made lost GeneratorExit");
    cr_expect_eq(strncmp(trace_of("b"), "made lost", 9), 0);
    for (int i = 0; i < 3; i++) {
        close(many.peers[i]);
    }
    cr_expect_eq(count_descriptors(), before);
    async_transport_close(kept); /* a retained transport stays valid */
    cr_expect(async_transport_is_closing(kept));
    async_transport_release(kept);
    async_loop_free(loop);
}

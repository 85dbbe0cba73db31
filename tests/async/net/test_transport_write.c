/* async/net/transport_write.c: the bytes that the system does not take at once, and the
 * marks of the buffer that holds them. */
#include "tests/async/support.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>

enum { MUCH = 1024 * 1024 };

ASYNC_FUNCTION(read_it) {
    static char bytes[65536];
    ssize_t count;
    size_t all = 0;
    while ((count = read(*(int *)argument, bytes, sizeof bytes)) > 0) {
        all += (size_t)count;
    }
    *value = (void *)all;
    return true;
}

REAL_TIME_TEST(async_transport_write, a_protocol_is_paused_and_resumed_at_its_marks) {
    static const char much[MUCH];
    struct tracer tracer = {.name = NULL};
    int peer;
    void *count = NULL;
    SUCCEEDS(tracer_open(&tracer, &peer, error));
    SUCCEEDS(async_transport_write(tracer.transport, much, MUCH, error));
    EXPECT_TRACE("made pause"); /* called from inside the write */
    SUCCEEDS(async_transport_write(tracer.transport, much, MUCH, error));
    EXPECT_TRACE("made pause"); /* not again */
    async_transport_write_eof(tracer.transport);
    struct async_awaitable *reading =
        async_run_in_executor(async_get_running_loop(), NULL, read_it, &peer);
    SUCCEEDS(async_await(reading, &count,
                         error)); /* the end of the stream follows the bytes */
    cr_expect_eq((size_t)count, 2 * (size_t)MUCH);
    EXPECT_TRACE("made pause resume");
    async_release(reading);
    close(peer);
    SUCCEEDS(tracer_await_end(&tracer, error));
    EXPECT_TRACE("made pause resume eof lost");
    return true;
}

REAL_TIME_TEST(async_transport_write, marks_can_be_set) {
    static const char much[MUCH];
    struct tracer tracer = {.name = NULL};
    int peer;
    SUCCEEDS(tracer_open(&tracer, &peer, error));
    struct async_transport *transport = tracer.transport;
    FAILS_WITH(ASYNC_INVALID_ARGUMENT,
               async_transport_set_write_buffer_limits(transport, 2, 1, error));
    SUCCEEDS(async_transport_set_write_buffer_limits(transport, 0, 2 * MUCH, error));
    SUCCEEDS(async_transport_write(transport, much, MUCH, error));
    EXPECT_TRACE("made");
    SUCCEEDS(async_transport_set_write_buffer_limits(transport, 0, 0, error));
    EXPECT_TRACE("made pause"); /* the buffer is over the new mark already */
    async_transport_abort(transport);
    SUCCEEDS(tracer_await_end(&tracer, error));
    close(peer);
    return true;
}

REAL_TIME_TEST(async_transport_write,
               a_write_to_a_closed_peer_is_an_error_and_no_signal) {
    struct tracer tracer = {.name = NULL};
    int peer;
    SUCCEEDS(tracer_open(&tracer, &peer, error));
    close(peer);
    SUCCEEDS(async_transport_write(tracer.transport, "x", 1, error));
    SUCCEEDS(tracer_await_end(&tracer, error));
    EXPECT_TRACE("made lost EPIPE");
    return true;
}

/* async/net/pipe_transport.c: each end of a pipe as a transport. */
#include "async/net/transport_core.h"
#include "tests/async/support.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>

/* Opens a transport over one end of a new pipe; *peer is the other end. */
static void open_end(struct tracer *tracer, bool is_writing, int *peer,
                     struct async_error *error) {
    int ends[2];
    cr_assert_eq(pipe2(ends, O_CLOEXEC | O_NONBLOCK), 0);
    *peer = is_writing ? ends[0] : ends[1];
    tracer->lost = async_create_future(NULL);
    SUCCEEDS(async_transport_open(
        is_writing ? &async_write_pipe_transport : &async_read_pipe_transport,
        async_get_running_loop(), is_writing ? ends[1] : ends[0], &tracer_protocol,
        tracer, NULL, error));
    SUCCEEDS(async_sleep(0, error));
}

REAL_TIME_TEST(async_pipe_transport, at_the_end_of_the_pipe_it_is_closed) {
    struct tracer tracer = {.keeps_open = true};
    int peer;
    open_end(&tracer, false, &peer, error);
    cr_expect_not(async_transport_can_write_eof(tracer.transport));
    cr_assert_eq(write(peer, "abc", 3), 3);
    close(peer);
    SUCCEEDS(tracer_await_end(&tracer, error));
    EXPECT_TRACE("made data abc eof lost");
    return true;
}

REAL_TIME_TEST(async_pipe_transport, write_eof_closes_it) {
    struct tracer tracer = {.name = NULL};
    int peer;
    char got[8];
    open_end(&tracer, true, &peer, error);
    SUCCEEDS(async_transport_write(tracer.transport, "abc", 3, error));
    async_transport_write_eof(tracer.transport);
    cr_expect(async_transport_is_closing(tracer.transport));
    SUCCEEDS(async_transport_write(tracer.transport, "ignored", 7, error));
    SUCCEEDS(tracer_await_end(&tracer, error));
    EXPECT_TRACE("made lost");
    cr_expect_eq(read(peer, got, sizeof got), 3);
    cr_expect_eq(read(peer, got, sizeof got), 0);
    close(peer);
    return true;
}

ASYNC_FUNCTION(lose_reader) {
    static const char much[1024 * 1024];
    struct tracer tracer = {.name = NULL};
    int peer;
    size_t count = *(size_t *)argument;
    open_end(&tracer, true, &peer, error);
    SUCCEEDS(async_transport_write(tracer.transport, much, count, error));
    close(peer);
    SUCCEEDS(tracer_await_end(&tracer, error));
    EXPECT_TRACE(count > 0 ? "made pause lost EPIPE" : "made lost");
    return true;
}

Test(async_pipe_transport, a_reader_that_closes_is_noticed_without_a_write) {
    size_t nothing = 0;
    run_cleanly(lose_reader, &nothing);
}

Test(async_pipe_transport, bytes_that_the_reader_did_not_read_are_a_broken_pipe) {
    size_t much = 1024 * 1024;
    run_cleanly(lose_reader, &much);
}

REAL_TIME_TEST(async_pipe_transport, a_broken_pipe_is_an_error_and_no_signal) {
    struct tracer tracer = {.name = NULL};
    int peer;
    open_end(&tracer, true, &peer, error);
    close(peer);
    SUCCEEDS(async_transport_write(tracer.transport, "x", 1, error));
    SUCCEEDS(tracer_await_end(&tracer, error));
    EXPECT_TRACE("made lost EPIPE");
    return true;
}

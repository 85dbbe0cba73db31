/* async/net/pipe_transport.c: the two ends of pipes. */
#include "async/net/transport_core.h"
#include "tests/async/trace.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>

/* One end as a transport; the other in *peer. */
static void open_end(struct trace *trace, bool is_writing, int *peer,
                     struct async_error *error) {
    int ends[2];
    cr_assert_eq(pipe2(ends, O_CLOEXEC | O_NONBLOCK), 0);
    *peer = is_writing ? ends[0] : ends[1];
    trace->lost = async_create_future(NULL);
    cr_assert(async_transport_open(
        is_writing ? &async_write_pipe_transport : &async_read_pipe_transport,
        async_get_running_loop(), is_writing ? ends[1] : ends[0], &trace_protocol,
        trace, NULL, error));
    GOES_WELL(async_sleep(0, error));
}

static bool read_to_end(void *argument, void **value, struct async_error *error) {
    struct trace trace = {.keeps_open = true};
    int peer;
    (void)argument, (void)value;
    open_end(&trace, false, &peer, error);
    cr_expect_not(async_transport_can_write_eof(trace.transport));
    cr_assert_eq(write(peer, "abc", 3), 3);
    close(peer);
    trace_await(&trace, error);
    cr_expect_str_eq(trace.text, "made data(abc) eof lost(None)");
    return true;
}

Test(async_pipe_transport, an_end_is_the_end) {
    run_cleanly(read_to_end, NULL);
}

static bool write_and_end(void *argument, void **value, struct async_error *error) {
    struct trace trace = {.text = ""};
    int peer;
    char got[8];
    (void)argument, (void)value;
    open_end(&trace, true, &peer, error);
    GOES_WELL(async_transport_write(trace.transport, "abc", 3, error));
    async_transport_write_eof(trace.transport);
    cr_expect(async_transport_is_closing(trace.transport));
    GOES_WELL(async_transport_write(trace.transport, "ignored", 7, error));
    trace_await(&trace, error);
    cr_expect_str_eq(trace.text, "made lost(None)");
    cr_expect_eq(read(peer, got, sizeof got), 3);
    cr_expect_eq(read(peer, got, sizeof got), 0);
    close(peer);
    return true;
}

Test(async_pipe_transport, writing_its_end_closes_it) {
    run_cleanly(write_and_end, NULL);
}

static bool lose_reader(void *argument, void **value, struct async_error *error) {
    static const char much[1024 * 1024];
    struct trace trace = {.text = ""};
    int peer;
    size_t count = *(size_t *)argument;
    (void)value;
    open_end(&trace, true, &peer, error);
    GOES_WELL(async_transport_write(trace.transport, much, count, error));
    close(peer);
    trace_await(&trace, error);
    cr_expect_str_eq(trace.text,
                     count > 0 ? "made pause lost(OSError)" : "made lost(None)");
    cr_expect_eq(trace.failure.code, count > 0 ? EPIPE : 0);
    return true;
}

Test(async_pipe_transport, a_reader_that_goes_is_noticed_without_a_write) {
    size_t nothing = 0;
    run_cleanly(lose_reader, &nothing);
}

Test(async_pipe_transport, what_it_did_not_read_is_a_broken_pipe) {
    size_t much = 1024 * 1024;
    run_cleanly(lose_reader, &much);
}

static bool write_to_nobody(void *argument, void **value, struct async_error *error) {
    struct trace trace = {.text = ""};
    int peer;
    (void)argument, (void)value;
    open_end(&trace, true, &peer, error);
    close(peer);
    GOES_WELL(async_transport_write(trace.transport, "x", 1, error));
    trace_await(&trace, error);
    cr_expect_eq(trace.failure.code, EPIPE);
    return true;
}

Test(async_pipe_transport, a_broken_pipe_is_an_error_and_no_signal) {
    run_cleanly(write_to_nobody, NULL);
}

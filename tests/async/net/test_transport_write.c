/* async/net/transport_write.c: what the system does not take at once, and its marks.
 */
#include "tests/async/trace.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>

enum { MUCH = 1024 * 1024 };

static bool read_it(void *argument, void **value, struct async_error *error) {
    static char bytes[65536];
    ssize_t count;
    size_t all = 0;
    (void)error;
    while ((count = read(*(int *)argument, bytes, sizeof bytes)) > 0) {
        all += (size_t)count;
    }
    *value = (void *)all;
    return true;
}

static bool pass_the_marks(void *argument, void **value, struct async_error *error) {
    static const char much[MUCH];
    struct trace trace = {.text = ""};
    int peer;
    void *count = NULL;
    (void)argument, (void)value;
    trace_open(&trace, &peer, error);
    GOES_WELL(async_transport_write(trace.transport, much, MUCH, error));
    cr_expect_str_eq(trace.text, "made pause", "paused from inside the write");
    GOES_WELL(async_transport_write(trace.transport, much, MUCH, error));
    cr_expect_str_eq(trace.text, "made pause", "once");
    async_transport_write_eof(trace.transport);
    struct async_awaitable *reading =
        async_run_in_executor(async_get_running_loop(), NULL, read_it, &peer);
    GOES_WELL(async_await(reading, &count, error)); /* the end comes behind the rest */
    cr_expect_eq((size_t)count, 2 * (size_t)MUCH);
    cr_expect_str_eq(trace.text, "made pause resume");
    async_release(reading);
    close(peer);
    trace_await(&trace, error);
    cr_expect_str_eq(trace.text, "made pause resume eof lost(None)");
    return true;
}

Test(async_transport_write, a_protocol_is_paused_and_resumed_at_its_marks) {
    run_cleanly(pass_the_marks, NULL);
}

static bool set_marks(void *argument, void **value, struct async_error *error) {
    static const char much[MUCH];
    struct trace trace = {.text = ""};
    int peer;
    (void)argument, (void)value;
    trace_open(&trace, &peer, error);
    struct async_transport *transport = trace.transport;
    FAILS_WITH(ASYNC_INVALID_ARGUMENT,
               async_transport_set_write_buffer_limits(transport, 2, 1, error));
    GOES_WELL(async_transport_set_write_buffer_limits(transport, 0, 2 * MUCH, error));
    GOES_WELL(async_transport_write(transport, much, MUCH, error));
    cr_expect_str_eq(trace.text, "made");
    GOES_WELL(async_transport_set_write_buffer_limits(transport, 0, 0, error));
    cr_expect_str_eq(trace.text, "made pause", "the new mark is passed already");
    async_transport_abort(transport);
    trace_await(&trace, error);
    close(peer);
    return true;
}

Test(async_transport_write, marks_can_be_set) {
    run_cleanly(set_marks, NULL);
}

static bool write_to_nobody(void *argument, void **value, struct async_error *error) {
    struct trace trace = {.text = ""};
    int peer;
    (void)argument, (void)value;
    trace_open(&trace, &peer, error);
    close(peer);
    GOES_WELL(async_transport_write(trace.transport, "x", 1, error));
    trace_await(&trace, error);
    cr_expect_str_eq(trace.text, "made lost(OSError)");
    cr_expect_eq(trace.failure.code, EPIPE);
    return true;
}

Test(async_transport_write, nobody_to_read_is_an_error_and_no_signal) {
    run_cleanly(write_to_nobody, NULL);
}

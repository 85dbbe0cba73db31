/* async/net/socket_transport.c: what a TCP socket does and a pipe does not. */
#include "tests/support/rogue.h"
#include "tests/async/trace.h"

#include <errno.h>
#include <netinet/tcp.h>
#include <stdlib.h>

/* The server of the test resets the connection when a request has come. */
static bool be_reset(void *argument, void **value, struct async_error *error) {
    struct trace trace = {.lost = async_create_future(NULL)};
    const char *url = argument;
    int no_delay = 0;
    socklen_t length = sizeof no_delay;
    (void)value;
    GOES_WELL(async_create_connection("127.0.0.1", atoi(strrchr(url, ':') + 1),
                                      &trace_protocol, &trace, NULL, error));
    getsockopt(async_transport_get_fd(trace.transport), IPPROTO_TCP, TCP_NODELAY,
               &no_delay, &length);
    cr_expect(no_delay, "small writes would wait");
    cr_expect(async_transport_can_write_eof(trace.transport));
    GOES_WELL(
        async_transport_write(trace.transport, "GET / HTTP/1.1\r\n\r\n", 18, error));
    trace_await(&trace, error);
    cr_expect_str_eq(trace.text, "made lost(OSError)");
    cr_expect_eq(trace.failure.code, ECONNRESET);
    return true;
}

Test(async_socket_transport, a_reset_is_told_with_its_errno) {
    struct rogue rogue;
    rogue_start(&rogue, ROGUE_RESETS);
    run_program(be_reset, rogue.url);
    rogue_stop(&rogue);
}

static bool half_close(void *argument, void **value, struct async_error *error) {
    struct trace trace = {.keeps_open = true};
    int peer;
    char got[4];
    (void)argument, (void)value;
    trace_open(&trace, &peer, error);
    async_transport_write_eof(trace.transport);
    cr_expect_eq(read(peer, got, sizeof got), 0);
    cr_assert_eq(write(peer, "abc", 3), 3);
    shutdown(peer, SHUT_WR);
    while (!strstr(trace.text, "eof")) {
        GOES_WELL(async_sleep(NS_PER_MS, error));
    }
    cr_expect_str_eq(trace.text, "made data(abc) eof");
    cr_expect_not(async_transport_is_closing(trace.transport));
    async_transport_close(trace.transport);
    trace_await(&trace, error);
    close(peer);
    return true;
}

Test(async_socket_transport, its_own_end_leaves_the_other_way_open) {
    run_cleanly(half_close, NULL);
}

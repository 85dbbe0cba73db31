/* async/net/socket_transport.c: resets and half-closed connections. */
#include "tests/support/rogue.h"
#include "tests/async/support.h"

#include <errno.h>
#include <netinet/tcp.h>
#include <stdlib.h>

/* The test's server resets the connection after the first request. */
ASYNC_FUNCTION(be_reset) {
    struct tracer tracer = {.lost = async_create_future(NULL)};
    const char *url = argument;
    int no_delay = 0;
    socklen_t length = sizeof no_delay;
    SUCCEEDS(async_create_connection("127.0.0.1", atoi(strrchr(url, ':') + 1),
                                     &tracer_protocol, &tracer, NULL, error));
    getsockopt(async_transport_get_fd(tracer.transport), IPPROTO_TCP, TCP_NODELAY,
               &no_delay, &length);
    cr_expect(no_delay, "small writes would be delayed");
    cr_expect(async_transport_can_write_eof(tracer.transport));
    SUCCEEDS(
        async_transport_write(tracer.transport, "GET / HTTP/1.1\r\n\r\n", 18, error));
    SUCCEEDS(tracer_await_end(&tracer, error));
    EXPECT_TRACE("made lost ECONNRESET");
    return true;
}

Test(async_socket_transport, a_reset_is_reported_with_its_errno) {
    struct rogue rogue;
    rogue_start(&rogue, ROGUE_RESETS);
    run_in_real_time(be_reset, rogue.url);
    rogue_stop(&rogue);
}

REAL_TIME_TEST(async_socket_transport, after_write_eof_it_still_reads) {
    struct tracer tracer = {.keeps_open = true};
    int peer;
    char got[4];
    SUCCEEDS(tracer_open(&tracer, &peer, error));
    async_transport_write_eof(tracer.transport);
    cr_expect_eq(read(peer, got, sizeof got), 0);
    cr_assert_eq(write(peer, "abc", 3), 3);
    shutdown(peer, SHUT_WR);
    while (!strstr(trace_lines(), "eof")) {
        SUCCEEDS(async_sleep(NS_PER_MS, error));
    }
    EXPECT_TRACE("made data abc eof");
    cr_expect_not(async_transport_is_closing(tracer.transport));
    async_transport_close(tracer.transport);
    SUCCEEDS(tracer_await_end(&tracer, error));
    close(peer);
    return true;
}

/* async/net/connection.c: connecting, and failing to connect. */
#include "tests/async/support.h"
#include "tests/support/rogue.h"

#include <errno.h>
#include <netdb.h>
#include <stdlib.h>
#include <string.h>

static int port_of(const char *url) {
    return atoi(strrchr(url, ':') + 1);
}

ASYNC_FUNCTION(connect_to_closed_port) {
    struct tracer tracer = {.name = NULL};
    struct async_transport *transport = NULL;
    FAILS_WITH(ASYNC_SYSTEM,
               async_create_connection("127.0.0.1", port_of(argument), &tracer_protocol,
                                       &tracer, &transport, error));
    cr_expect_eq(error->code, ECONNREFUSED);
    cr_expect(strstr(error->message, "127.0.0.1"), "%s", error->message);
    cr_expect_null(transport);
    EXPECT_TRACE("");
    return true;
}

Test(async_connection, a_refusal_names_the_address) {
    char url[64];
    int fd = rogue_nobody(url);
    run_cleanly(connect_to_closed_port, url);
    close(fd);
}

REAL_TIME_TEST(async_connection, an_unknown_name_gives_a_code_of_getaddrinfo) {
    struct tracer tracer = {.name = NULL};
    FAILS_WITH(ASYNC_SYSTEM,
               async_create_connection("no such name.invalid", 80, &tracer_protocol,
                                       &tracer, NULL, error));
    cr_expect_lt(error->code, 0, "not a code of getaddrinfo()");
    return true;
}

REAL_TIME_TEST(async_connection, a_name_is_looked_up_in_a_thread) {
    struct tracer tracer = {.lost = async_create_future(NULL)};
    struct tracer at_server = {.name = NULL};
    struct async_server *server;
    struct async_transport *transport;
    SUCCEEDS(async_create_server("127.0.0.1", 0, NULL, &tracer_protocol, NULL,
                                 &at_server, &server, error));
    SUCCEEDS(async_create_connection("localhost", async_server_get_port(server),
                                     &tracer_protocol, &tracer, &transport, error));
    cr_expect_eq(transport, tracer.transport);
    async_transport_close(transport);
    async_transport_release(transport);
    SUCCEEDS(tracer_await_end(&tracer, error));
    async_server_close(server);
    SUCCEEDS(async_server_wait_closed(server, error));
    async_server_release(server);
    return true;
}

/* The backlog of the listener is full, so the system does not answer. */
ASYNC_FUNCTION(connect_slowly) {
    struct tracer tracer = {.name = NULL};
    bool ok = async_create_connection("127.0.0.1", *(int *)argument, &tracer_protocol,
                                      &tracer, NULL, error);
    EXPECT_TRACE("");
    return ok;
}

ASYNC_FUNCTION(time_out) {
    FAILS_WITH(ASYNC_TIMEOUT, async_wait_for(async_coroutine(connect_slowly, argument),
                                             5 * NS_PER_MS, NULL, error));
    return true;
}

Test(async_connection, connecting_may_be_cancelled) {
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    int filler = socket(AF_INET, SOCK_STREAM, 0);
    cr_assert_eq(bind(listener, (struct sockaddr *)&address, sizeof address), 0);
    cr_assert_eq(listen(listener, 0), 0);
    getsockname(listener, (struct sockaddr *)&address, &length);
    cr_assert_eq(connect(filler, (struct sockaddr *)&address, length), 0);
    int port = ntohs(address.sin_port);
    run_cleanly(time_out, &port);
    close(filler);
    close(listener);
}

Test(async_connection, outside_a_task_it_fails_and_closes_the_socket) {
    struct async_error error = {.kind = ASYNC_OK};
    int pair[2];
    int before = count_descriptors();
    OPEN_PAIR(pair);
    FAILS_WITH(ASYNC_RUNTIME,
               async_connect_socket(pair[0], &tracer_protocol, NULL, NULL, &error));
    close(pair[1]);
    cr_expect_eq(count_descriptors(), before);
}

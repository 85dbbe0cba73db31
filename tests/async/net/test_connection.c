/* async/net/connection.c: connecting, or not. */
#include "tests/async/trace.h"
#include "tests/support/rogue.h"

#include <errno.h>
#include <netdb.h>
#include <stdlib.h>
#include <string.h>

static int port_of(const char *url) {
    return atoi(strrchr(url, ':') + 1);
}

static bool connect_to_nobody(void *argument, void **value, struct async_error *error) {
    struct trace trace = {.text = ""};
    struct async_transport *transport = NULL;
    (void)value;
    cr_expect_not(async_create_connection("127.0.0.1", port_of(argument),
                                          &trace_protocol, &trace, &transport, error));
    cr_expect_eq(error->kind, ASYNC_SYSTEM);
    cr_expect_eq(error->code, ECONNREFUSED);
    cr_expect(strstr(error->message, "127.0.0.1"), "%s", error->message);
    cr_expect_null(transport);
    cr_expect_str_eq(trace.text, "");
    return true;
}

Test(async_connection, a_refusal_says_where) {
    char url[64];
    int fd = rogue_nobody(url);
    run_cleanly(connect_to_nobody, url);
    close(fd);
}

static bool connect_to_no_name(void *argument, void **value,
                               struct async_error *error) {
    struct trace trace = {.text = ""};
    (void)argument, (void)value;
    cr_expect_not(async_create_connection("no such name.invalid", 80, &trace_protocol,
                                          &trace, NULL, error));
    cr_expect_eq(error->kind, ASYNC_SYSTEM);
    cr_expect_lt(error->code, 0, "one of getaddrinfo's");
    return true;
}

Test(async_connection, a_name_that_is_not_known_is_no_errno) {
    run_cleanly(connect_to_no_name, NULL);
}

static bool connect_by_name(void *argument, void **value, struct async_error *error) {
    struct trace trace = {.lost = async_create_future(NULL)};
    struct trace at_server = {.text = ""};
    struct async_server *server;
    struct async_transport *transport;
    (void)argument, (void)value;
    GOES_WELL(async_create_server("127.0.0.1", 0, NULL, &trace_protocol, NULL,
                                  &at_server, &server, error));
    GOES_WELL(async_create_connection("localhost", async_server_get_port(server),
                                      &trace_protocol, &trace, &transport, error));
    cr_expect_eq(transport, trace.transport);
    async_transport_close(transport);
    async_transport_release(transport);
    trace_await(&trace, error);
    async_server_close(server);
    GOES_WELL(async_server_wait_closed(server, error));
    async_server_release(server);
    return true;
}

Test(async_connection, a_name_is_looked_up_in_a_thread) {
    run_cleanly(connect_by_name, NULL);
}

/* Nobody answers where nobody accepts: the line of a listener that is full. */
static bool connect_slowly(void *argument, void **value, struct async_error *error) {
    struct trace trace = {.text = ""};
    (void)value;
    bool ok = async_create_connection("127.0.0.1", *(int *)argument, &trace_protocol,
                                      &trace, NULL, error);
    cr_expect_str_eq(trace.text, "");
    return ok;
}

static bool time_out(void *argument, void **value, struct async_error *error) {
    (void)value;
    FAILS_WITH(ASYNC_TIMEOUT, async_wait_for(async_coroutine(connect_slowly, argument),
                                             5 * NS_PER_MS, NULL, error));
    return true;
}

Test(async_connection, it_may_be_given_up) {
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

Test(async_connection, needs_a_task_and_takes_the_socket_all_the_same) {
    struct async_error error = {.kind = ASYNC_OK};
    int pair[2];
    int before = count_descriptors();
    OPEN_PAIR(pair);
    cr_expect_not(async_connect_socket(pair[0], &trace_protocol, NULL, NULL, &error));
    cr_expect_eq(error.kind, ASYNC_RUNTIME);
    close(pair[1]);
    cr_expect_eq(count_descriptors(), before);
}

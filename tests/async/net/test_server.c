/* async/net/server.c: who is let in, and when it has ended. */
#include "tests/async/trace.h"

#include <errno.h>
#include <stdlib.h>

/* A server whose connections all write into one trace, and a client with its own. */
static void open_both(struct trace *server_trace, struct async_server **server,
                      struct trace *client, struct async_error *error) {
    server_trace->lost = async_create_future(NULL);
    client->lost = async_create_future(NULL);
    GOES_WELL(async_create_server("127.0.0.1", 0, NULL, &trace_protocol, NULL,
                                  server_trace, server, error));
    GOES_WELL(async_create_connection("127.0.0.1", async_server_get_port(*server),
                                      &trace_protocol, client, NULL, error));
}

static bool serve_one(void *argument, void **value, struct async_error *error) {
    struct trace at_server = {.text = ""};
    struct trace client = {.text = ""};
    struct async_server *server;
    struct async_address address;
    struct async_address local;
    (void)argument, (void)value;
    open_both(&at_server, &server, &client, error);
    cr_expect(async_server_is_serving(server));
    cr_assert(async_server_get_address(server, 0, &address));
    cr_expect_str_eq(address.host, "127.0.0.1");
    cr_expect_not(async_server_get_address(server, 1, &address));
    cr_assert(async_transport_get_peername(client.transport, &address));
    cr_expect_eq(address.port, async_server_get_port(server));
    cr_assert(async_transport_get_sockname(client.transport, &local));
    GOES_WELL(async_transport_write(client.transport, "hi", 2, error));
    async_transport_close(client.transport);
    trace_await(&client, error);
    trace_await(&at_server, error);
    cr_expect_str_eq(client.text, "made lost(None)");
    cr_expect_str_eq(at_server.text, "made data(hi) eof lost(None)");
    cr_expect_eq(async_server_connection_count(server), 0);
    async_server_close(server);
    async_server_close(server);
    cr_expect_not(async_server_is_serving(server));
    cr_expect_eq(async_server_get_port(server), 0);
    GOES_WELL(async_server_wait_closed(server, error));
    FAILS_WITH(ASYNC_RUNTIME, async_server_start_serving(server, error));
    async_server_release(server);
    return true;
}

Test(async_server, a_connection_gets_its_protocol) {
    run_cleanly(serve_one, NULL);
}

static void close_it(void *argument) {
    async_transport_close(((struct trace *)argument)->transport);
}

static bool outlive(void *argument, void **value, struct async_error *error) {
    struct trace at_server = {.text = ""};
    struct trace client = {.text = ""};
    struct async_server *server;
    struct async_handle later = {.loop = NULL};
    (void)argument, (void)value;
    open_both(&at_server, &server, &client, error);
    while (!at_server.transport) {
        GOES_WELL(async_sleep(0, error));
    }
    async_server_close(server);
    cr_expect_eq(async_server_connection_count(server), 1);
    GOES_WELL(async_call_later(async_get_running_loop(), &later, NS_PER_MS, close_it,
                               &client, error));
    GOES_WELL(async_server_wait_closed(server, error));
    cr_expect_eq(async_server_connection_count(server), 0);
    cr_expect_str_eq(at_server.text, "made eof lost(None)");
    trace_await(&client, error);
    async_release(at_server.lost);
    async_server_release(server);
    return true;
}

Test(async_server, connections_outlive_it_and_wait_closed_waits_for_them) {
    run_cleanly(outlive, NULL);
}

static void *refuse(void *argument) {
    ++*(int *)argument;
    return NULL;
}

static bool be_refused(void *argument, void **value, struct async_error *error) {
    struct trace client = {.lost = async_create_future(NULL)};
    struct async_server *server;
    int refused = 0;
    (void)argument, (void)value;
    GOES_WELL(async_create_server("127.0.0.1", 0, NULL, &trace_protocol, refuse,
                                  &refused, &server, error));
    GOES_WELL(async_create_connection("127.0.0.1", async_server_get_port(server),
                                      &trace_protocol, &client, NULL, error));
    trace_await(&client, error);
    cr_expect_str_eq(client.text, "made eof lost(None)");
    cr_expect_eq(refused, 1);
    async_server_close(server);
    async_server_release(server);
    return true;
}

Test(async_server, a_factory_may_refuse) {
    run_cleanly(be_refused, NULL);
}

static bool bind_twice(void *argument, void **value, struct async_error *error) {
    struct async_server *server;
    struct async_server *second;
    (void)argument, (void)value;
    GOES_WELL(async_create_server("127.0.0.1", 0, NULL, &trace_protocol, NULL, NULL,
                                  &server, error));
    cr_expect_not(async_create_server("127.0.0.1", async_server_get_port(server), NULL,
                                      &trace_protocol, NULL, NULL, &second, error));
    cr_expect_eq(error->kind, ASYNC_SYSTEM);
    cr_expect_eq(error->code, EADDRINUSE);
    async_error_clear(error);
    FAILS_WITH(ASYNC_INVALID_ARGUMENT,
               async_create_server("127.0.0.1", 65536, NULL, &trace_protocol, NULL,
                                   NULL, &second, error));
    async_server_release(server); /* goes on; the loop closes it */
    return true;
}

Test(async_server, a_port_that_is_taken_is_named) {
    run_cleanly(bind_twice, NULL);
}

static bool start_later(void *argument, void **value, struct async_error *error) {
    struct async_server *server;
    struct trace client = {.text = ""};
    struct async_server_options options = {.start_later = true};
    (void)argument, (void)value;
    GOES_WELL(async_create_server("127.0.0.1", 0, &options, &trace_protocol, NULL, NULL,
                                  &server, error));
    int port = async_server_get_port(server);
    cr_expect_not(async_create_connection("127.0.0.1", port, &trace_protocol, &client,
                                          NULL, error));
    cr_expect_eq(error->code, ECONNREFUSED);
    cr_expect_str_eq(client.text, "");
    struct async_awaitable *task = async_create_task(async_coroutine_at(
        (async_function *)argument, server, 0, "serve_forever", __FILE__, __LINE__));
    while (!async_server_is_serving(server)) {
        GOES_WELL(async_sleep(0, error));
    }
    FAILS_WITH(ASYNC_RUNTIME, async_server_serve_forever(server, error));
    async_cancel(task);
    FAILS_WITH(ASYNC_CANCELLED, async_await(task, NULL, error));
    cr_expect_not(async_server_is_serving(server), "cancelled, it is closed");
    async_release(task);
    async_server_release(server);
    return true;
}

static bool serve_forever(void *argument, void **value, struct async_error *error) {
    (void)value;
    return async_server_serve_forever(argument, error);
}

Test(async_server, it_may_start_later_and_serve_for_ever) {
    run_cleanly(start_later, (void *)serve_forever);
}

static bool serve_and_not_ask_why(void *argument, void **value,
                                  struct async_error *error) {
    (void)value;
    return async_server_serve_forever(argument, NULL) ||
           async_fail_with(error, ASYNC_CANCELLED, "by itself");
}

Test(async_server, why_it_serves_no_more_may_be_nobodys) {
    run_cleanly(start_later, (void *)serve_and_not_ask_why);
}

static const struct async_protocol deaf = {.connection_made = NULL};

static bool wait_for_ever(void *argument, void **value, struct async_error *error) {
    struct waiting *waiting = argument;
    struct trace client = {.text = ""};
    struct async_server *server;
    (void)value;
    GOES_WELL(async_create_server("127.0.0.1", 0, NULL, &trace_protocol, NULL,
                                  waiting->argument, &server, error));
    GOES_WELL(async_create_connection("127.0.0.1", async_server_get_port(server),
                                      &trace_protocol, &client, NULL, error));
    waiting->is_waiting = true;
    bool ok = async_server_wait_closed(server, error);
    waiting->ended_with = error->kind;
    async_transport_abort(client.transport);
    async_transport_set_protocol(client.transport, &deaf, NULL); /* the trace goes */
    async_server_release(server);
    return ok;
}

Test(async_server, a_loop_closes_with_a_server_and_its_connections) {
    struct trace at_server = {.text = ""};
    close_under(wait_for_ever, &at_server);
}

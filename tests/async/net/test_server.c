/* async/net/server.c: accepting connections, and the end of a server. */
#include "tests/async/support.h"

#include <errno.h>
#include <stdlib.h>

/* A server whose one connection is traced as "server", and a client "client". */
static void open_both(struct tracer *served, struct async_server **server,
                      struct tracer *client, struct async_error *error) {
    *served = (struct tracer){.name = "server", .lost = async_create_future(NULL)};
    *client = (struct tracer){.name = "client", .lost = async_create_future(NULL)};
    SUCCEEDS(async_create_server("127.0.0.1", 0, NULL, &tracer_protocol, NULL, served,
                                 server, error));
    SUCCEEDS(async_create_connection("127.0.0.1", async_server_get_port(*server),
                                     &tracer_protocol, client, NULL, error));
}

REAL_TIME_TEST(async_server, a_connection_gets_its_protocol) {
    struct tracer served;
    struct tracer client;
    struct async_server *server;
    struct async_address address;
    struct async_address local;
    open_both(&served, &server, &client, error);
    cr_expect(async_server_is_serving(server));
    cr_assert(async_server_get_address(server, 0, &address));
    cr_expect_str_eq(address.host, "127.0.0.1");
    cr_expect_not(async_server_get_address(server, 1, &address));
    cr_assert(async_transport_get_peername(client.transport, &address));
    cr_expect_eq(address.port, async_server_get_port(server));
    cr_assert(async_transport_get_sockname(client.transport, &local));
    SUCCEEDS(async_transport_write(client.transport, "hi", 2, error));
    async_transport_close(client.transport);
    SUCCEEDS(tracer_await_end(&client, error));
    SUCCEEDS(tracer_await_end(&served, error));
    EXPECT_TRACE_OF("client", "made lost");
    EXPECT_TRACE_OF("server", "made data hi eof lost");
    cr_expect_eq(async_server_connection_count(server), 0);
    async_server_close(server);
    async_server_close(server);
    cr_expect_not(async_server_is_serving(server));
    cr_expect_eq(async_server_get_port(server), 0);
    SUCCEEDS(async_server_wait_closed(server, error));
    FAILS_WITH(ASYNC_RUNTIME, async_server_start_serving(server, error));
    async_server_release(server);
    return true;
}

static void close_it(void *argument) {
    async_transport_close(((struct tracer *)argument)->transport);
}

REAL_TIME_TEST(async_server,
               connections_outlive_the_server_and_wait_closed_waits_for_them) {
    struct tracer served;
    struct tracer client;
    struct async_server *server;
    struct async_handle later = {.loop = NULL};
    open_both(&served, &server, &client, error);
    while (!served.transport) {
        SUCCEEDS(async_sleep(0, error));
    }
    async_server_close(server);
    cr_expect_eq(async_server_connection_count(server), 1);
    SUCCEEDS(async_call_later(async_get_running_loop(), &later, NS_PER_MS, close_it,
                              &client, error));
    SUCCEEDS(async_server_wait_closed(server, error));
    cr_expect_eq(async_server_connection_count(server), 0);
    EXPECT_TRACE_OF("server", "made eof lost");
    SUCCEEDS(tracer_await_end(&client, error));
    async_release(served.lost);
    async_server_release(server);
    return true;
}

static void *refuse(void *argument) {
    ++*(int *)argument;
    return NULL;
}

REAL_TIME_TEST(async_server, a_factory_may_refuse_a_connection) {
    struct tracer client = {.lost = async_create_future(NULL)};
    struct async_server *server;
    int refused = 0;
    SUCCEEDS(async_create_server("127.0.0.1", 0, NULL, &tracer_protocol, refuse,
                                 &refused, &server, error));
    SUCCEEDS(async_create_connection("127.0.0.1", async_server_get_port(server),
                                     &tracer_protocol, &client, NULL, error));
    SUCCEEDS(tracer_await_end(&client, error));
    EXPECT_TRACE("made eof lost");
    cr_expect_eq(refused, 1);
    async_server_close(server);
    async_server_release(server);
    return true;
}

REAL_TIME_TEST(async_server, a_port_in_use_is_refused) {
    struct async_server *server;
    struct async_server *second;
    SUCCEEDS(async_create_server("127.0.0.1", 0, NULL, &tracer_protocol, NULL, NULL,
                                 &server, error));
    FAILS_WITH(ASYNC_SYSTEM,
               async_create_server("127.0.0.1", async_server_get_port(server), NULL,
                                   &tracer_protocol, NULL, NULL, &second, error));
    cr_expect_eq(error->code, EADDRINUSE);
    async_error_clear(error);
    FAILS_WITH(ASYNC_INVALID_ARGUMENT,
               async_create_server("127.0.0.1", 65536, NULL, &tracer_protocol, NULL,
                                   NULL, &second, error));
    async_server_release(server); /* it goes on until the loop closes it */
    return true;
}

ASYNC_FUNCTION(start_later) {
    struct async_server *server;
    struct tracer client = {.name = NULL};
    struct async_server_options options = {.start_later = true};
    SUCCEEDS(async_create_server("127.0.0.1", 0, &options, &tracer_protocol, NULL, NULL,
                                 &server, error));
    int port = async_server_get_port(server);
    cr_expect_not(async_create_connection("127.0.0.1", port, &tracer_protocol, &client,
                                          NULL, error));
    cr_expect_eq(error->code, ECONNREFUSED);
    EXPECT_TRACE("");
    struct async_awaitable *task = async_create_task(async_coroutine_at(
        (async_function *)argument, server, 0, "serve_forever", __FILE__, __LINE__));
    while (!async_server_is_serving(server)) {
        SUCCEEDS(async_sleep(0, error));
    }
    FAILS_WITH(ASYNC_RUNTIME, async_server_serve_forever(server, error));
    async_cancel(task);
    FAILS_WITH(ASYNC_CANCELLED, async_await(task, NULL, error));
    cr_expect_not(async_server_is_serving(server), "the cancellation did not close it");
    async_release(task);
    async_server_release(server);
    return true;
}

ASYNC_FUNCTION(serve_forever) {
    return async_server_serve_forever(argument, error);
}

Test(async_server, it_may_start_later_and_serve_for_ever) {
    run_cleanly(start_later, (void *)serve_forever);
}

ASYNC_FUNCTION(serve_without_an_error) {
    return async_server_serve_forever(argument, NULL) ||
           async_fail_with(error, ASYNC_CANCELLED, "by itself");
}

Test(async_server, serve_forever_accepts_a_null_error) {
    run_cleanly(start_later, (void *)serve_without_an_error);
}

static const struct async_protocol deaf = {.connection_made = NULL};

ASYNC_FUNCTION(wait_until_closed) {
    struct waiting *waiting = argument;
    struct tracer client = {.name = NULL};
    struct async_server *server;
    SUCCEEDS(async_create_server("127.0.0.1", 0, NULL, &tracer_protocol, NULL,
                                 waiting->argument, &server, error));
    SUCCEEDS(async_create_connection("127.0.0.1", async_server_get_port(server),
                                     &tracer_protocol, &client, NULL, error));
    waiting->is_waiting = true;
    bool ok = async_server_wait_closed(server, error);
    waiting->ended_with = error->kind;
    async_transport_abort(client.transport);
    async_transport_set_protocol(client.transport, &deaf,
                                 NULL); /* the tracer ends here */
    async_server_release(server);
    return ok;
}

Test(async_server, a_loop_closes_with_a_server_and_its_connections) {
    struct tracer served = {.name = NULL};
    close_under(wait_until_closed, &served);
}

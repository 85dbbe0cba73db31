/* Transports and protocols: the order of the calls to a protocol. */
#include "tests/async/pairs/pair.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <sys/socket.h>

/* A tracer "a" whose transport may be looked at after its end: see_off() releases
 * it. */
static bool open_one(struct tracer *tracer, bool keeps_open, int *peer,
                     struct async_error *error) {
    *tracer = (struct tracer){.name = "a", .keeps_open = keeps_open};
    bool ok = tracer_open(tracer, peer, error);
    async_transport_retain(tracer->transport);
    trace("connected");
    return ok;
}

static bool see_off(struct tracer *tracer, struct async_error *error) {
    bool ok = tracer_await_end(tracer, error);
    async_transport_release(tracer->transport);
    return ok;
}

PAIR(transports, the_end_of_the_peer_closes_it) {
    struct tracer a;
    int peer;
    bool ok = open_one(&a, false, &peer, error);
    cr_assert_eq(write(peer, "abc", 3), 3);
    close(peer);
    ok = ok && async_await(a.lost, NULL, error);
    trace("closing %d", async_transport_is_closing(a.transport));
    return see_off(&a, error) && ok;
}

PAIR(transports, it_may_be_kept_open_for_writing) {
    struct tracer a;
    int peer;
    char got[10] = "";
    bool ok = open_one(&a, true, &peer, error);
    shutdown(peer, SHUT_WR);
    ok = ok && turns(40, error) && async_transport_write(a.transport, "late", 4, error);
    cr_assert_eq(read(peer, got, sizeof got - 1), 4);
    trace("peer got %s", got);
    async_transport_close(a.transport);
    trace("closed");
    ok = see_off(&a, error) && ok;
    close(peer);
    return ok;
}

PAIR(transports, connection_lost_is_called_a_turn_later_and_once) {
    struct tracer a;
    int peer;
    struct async_loop *loop = async_get_running_loop();
    bool ok = open_one(&a, false, &peer, error) &&
              async_call_soon(loop, NULL, trace_word, (char[]){"before"}, error);
    async_transport_close(a.transport);
    ok = ok && async_call_soon(loop, NULL, trace_word, (char[]){"after"}, error);
    async_transport_abort(a.transport);
    async_transport_close(a.transport);
    ok = see_off(&a, error) && ok && turns(2, error);
    close(peer);
    return ok;
}

enum { MUCH = 1 << 20 };
static const char much[MUCH];

PAIR(transports, unsent_bytes_delay_the_end) {
    struct tracer a;
    int peer;
    static char got[1 << 16];
    bool ok = open_one(&a, false, &peer, error) &&
              async_transport_write(a.transport, much, MUCH, error) &&
              async_transport_write(a.transport, much, MUCH, error);
    async_transport_close(a.transport);
    ok = ok && turns(3, error);
    trace("lost %d", async_done(a.lost));
    fcntl(peer, F_SETFL, O_NONBLOCK);
    size_t count = 0;
    ssize_t some;
    while (ok && (some = read(peer, got, sizeof got)) != 0) {
        if (some < 0) {
            ok = turns(1, error);
        } else {
            count += (size_t)some;
        }
    }
    trace("all %zu", count);
    ok = see_off(&a, error) && ok;
    close(peer);
    return ok;
}

PAIR(transports, abort_drops_unsent_bytes) {
    struct tracer a;
    int peer;
    bool ok = open_one(&a, false, &peer, error) &&
              async_transport_write(a.transport, much, MUCH, error);
    async_transport_close(a.transport);
    ok = ok && turns(3, error);
    async_transport_abort(a.transport);
    trace("unsent %zu", async_transport_get_write_buffer_size(a.transport));
    ok = see_off(&a, error) && ok;
    close(peer);
    return ok;
}

PAIR(transports, a_paused_transport_reads_nothing) {
    struct tracer a;
    int peer;
    bool ok = open_one(&a, false, &peer, error);
    async_transport_pause_reading(a.transport);
    async_transport_pause_reading(a.transport);
    trace("reading %d", async_transport_is_reading(a.transport));
    cr_assert_eq(write(peer, "abc", 3), 3);
    ok = ok && turns(40, error);
    trace("resume");
    async_transport_resume_reading(a.transport);
    ok = ok && turns(40, error);
    async_transport_close(a.transport);
    trace("reading %d", async_transport_is_reading(a.transport));
    ok = see_off(&a, error) && ok;
    close(peer);
    return ok;
}

PAIR(transports, a_new_mark_may_be_passed_already) {
    struct tracer a;
    int peer;
    bool ok =
        open_one(&a, false, &peer, error) &&
        async_transport_set_write_buffer_limits(a.transport, 0, 2 * MUCH, error) &&
        async_transport_write(a.transport, much, MUCH, error);
    trace("set");
    ok = ok && async_transport_set_write_buffer_limits(a.transport, 0, 0, error);
    if (!async_transport_set_write_buffer_limits(a.transport, 2, 1, error)) {
        trace("%s %s", async_error_name(error->kind), error->message);
        async_error_clear(error);
    }
    async_transport_abort(a.transport);
    ok = see_off(&a, error) && ok;
    close(peer);
    return ok;
}

PAIR(transports, a_reset_is_the_reason_of_the_end) {
    struct tracer a = {.name = "a", .lost = async_create_future(NULL)};
    struct sockaddr_in address = {.sin_family = AF_INET};
    struct linger linger = {.l_onoff = 1, .l_linger = 0};
    socklen_t length = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    cr_assert_eq(bind(listener, (struct sockaddr *)&address, length), 0);
    cr_assert_eq(listen(listener, 1), 0);
    getsockname(listener, (struct sockaddr *)&address, &length);
    bool ok = async_create_connection("127.0.0.1", ntohs(address.sin_port),
                                      &tracer_protocol, &a, NULL, error);
    int peer = accept(listener, NULL, NULL);
    setsockopt(peer, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
    close(peer);
    ok = tracer_await_end(&a, error) && ok;
    close(listener);
    return ok;
}

static void *factory(void *argument) {
    trace("factory");
    return argument;
}

PAIR(transports, the_side_of_the_server_has_the_same_order) {
    struct tracer served = {.name = "server", .lost = async_create_future(NULL)};
    struct tracer client = {.name = "client", .lost = async_create_future(NULL)};
    struct async_server *server;
    bool ok = async_create_server("127.0.0.1", 0, NULL, &tracer_protocol, factory,
                                  &served, &server, error) &&
              async_create_connection("127.0.0.1", async_server_get_port(server),
                                      &tracer_protocol, &client, NULL, error) &&
              async_transport_write(client.transport, "hi", 2, error);
    async_transport_close(client.transport);
    ok = tracer_await_end(&client, error) && ok;
    ok = tracer_await_end(&served, error) && ok;
    async_server_close(server);
    async_server_release(server);
    return ok;
}

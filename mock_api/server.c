/* The mock API's loop: accepts connections, handles deadlines, stops on a signal. */
#include "mock_api/server.h"
#include "mock_api/losses.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

enum { BACKLOG = 65535 }; /* the kernel cuts it to net.core.somaxconn */

static void on_connection(uv_stream_t *listener, int status) {
    struct server *server = listener->data;
    if (status == 0) {
        connection_accept(&server->connections, listener);
    }
}

static void on_timer(uv_poll_t *timer, int status, int events) {
    (void)status, (void)events;
    struct server *server = timer->data;
    deadlines_acknowledge(&server->connections.deadlines);
    connections_pop_due(&server->connections);
}

static void before_sleep(uv_prepare_t *before) {
    struct server *server = before->data;
    if (server->connections.deadlines.count > 0) {
        connections_pop_due(&server->connections);
        deadlines_arm(&server->connections.deadlines);
    }
}

static void note_drops(struct server *server) {
    uv_os_fd_t fd;
    struct witness_header *header = server->connections.witness.header;
    if (header && uv_fileno((uv_handle_t *)&server->listener, &fd) == 0) {
        header->dropped = losses_dropped(fd);
    }
}

static void stop(struct server *server) {
    if (server->stopping) {
        return;
    }
    server->stopping = true;
    note_drops(server);
    connections_close(&server->connections);
    uv_close((uv_handle_t *)&server->listener, NULL);
    uv_close((uv_handle_t *)&server->timer, NULL);
    uv_close((uv_handle_t *)&server->before, NULL);
    uv_close((uv_handle_t *)&server->signals[0], NULL);
    uv_close((uv_handle_t *)&server->signals[1], NULL);
}

static void on_signal(uv_signal_t *handle, int number) {
    (void)number;
    stop(handle->data);
}

static bool listen_at(struct server *server, struct error *error) {
    const struct settings *settings = server->settings;
    struct sockaddr_storage address;
    if (uv_ip4_addr(settings->listen, settings->port, (struct sockaddr_in *)&address) &&
        uv_ip6_addr(settings->listen, settings->port,
                    (struct sockaddr_in6 *)&address)) {
        return error_input(error,
                           "--listen: '%.60s' is no IP address; for example 127.0.0.1",
                           settings->listen);
    }
    int failed = uv_tcp_bind(&server->listener, (struct sockaddr *)&address, 0);
    if (!failed) {
        failed = uv_listen((uv_stream_t *)&server->listener, BACKLOG, on_connection);
    }
    if (failed) {
        return error_input(error, "cannot listen on %s port %d: %s; try --port 0",
                           settings->listen, settings->port, uv_strerror(failed));
    }
    return true;
}

/* Opens all handles together: if a later step fails, stop() can close every one. */
static bool start_handles(struct server *server, struct error *error) {
    int failed = uv_loop_init(&server->loop);
    if (failed) {
        return error_failed(error, "cannot start an event loop: %s",
                            uv_strerror(failed));
    }
    server->loop.data = server;
    uv_tcp_init(&server->loop, &server->listener);
    uv_poll_init(&server->loop, &server->timer, server->connections.deadlines.fd);
    uv_prepare_init(&server->loop, &server->before);
    uv_signal_init(&server->loop, &server->signals[0]);
    uv_signal_init(&server->loop, &server->signals[1]);
    server->listener.data = server->timer.data = server->before.data = server;
    server->signals[0].data = server->signals[1].data = server;
    uv_poll_start(&server->timer, UV_READABLE, on_timer);
    uv_prepare_start(&server->before, before_sleep);
    uv_signal_start(&server->signals[0], on_signal, SIGTERM);
    uv_signal_start(&server->signals[1], on_signal, SIGINT);
    return true;
}

bool server_open(struct server *server, const struct settings *settings,
                 struct error *error) {
    memset(server, 0, sizeof *server);
    server->settings = settings;
    connections_init(&server->connections, settings);
    /* The log is created last: if the port is taken, an older log keeps its content. */
    return deadlines_open(&server->connections.deadlines, error) &&
           start_handles(server, error) && listen_at(server, error) &&
           (!settings->log ||
            witness_create(&server->connections.witness, settings->log,
                           settings->log_capacity, error));
}

const char *server_url(const struct server *server, char url[static SERVER_URL_BYTES]) {
    struct sockaddr_storage address;
    int length = sizeof address;
    char host[INET6_ADDRSTRLEN] = "";
    uv_tcp_getsockname(&server->listener, (struct sockaddr *)&address, &length);
    if (address.ss_family == AF_INET6) {
        const struct sockaddr_in6 *ip6 = (const struct sockaddr_in6 *)&address;
        uv_ip6_name(ip6, host, sizeof host);
        snprintf(url, SERVER_URL_BYTES, "http://[%s]:%d", host, ntohs(ip6->sin6_port));
    } else {
        const struct sockaddr_in *ip4 = (const struct sockaddr_in *)&address;
        uv_ip4_name(ip4, host, sizeof host);
        snprintf(url, SERVER_URL_BYTES, "http://%s:%d", host, ntohs(ip4->sin_port));
    }
    return url;
}

void server_run(struct server *server) {
    uv_run(&server->loop, UV_RUN_DEFAULT);
}

void server_close(struct server *server) {
    if (server->loop.data) {
        stop(server);
        uv_run(&server->loop, UV_RUN_DEFAULT);
        uv_loop_close(&server->loop);
    }
    deadlines_close(&server->connections.deadlines);
    witness_close(&server->connections.witness);
}

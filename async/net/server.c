/* The life of a server: its listeners, its connections, and its end. */
#include "async/net/server_core.h"
#include "async/loop/circle.h"
#include "async/net/listener.h"
#include "async/loop/part.h"
#include "async/net/transport_core.h"
#include "async/sync/line.h"
#include "async/waiting.h"

#include <netdb.h>
#include <stdlib.h>

struct async_server {
    uint32_t references; /* the caller's, its own while it is open, its connections' */
    struct async_loop *loop;
    const struct async_protocol *protocol;
    async_context_factory *new_context;
    void *argument;
    void (*discard)(void *argument); /* NULL: the argument is not the server's */
    struct async_node member;        /* of the loop's open servers */
    size_t connection_count;
    bool is_closed;
    bool is_serving;
    int backlog;
    struct async_awaitable *forever; /* serve_forever() waits for it; or NULL */
    struct async_line closed;
    size_t listener_count;
    struct async_listener **listeners;
};

static void close_with_loop(struct async_node *member) {
    async_server_close(ASYNC_OF(member, struct async_server, member));
}

static bool add_to_loop(struct async_server *server, struct async_error *error) {
    struct async_node *open = async_part_list(server->loop, close_with_loop, error);
    if (open) {
        async_circle_append(open, &server->member);
    }
    return open != NULL;
}

void async_server_release(struct async_server *server) {
    if (server && --server->references == 0) {
        if (server->discard) {
            server->discard(server->argument);
        }
        free(server->listeners);
        free(server);
    }
}

/* -- Its connections --------------------------------------------------------------- */

static void wake_if_ended(struct async_server *server) {
    if (server->is_closed && server->connection_count == 0) {
        while (async_line_wake(&server->closed)) {
        }
    }
}

static bool adopt(void *argument, struct async_transport *transport) {
    struct async_server *server = argument;
    void *context =
        server->new_context ? server->new_context(server->argument) : server->argument;
    if (server->new_context && !context) {
        return false;
    }
    async_transport_set_protocol(transport, server->protocol, context);
    return true;
}

static void detach(void *argument) {
    struct async_server *server = argument;
    server->connection_count--;
    wake_if_ended(server);
    async_server_release(server);
}

static const struct async_acceptor acceptor = {.adopted = adopt, .detached = detach};

static void accept_one(void *argument, int fd) {
    struct async_server *server = argument;
    struct async_error error;
    server->references++;
    server->connection_count++;
    if (!async_transport_accepted(&acceptor, server, server->loop, fd, &error)) {
        detach(server); /* the peer sees its connection closed */
    }
}

/* -- Listening --------------------------------------------------------------------- */

static bool open_listeners(struct async_server *server, const struct addrinfo *list,
                           bool reuse_port, struct async_error *error) {
    for (const struct addrinfo *info = list; info; info = info->ai_next) {
        struct async_listener *listener = async_listener_open(
            server->loop, info, reuse_port, accept_one, server, error);
        if (!listener) {
            return false;
        }
        server->listeners[server->listener_count++] = listener;
    }
    return true;
}

static size_t count_addresses(const struct addrinfo *list) {
    size_t count = 0;
    for (; list; list = list->ai_next) {
        count++;
    }
    return count;
}

static bool serve(struct async_server *server, struct async_error *error) {
    bool ok = true;
    for (size_t i = 0; i < server->listener_count && ok && !server->is_serving; i++) {
        ok = async_listener_start(server->listeners[i], server->backlog, error);
    }
    server->is_serving = server->is_serving || ok;
    return ok;
}

/* Binds the sockets, and listens unless that is for later. */
static bool open_server(struct async_server *server, const char *host, int port,
                        const struct async_server_options *options,
                        struct async_error *error) {
    struct addrinfo *list;
    host = host && host[0] ? host : NULL;
    if (!async_getaddrinfo(host, port, AI_PASSIVE, &list, error)) {
        return false;
    }
    server->backlog = options->backlog > 0 ? options->backlog : SOMAXCONN;
    server->listeners = calloc(count_addresses(list), sizeof *server->listeners);
    bool ok = server->listeners
                  ? open_listeners(server, list, options->reuse_port, error)
                  : async_fail_with(error, ASYNC_NO_MEMORY, "out of memory to listen");
    freeaddrinfo(list);
    return ok && add_to_loop(server, error) &&
           (options->start_later || async_server_start_serving(server, error));
}

bool async_server_open(const char *host, int port,
                       const struct async_server_options *options,
                       const struct async_protocol *protocol,
                       async_context_factory *new_context, void *argument,
                       void (*discard)(void *argument), struct async_server **server,
                       struct async_error *error) {
    static const struct async_server_options defaults;
    struct async_awaitable *task =
        async_need_current_task("async_create_server()", error);
    struct async_server *opened = task ? calloc(1, sizeof *opened) : NULL;
    if (!opened) {
        if (discard) {
            discard(argument);
        }
        return task &&
               async_fail_with(error, ASYNC_NO_MEMORY, "out of memory for a server");
    }
    *opened = (struct async_server){
        .references = 2, /* one is its own, until it is closed */
        .loop = task->loop,
        .protocol = protocol,
        .new_context = new_context,
        .argument = argument,
        .discard = discard,
    };
    if (!open_server(opened, host, port, options ? options : &defaults, error)) {
        async_server_close(opened);
        async_server_release(opened);
        return false;
    }
    *server = opened;
    return true;
}

bool async_create_server(const char *host, int port,
                         const struct async_server_options *options,
                         const struct async_protocol *protocol,
                         async_context_factory *new_context, void *argument,
                         struct async_server **server, struct async_error *error) {
    return async_server_open(host, port, options, protocol, new_context, argument, NULL,
                             server, error);
}

bool async_server_start_serving(struct async_server *server,
                                struct async_error *error) {
    if (server->is_closed) {
        return async_fail_with(error, ASYNC_RUNTIME, "the server is closed");
    }
    return async_need_current_task("async_server_start_serving()", error) &&
           serve(server, error) && async_sleep(0, error);
}

bool async_server_serve_forever(struct async_server *server,
                                struct async_error *error) {
    if (server->forever || server->is_closed) {
        return async_fail_with(error, ASYNC_RUNTIME,
                               server->is_closed
                                   ? "the server is closed"
                                   : "the server is already being awaited on "
                                     "serve_forever()");
    }
    if (!async_need_current_task("async_server_serve_forever()", error) ||
        !serve(server, error)) {
        return false;
    }
    struct async_error own;
    error = error ? error : &own;
    struct async_awaitable forever;
    async_future_open(&forever, server->loop, "serve_forever");
    server->forever = &forever;
    server->references++;
    bool ok = async_await(&forever, NULL, error);
    server->forever = NULL;
    async_future_close(&forever);
    async_server_close(server);
    if (!ok && error->kind == ASYNC_CANCELLED) {
        async_server_wait_closed(server, NULL);
    }
    async_server_release(server);
    return ok;
}

bool async_server_is_serving(const struct async_server *server) {
    return server->is_serving;
}

/* -- Its end ----------------------------------------------------------------------- */

void async_server_close(struct async_server *server) {
    if (server->is_closed) {
        return;
    }
    server->is_closed = true;
    server->is_serving = false;
    for (size_t i = 0; i < server->listener_count; i++) {
        async_listener_close(server->listeners[i]);
    }
    if (server->forever) {
        async_cancel(server->forever);
    }
    async_node_remove(&server->member);
    wake_if_ended(server);
    async_server_release(server);
}

bool async_server_wait_closed(struct async_server *server, struct async_error *error) {
    if (server->is_closed && server->connection_count == 0) {
        return true;
    }
    bool is_woken;
    server->references++;
    bool ok = async_line_wait(&server->closed, "server.wait_closed", &is_woken, error);
    async_server_release(server);
    return ok;
}

bool async_server_get_address(const struct async_server *server, size_t index,
                              struct async_address *address) {
    return !server->is_closed && index < server->listener_count &&
           async_listener_get_address(server->listeners[index], address);
}

int async_server_get_port(const struct async_server *server) {
    struct async_address address = {.port = 0};
    async_server_get_address(server, 0, &address);
    return address.port;
}

size_t async_server_connection_count(const struct async_server *server) {
    return server->connection_count;
}

/* `loop.create_server()`: listens on TCP and gives each connection a protocol. */
#ifndef SIMUL_ASYNC_SERVER_H
#define SIMUL_ASYNC_SERVER_H

#include "async/transport.h"

#ifdef __cplusplus
extern "C" {
#endif

struct async_server;

/* A zeroed field means the default, which stands in brackets. */
struct async_server_options {
    int backlog;      /* connections that wait for accept(); below 0 is as 0 [what the
                       * system allows] */
    bool reuse_port;  /* several servers on one port [no] */
    bool start_later; /* listens only after async_server_start_serving() [at once] */
    size_t limit;     /* of its streams, see stream.h [64 KiB] */
};

/* Makes the context of one connection. If it returns NULL, the connection is closed at
 * once. */
typedef void *async_context_factory(void *argument);

/* Binds to all addresses of the host (NULL or "" means all addresses of this machine)
 * and to the port (0: the system chooses one, see async_server_get_port()). If
 * `new_context` is NULL, the argument itself is the context of every connection; it has
 * to live until the last connection is lost. `options` may be NULL. Host and options
 * are read during the call. The caller releases the server; it serves until it or its
 * loop is closed. Fails with ASYNC_SYSTEM (EADDRINUSE, ...), or as async_getaddrinfo()
 * does. */
bool async_create_server(const char *host, int port,
                         const struct async_server_options *options,
                         const struct async_protocol *protocol,
                         async_context_factory *new_context, void *argument,
                         struct async_server **server, struct async_error *error);

/* `server.start_serving()`: listens from now on. `server.serve_forever()` never
 * succeeds: if the task is cancelled, it closes the server; async_server_close()
 * cancels it. In both cases it waits until the server's connections are lost, and fails
 * with ASYNC_CANCELLED. Both fail with ASYNC_RUNTIME if the server is closed, and
 * async_server_serve_forever() also if another task waits in it already. */
bool async_server_start_serving(struct async_server *server, struct async_error *error);
bool async_server_serve_forever(struct async_server *server, struct async_error *error);
bool async_server_is_serving(const struct async_server *server);

/* `server.close()`: stops listening. Connections go on. */
void async_server_close(struct async_server *server);

/* `server.wait_closed()`: waits until the server is closed and its connections are
 * lost. Fails with ASYNC_CANCELLED, or with ASYNC_RUNTIME if it would have to wait
 * outside a task. */
bool async_server_wait_closed(struct async_server *server, struct async_error *error);

/* `server.sockets[i].getsockname()`: returns false if there are fewer sockets or the
 * server is closed. The port is that of the first socket; 0 if the server is closed. */
bool async_server_get_address(const struct async_server *server, size_t index,
                              struct async_address *address);
int async_server_get_port(const struct async_server *server);

/* The connections that it has accepted and that are not lost yet. */
size_t async_server_connection_count(const struct async_server *server);

/* Removes one owner; it does not close the server, and its connections go on. NULL is
 * left alone. */
void async_server_release(struct async_server *server);

#ifdef __cplusplus
}
#endif

#endif

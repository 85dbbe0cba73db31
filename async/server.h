/* `loop.create_server()`: listens by TCP, and gives each connection a protocol. */
#ifndef SIMUL_ASYNC_SERVER_H
#define SIMUL_ASYNC_SERVER_H

#include "async/transport.h"

struct async_server;

/* Zeroed: what stands in brackets. */
struct async_server_options {
    int backlog;      /* connections that wait for accept() [what the system allows] */
    bool reuse_port;  /* several servers on one port [no] */
    bool start_later; /* listens only after async_server_start_serving() [at once] */
    size_t limit;     /* of its streams, see stream.h [64 KiB] */
};

/* What makes the context of one connection; NULL: the connection is closed at once. */
typedef void *async_context_factory(void *argument);

/* Binds to all addresses of the host (NULL or "": any) and that port (0: the system
 * chooses one; see async_server_get_port()). `new_context` NULL: the argument itself is
 * the context of all; it has to live until the last of its connections is lost. options
 * may be NULL, and are read during the call; so is the host. The server is released by
 * the caller; it goes on until it is closed, or its loop is. ASYNC_SYSTEM: EADDRINUSE,
 * ... */
bool async_create_server(const char *host, int port,
                         const struct async_server_options *options,
                         const struct async_protocol *protocol,
                         async_context_factory *new_context, void *argument,
                         struct async_server **server, struct async_error *error);

/* `server.start_serving()`, `server.serve_forever()`: the second returns only by
 * cancellation, and closes the server then; or by close(), which cancels it.
 * ASYNC_RUNTIME: closed, or it is awaited there already. */
bool async_server_start_serving(struct async_server *server, struct async_error *error);
bool async_server_serve_forever(struct async_server *server, struct async_error *error);
bool async_server_is_serving(const struct async_server *server);

/* `server.close()`: listens no more. Its connections go on. */
void async_server_close(struct async_server *server);

/* `server.wait_closed()`: until it is closed and all its connections are.
 * ASYNC_CANCELLED; ASYNC_RUNTIME: it would have to wait outside a task. */
bool async_server_wait_closed(struct async_server *server, struct async_error *error);

/* `server.sockets[i].getsockname()`: false: there are fewer, or it is closed. The port
 * is that of the first; 0: closed. */
bool async_server_get_address(const struct async_server *server, size_t index,
                              struct async_address *address);
int async_server_get_port(const struct async_server *server);

/* Connections that it has accepted and that are not lost yet. */
size_t async_server_connection_count(const struct async_server *server);

/* One owner less; it does not close the server, and its connections go on. NULL is left
 * alone. */
void async_server_release(struct async_server *server);

#endif

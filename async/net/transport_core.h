/* The struct of a transport, for the library's own files; not installed. */
#ifndef SIMUL_ASYNC_NET_TRANSPORT_CORE_H
#define SIMUL_ASYNC_NET_TRANSPORT_CORE_H

#include "async/net/fifo.h"
#include "async/loop/core.h"
#include "async/transport.h"
#include "async/net/watcher.h"

/* The differences between a socket and the ends of a pipe. */
struct async_transport_kind {
    async_callback *read_ready; /* argument: the transport */
    void (*write_eof)(struct async_transport *transport);
};
extern const struct async_transport_kind async_socket_transport;
extern const struct async_transport_kind async_read_pipe_transport;
extern const struct async_transport_kind async_write_pipe_transport;

/* The server that accepted a transport, as the transport sees it. */
struct async_acceptor {
    /* Sets the protocol and the context. False: the connection has to be closed. */
    bool (*adopted)(void *server, struct async_transport *transport);
    void (*detached)(void *server); /* the connection is lost */
};

struct async_transport {
    const struct async_transport_kind *kind;
    uint32_t references;
    int fd; /* -1: closed */
    struct async_loop *loop;
    struct async_watcher *watcher;
    struct async_node member; /* of the loop's open transports */
    const struct async_protocol *protocol;
    void *context;
    const struct async_acceptor *acceptor; /* NULL: no server has accepted it */
    void *server;
    struct async_awaitable *waiter; /* woken after connection_made(); may be NULL */
    struct async_node start;        /* connection_made(), reading, the waiter */
    struct async_node end_of_file;  /* a pipe's: eof_received() */
    struct async_node lost;         /* connection_lost() */
    struct async_fifo unsent;
    size_t high_bytes;
    size_t low_bytes;
    bool is_made; /* connection_made() was called */
    bool is_protocol_paused;
    bool is_reading_paused;
    bool is_closing;
    bool is_lost;        /* connection_lost() was called, or will be in any case */
    bool is_eof_written; /* or will be, after the unsent bytes */
    struct async_error failure; /* for connection_lost(); if ASYNC_OK, it gets NULL */
};

/* Makes a transport of a connected descriptor, which belongs to the transport from then
 * on; if the call fails, it is closed. connection_made() is called in the next turn. If
 * a server accepted the connection, it is called in the second turn, and the server's
 * factory in the first. */
struct async_transport *
async_transport_open(const struct async_transport_kind *kind, struct async_loop *loop,
                     int fd, const struct async_protocol *protocol, void *context,
                     struct async_awaitable *waiter, struct async_error *error);
struct async_transport *async_transport_accepted(const struct async_acceptor *acceptor,
                                                 void *server, struct async_loop *loop,
                                                 int fd, struct async_error *error);

/* The descriptor can be written: sends the unsent bytes, as many as the system takes.
 * For sockets and pipes. */
void async_transport_write_ready(void *transport);

/* Ends a broken transport: drops the unsent bytes; connection_lost() is called with
 * that errno in the next turn. Code 0: it was aborted, which is no error. Only the
 * first call counts. */
void async_transport_break(struct async_transport *transport, int code,
                           const char *what);

/* Calls connection_lost() now and ends the transport. */
void async_transport_lose(struct async_transport *transport);

/* Ends a closing transport that has no unsent bytes: connection_lost() is called in the
 * next turn. */
void async_transport_finish(struct async_transport *transport);

#endif

/* What a transport is made of, for the library's own files; not installed. */
#ifndef SIMUL_ASYNC_NET_TRANSPORT_CORE_H
#define SIMUL_ASYNC_NET_TRANSPORT_CORE_H

#include "async/net/fifo.h"
#include "async/loop/core.h"
#include "async/transport.h"
#include "async/net/watcher.h"

/* What differs between a socket and the ends of a pipe. */
struct async_transport_kind {
    async_callback *read_ready; /* argument: the transport */
    void (*write_eof)(struct async_transport *transport);
};
extern const struct async_transport_kind async_socket_transport;
extern const struct async_transport_kind async_read_pipe_transport;
extern const struct async_transport_kind async_write_pipe_transport;

/* What the server that accepted a transport is asked and told. */
struct async_acceptor {
    /* Sets the protocol and the context. False: the connection is to be closed. */
    bool (*adopted)(void *server, struct async_transport *transport);
    void (*detached)(void *server); /* the connection is lost */
};

struct async_transport {
    const struct async_transport_kind *kind;
    uint32_t references;
    int fd; /* -1: closed */
    struct async_loop *loop;
    struct async_watcher *watcher;
    struct async_node member; /* of all that are open on this loop */
    const struct async_protocol *protocol;
    void *context;
    const struct async_acceptor *acceptor; /* NULL: no server has accepted it */
    void *server;
    struct async_awaitable *waiter; /* woken after connection_made(); NULL: nobody */
    struct async_node start;        /* connection_made, then reading, then the waiter */
    struct async_node end_of_file;  /* a pipe's: eof_received */
    struct async_node lost;         /* connection_lost */
    struct async_fifo unsent;
    size_t high_bytes;
    size_t low_bytes;
    bool is_made; /* connection_made() was called */
    bool is_protocol_paused;
    bool is_reading_paused;
    bool is_closing;
    bool is_lost;        /* connection_lost() is called or will be, whatever comes */
    bool is_eof_written; /* or will be, behind what is unsent */
    struct async_error failure; /* what connection_lost() is told; ASYNC_OK: NULL */
};

/* Makes a transport of a connected descriptor, which is its own from then on; where it
 * fails, it is closed. connection_made() comes in the next turn (where a server
 * accepted it, in the second: its factory is called in the first). */
struct async_transport *
async_transport_open(const struct async_transport_kind *kind, struct async_loop *loop,
                     int fd, const struct async_protocol *protocol, void *context,
                     struct async_awaitable *waiter, struct async_error *error);
struct async_transport *async_transport_accepted(const struct async_acceptor *acceptor,
                                                 void *server, struct async_loop *loop,
                                                 int fd, struct async_error *error);

/* Sends all or queues the rest. Common to sockets and pipes. */
void async_transport_write_ready(void *transport);

/* Broken: drops what is unsent, and connection_lost() is called with that errno, at the
 * next turn. 0: aborted. Only the first counts. */
void async_transport_break(struct async_transport *transport, int code,
                           const char *what);

/* connection_lost(), now: the end of the transport. */
void async_transport_lose(struct async_transport *transport);

/* Closing, with nothing unsent: connection_lost(NULL) at the next turn. */
void async_transport_finish(struct async_transport *transport);

#endif

/* What sockets and pipes have in common: how a transport begins and how it ends. The
 * order of callbacks is that of asyncio's selector_events.py. */
#include "async/net/transport_core.h"
#include "async/loop/circle.h"
#include "async/loop/part.h"

#include <stdlib.h>
#include <unistd.h>

enum { HIGH_BYTES = 64 * 1024, LOW_BYTES = 16 * 1024 };

/* -- Beginning --------------------------------------------------------------------- */

static void update_reading(struct async_transport *transport) {
    bool is_wanted =
        transport->is_made && !transport->is_closing && !transport->is_reading_paused;
    async_watcher_read(transport->watcher,
                       is_wanted ? transport->kind->read_ready : NULL);
}

static void run_start(struct async_node *node) {
    struct async_transport *transport = ASYNC_OF(node, struct async_transport, start);
    if (!transport->protocol) { /* a server has just accepted it */
        if (transport->acceptor->adopted(transport->server, transport)) {
            async_loop_enqueue(transport->loop, node);
        } else {
            async_transport_lose(transport);
        }
        return;
    }
    async_transport_retain(transport);
    transport->is_made = true;
    if (transport->protocol->connection_made) {
        transport->protocol->connection_made(transport->context, transport);
    }
    update_reading(transport);
    if (transport->waiter) {
        async_future_wake(transport->waiter, NULL);
        transport->waiter = NULL;
    }
    async_transport_release(transport);
}

static void run_lost(struct async_node *node) {
    async_transport_lose(ASYNC_OF(node, struct async_transport, lost));
}

/* Called for each open transport if the loop is closed. A protocol that is not told
 * would keep its memory for ever. */
static void end_with_loop(struct async_node *member) {
    struct async_transport *transport =
        ASYNC_OF(member, struct async_transport, member);
    async_fail_with(&transport->failure, ASYNC_CLOSED,
                    "the event loop was closed under the connection");
    async_transport_lose(transport);
}

struct async_transport *
async_transport_open(const struct async_transport_kind *kind, struct async_loop *loop,
                     int fd, const struct async_protocol *protocol, void *context,
                     struct async_awaitable *waiter, struct async_error *error) {
    struct async_transport *transport = calloc(1, sizeof *transport);
    if (!transport) {
        async_fail_with(error, ASYNC_NO_MEMORY, "out of memory for a transport");
        close(fd);
        return NULL;
    }
    *transport = (struct async_transport){
        .kind = kind,
        .references = 1,
        .fd = fd,
        .loop = loop,
        .watcher = async_watcher_open(loop, fd, transport, error),
        .protocol = protocol,
        .context = context,
        .waiter = waiter,
        .start.run = run_start,
        .lost.run = run_lost,
        .high_bytes = HIGH_BYTES,
        .low_bytes = LOW_BYTES,
    };
    struct async_node *open =
        transport->watcher ? async_part_list(loop, end_with_loop, error) : NULL;
    if (!open) {
        async_watcher_close(transport->watcher);
        close(fd);
        free(transport);
        return NULL;
    }
    async_circle_append(open, &transport->member);
    async_loop_enqueue(loop, &transport->start);
    return transport;
}

struct async_transport *async_transport_accepted(const struct async_acceptor *acceptor,
                                                 void *server, struct async_loop *loop,
                                                 int fd, struct async_error *error) {
    struct async_transport *transport = async_transport_open(
        &async_socket_transport, loop, fd, NULL, NULL, NULL, error);
    if (transport) {
        transport->acceptor = acceptor;
        transport->server = server;
    }
    return transport;
}

struct async_transport *async_transport_retain(struct async_transport *transport) {
    transport->references++;
    return transport;
}

void async_transport_release(struct async_transport *transport) {
    if (transport && --transport->references == 0) {
        free(transport);
    }
}

/* -- Ending ------------------------------------------------------------------------ */

void async_transport_lose(struct async_transport *transport) {
    if (transport->fd < 0) {
        return;
    }
    transport->is_closing = transport->is_lost = true;
    async_node_remove(&transport->start);
    async_node_remove(&transport->end_of_file);
    async_node_remove(&transport->lost);
    bool is_known = transport->is_made || transport->acceptor;
    if (transport->protocol && is_known && transport->protocol->connection_lost) {
        transport->protocol->connection_lost(
            transport->context, transport->failure.kind ? &transport->failure : NULL);
    }
    async_watcher_close(transport->watcher);
    close(transport->fd);
    transport->fd = -1;
    transport->protocol = NULL;
    async_fifo_free(&transport->unsent);
    async_node_remove(&transport->member);
    if (transport->acceptor) {
        transport->acceptor->detached(transport->server);
    }
    async_transport_release(transport);
}

void async_transport_finish(struct async_transport *transport) {
    if (!transport->is_lost) {
        transport->is_lost = true;
        async_loop_enqueue(transport->loop, &transport->lost);
    }
}

void async_transport_break(struct async_transport *transport, int code,
                           const char *what) {
    if (transport->is_lost) {
        return;
    }
    if (code) {
        async_fail_system(&transport->failure, code, what);
    }
    async_fifo_consume(&transport->unsent, async_fifo_count(&transport->unsent));
    transport->is_closing = true;
    async_watcher_read(transport->watcher, NULL);
    async_watcher_write(transport->watcher, NULL);
    async_transport_finish(transport);
}

void async_transport_abort(struct async_transport *transport) {
    async_transport_break(transport, 0, NULL);
}

/* While a pipe that closes sends its rest, it is still watched for reading, which shows
 * if no process reads the pipe any more. */
void async_transport_close(struct async_transport *transport) {
    if (transport->is_closing) {
        return;
    }
    transport->is_closing = true;
    bool has_unsent = async_fifo_count(&transport->unsent) > 0;
    if (transport->kind != &async_write_pipe_transport || !has_unsent) {
        async_watcher_read(transport->watcher, NULL);
    }
    if (!has_unsent) {
        async_transport_finish(transport);
    }
}

bool async_transport_is_closing(const struct async_transport *transport) {
    return transport->is_closing;
}

void async_transport_set_protocol(struct async_transport *transport,
                                  const struct async_protocol *protocol,
                                  void *context) {
    transport->protocol = protocol;
    transport->context = context;
}

/* -- Reading, and questions -------------------------------------------------------- */

void async_transport_pause_reading(struct async_transport *transport) {
    if (!transport->is_closing) {
        transport->is_reading_paused = true;
        update_reading(transport);
    }
}

void async_transport_resume_reading(struct async_transport *transport) {
    if (!transport->is_closing) {
        transport->is_reading_paused = false;
        update_reading(transport);
    }
}

bool async_transport_is_reading(const struct async_transport *transport) {
    return !transport->is_reading_paused && !transport->is_closing;
}

int async_transport_get_fd(const struct async_transport *transport) {
    return transport->fd;
}

bool async_transport_get_sockname(const struct async_transport *transport,
                                  struct async_address *address) {
    struct sockaddr_storage storage;
    socklen_t length = sizeof storage;
    return getsockname(transport->fd, (struct sockaddr *)&storage, &length) == 0 &&
           async_address_read(address, (struct sockaddr *)&storage);
}

bool async_transport_get_peername(const struct async_transport *transport,
                                  struct async_address *address) {
    struct sockaddr_storage storage;
    socklen_t length = sizeof storage;
    return getpeername(transport->fd, (struct sockaddr *)&storage, &length) == 0 &&
           async_address_read(address, (struct sockaddr *)&storage);
}

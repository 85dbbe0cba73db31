/* A connected TCP socket as a transport. */
#include "async/net/transport_core.h"

#include <errno.h>

/* The loop's own stack holds this buffer; a coroutine's stack might be too small. */
enum { READ_BYTES = 64 * 1024 };

static void end_of_file(struct async_transport *transport) {
    bool is_kept_open = transport->protocol->eof_received &&
                        transport->protocol->eof_received(transport->context);
    if (is_kept_open) {
        async_watcher_read(transport->watcher, NULL);
    } else {
        async_transport_close(transport);
    }
}

static void read_ready(void *argument) {
    struct async_transport *transport = argument;
    if (transport->is_lost) {
        return;
    }
    char data[READ_BYTES];
    ssize_t count = recv(transport->fd, data, sizeof data, 0);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) {
        return;
    }
    async_transport_retain(transport);
    if (count < 0) {
        async_transport_break(transport, errno, "read");
    } else if (count == 0) {
        end_of_file(transport);
    } else if (transport->protocol->data_received) {
        transport->protocol->data_received(transport->context, data, (size_t)count);
    }
    async_transport_release(transport);
}

static void write_eof(struct async_transport *transport) {
    transport->is_eof_written = true;
    if (async_fifo_count(&transport->unsent) == 0) {
        shutdown(transport->fd, SHUT_WR);
    }
}

const struct async_transport_kind async_socket_transport = {
    .read_ready = read_ready,
    .write_eof = write_eof,
};

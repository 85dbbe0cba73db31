/* The ends of a pipe as transports, as in asyncio's unix_events.py. Subprocesses use
 * them. */
#include "async/loop/circle.h"
#include "async/net/transport_core.h"

#include <errno.h>
#include <unistd.h>

enum { READ_BYTES = 64 * 1024 };

static void run_end_of_file(struct async_node *node) {
    struct async_transport *transport =
        ASYNC_OF(node, struct async_transport, end_of_file);
    if (transport->protocol->eof_received) {
        transport->protocol->eof_received(transport->context);
    }
}

static void read_ready(void *argument) {
    struct async_transport *transport = argument;
    char data[READ_BYTES];
    ssize_t count = read(transport->fd, data, sizeof data);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) {
        return;
    }
    if (count < 0) {
        async_transport_break(transport, errno, "read");
    } else if (count > 0) {
        if (transport->protocol->data_received) {
            transport->protocol->data_received(transport->context, data, (size_t)count);
        }
    } else {
        transport->is_closing = true;
        async_watcher_read(transport->watcher, NULL);
        transport->end_of_file.run = run_end_of_file;
        async_loop_enqueue(transport->loop, &transport->end_of_file);
        async_transport_finish(transport);
    }
}

/* The writing end becomes readable when no process reads the pipe any more. */
static void reader_is_gone(void *argument) {
    struct async_transport *transport = argument;
    bool has_unsent = async_fifo_count(&transport->unsent) > 0;
    async_transport_break(transport, has_unsent ? EPIPE : 0, "write");
}

/* In a pipe, only closing tells the reader that the data is at its end. */
static void close_writing(struct async_transport *transport) {
    async_transport_close(transport);
}

const struct async_transport_kind async_read_pipe_transport = {
    .read_ready = read_ready,
    .write_eof = close_writing,
};

const struct async_transport_kind async_write_pipe_transport = {
    .read_ready = reader_is_gone,
    .write_eof = close_writing,
};

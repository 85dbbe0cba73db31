/* How a transport writes: the system takes as many bytes as it can at once, and the
 * rest later. If the rest grows too large, the protocol is told. */
#include "async/net/transport_core.h"
#include "async/loop/argument.h"

#include <errno.h>
#include <signal.h>
#include <unistd.h>

/* -- Flow control ------------------------------------------------------------------ */

static void pause_if_high(struct async_transport *transport) {
    if (transport->is_protocol_paused ||
        async_fifo_count(&transport->unsent) <= transport->high_bytes) {
        return;
    }
    transport->is_protocol_paused = true;
    if (transport->protocol && transport->protocol->pause_writing) {
        transport->protocol->pause_writing(transport->context);
    }
}

static void resume_if_low(struct async_transport *transport) {
    if (!transport->is_protocol_paused ||
        async_fifo_count(&transport->unsent) > transport->low_bytes) {
        return;
    }
    transport->is_protocol_paused = false;
    if (transport->protocol && transport->protocol->resume_writing) {
        transport->protocol->resume_writing(transport->context);
    }
}

/* A pipe has no MSG_NOSIGNAL. So SIGPIPE is blocked during the write, and taken back if
 * no process reads the pipe. */
static ssize_t write_pipe(int fd, const void *data, size_t count) {
    sigset_t broken_pipe, before, pending;
    sigemptyset(&broken_pipe);
    sigaddset(&broken_pipe, SIGPIPE);
    sigpending(&pending);
    pthread_sigmask(SIG_BLOCK, &broken_pipe, &before);
    ssize_t written = write(fd, data, count);
    int code = errno;
    if (written < 0 && code == EPIPE && !sigismember(&pending, SIGPIPE)) {
        sigtimedwait(&broken_pipe, NULL, &(struct timespec){.tv_sec = 0});
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = code;
    return written;
}

/* Returns how many bytes the system took; -1: the transport broke. */
static ssize_t send_some(struct async_transport *transport, const void *data,
                         size_t count) {
    ssize_t sent = transport->kind == &async_socket_transport
                       ? send(transport->fd, data, count, MSG_NOSIGNAL)
                       : write_pipe(transport->fd, data, count);
    if (sent < 0 && (errno == EAGAIN || errno == EINTR)) {
        return 0;
    }
    if (sent < 0) {
        async_transport_break(transport, errno, "write");
    }
    return sent;
}

bool async_transport_write(struct async_transport *transport, const void *data,
                           size_t count, struct async_error *error) {
    if (!async_argument_size("count", count, error)) {
        return false;
    }
    if (transport->is_eof_written) {
        return async_fail_with(error, ASYNC_RUNTIME,
                               "Cannot call write() after write_eof()");
    }
    if (count == 0 || transport->is_lost ||
        (transport->is_closing && transport->kind == &async_write_pipe_transport)) {
        return true;
    }
    ssize_t sent = 0;
    if (async_fifo_count(&transport->unsent) == 0) {
        sent = send_some(transport, data, count);
        if (sent < 0 || (size_t)sent == count) {
            return true;
        }
    }
    if (!async_fifo_append(&transport->unsent, (const char *)data + sent,
                           count - (size_t)sent)) {
        return async_fail_with(error, ASYNC_NO_MEMORY, "out of memory to write");
    }
    async_watcher_write(transport->watcher, async_transport_write_ready);
    pause_if_high(transport);
    return true;
}

bool async_transport_writelines(struct async_transport *transport,
                                const struct iovec parts[], size_t part_count,
                                struct async_error *error) {
    struct async_bytes all = {.data = NULL};
    bool ok = true;
    if (!async_argument_size("part_count", part_count, error)) {
        return false;
    }
    for (size_t i = 0; i < part_count; i++) {
        if (!async_argument_size("iov_len", parts[i].iov_len, error)) {
            return false;
        }
    }
    for (size_t i = 0; i < part_count && ok; i++) {
        ok = async_bytes_append(&all, parts[i].iov_base, parts[i].iov_len);
    }
    ok = ok ? async_transport_write(transport, all.data, all.count, error)
            : async_fail_with(error, ASYNC_NO_MEMORY, "out of memory to write");
    async_bytes_free(&all);
    return ok;
}

void async_transport_write_ready(void *argument) {
    struct async_transport *transport = argument;
    ssize_t sent = send_some(transport, async_fifo_data(&transport->unsent),
                             async_fifo_count(&transport->unsent));
    if (sent < 0) {
        return;
    }
    async_fifo_consume(&transport->unsent, (size_t)sent);
    async_transport_retain(transport);
    resume_if_low(transport); /* the protocol may write more */
    if (async_fifo_count(&transport->unsent) == 0 && !transport->is_lost) {
        async_watcher_write(transport->watcher, NULL);
        if (transport->is_closing) {
            async_transport_lose(transport);
        } else if (transport->is_eof_written) {
            shutdown(transport->fd, SHUT_WR);
        }
    }
    async_transport_release(transport);
}

void async_transport_write_eof(struct async_transport *transport) {
    if (!transport->is_closing && !transport->is_eof_written) {
        transport->kind->write_eof(transport);
    }
}

bool async_transport_can_write_eof(const struct async_transport *transport) {
    return transport->kind != &async_read_pipe_transport;
}

/* -- Marks ------------------------------------------------------------------------- */

bool async_transport_set_write_buffer_limits(struct async_transport *transport,
                                             size_t low, size_t high,
                                             struct async_error *error) {
    if (!async_argument_size("low", low, error) ||
        !async_argument_size("high", high, error)) {
        return false;
    }
    if (low > high) {
        return async_fail_with(error, ASYNC_INVALID_ARGUMENT,
                               "high (%zu) must be >= low (%zu) must be >= 0", high,
                               low);
    }
    transport->low_bytes = low;
    transport->high_bytes = high;
    pause_if_high(transport);
    return true;
}

size_t async_transport_get_write_buffer_size(const struct async_transport *transport) {
    return async_fifo_count(&transport->unsent);
}

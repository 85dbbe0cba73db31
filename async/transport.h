/* Transports and protocols: a connection (the transport, which this library makes) and
 * what to do with it (the protocol, a table of callbacks). Streams are built on them;
 * use them directly where no task shall wait.
 *
 *   made, then data_received..., then eof_received at most once, then connection_lost
 *
 * Callbacks are called by the loop in its thread, never from inside a call of yours to
 * the transport, but pause_writing() and resume_writing(), which are. They may not
 * wait. */
#ifndef SIMUL_ASYNC_TRANSPORT_H
#define SIMUL_ASYNC_TRANSPORT_H

#include "async/address.h"
#include "async/loop.h"

#include <sys/uio.h>

struct async_transport;

/* What is NULL is not called. `context` is what was given along with the protocol. */
struct async_protocol {
    void (*connection_made)(void *context, struct async_transport *transport);

    /* The bytes are valid during the call. */
    void (*data_received)(void *context, const void *data, size_t count);

    /* The peer will send no more. True: the transport stays open for writing; false
     * (and NULL): it is closed. A pipe is closed in any case. */
    bool (*eof_received)(void *context);

    /* The last call, always made, where connection_made() was, or a server's factory
     * has made the context; the transport and the context are not used any more.
     * `failure` is NULL where it was closed in order (or by the peer), else
     * ASYNC_SYSTEM with its errno, or ASYNC_CLOSED: the loop was closed first. */
    void (*connection_lost)(void *context, const struct async_error *failure);

    /* More than the high mark waits to be sent; it is down to the low mark again. */
    void (*pause_writing)(void *context);
    void (*resume_writing)(void *context);
};

/* `transport.write()`: sends now what the system takes, and copies the rest until it
 * can; never waits, and the caller may use the bytes again. Ignored where the
 * connection is lost. ASYNC_RUNTIME: after write_eof(). ASYNC_NO_MEMORY: for what has
 * to wait; then nothing of it will be sent. */
bool async_transport_write(struct async_transport *transport, const void *data,
                           size_t count, struct async_error *error);

/* `transport.writelines()`: as async_transport_write() of all of them at once. */
bool async_transport_writelines(struct async_transport *transport,
                                const struct iovec parts[], size_t part_count,
                                struct async_error *error);

/* `transport.write_eof()`: the peer's end, when all that was written is sent; reading
 * goes on. Only a pipe's writing end is closed by that. */
void async_transport_write_eof(struct async_transport *transport);
bool async_transport_can_write_eof(const struct async_transport *transport);

/* `transport.close()`: sends what is left, then connection_lost(NULL) is called. No
 * more data is received. `transport.abort()`: drops what is left. */
void async_transport_close(struct async_transport *transport);
void async_transport_abort(struct async_transport *transport);
bool async_transport_is_closing(const struct async_transport *transport);

/* `transport.pause_reading()`: no data_received() until resume_reading(). */
void async_transport_pause_reading(struct async_transport *transport);
void async_transport_resume_reading(struct async_transport *transport);
bool async_transport_is_reading(const struct async_transport *transport);

/* Marks in bytes; 64 KiB and 16 KiB before. ASYNC_INVALID_ARGUMENT: low > high. */
bool async_transport_set_write_buffer_limits(struct async_transport *transport,
                                             size_t low, size_t high,
                                             struct async_error *error);
size_t async_transport_get_write_buffer_size(const struct async_transport *transport);

/* `transport.set_protocol()`: who is called from now on. */
void async_transport_set_protocol(struct async_transport *transport,
                                  const struct async_protocol *protocol, void *context);

/* `get_extra_info('socket')`, `('sockname')`, `('peername')`. The descriptor stays the
 * transport's; -1: it is closed. The others are false for a pipe. */
int async_transport_get_fd(const struct async_transport *transport);
bool async_transport_get_sockname(const struct async_transport *transport,
                                  struct async_address *address);
bool async_transport_get_peername(const struct async_transport *transport,
                                  struct async_address *address);

/* A transport lives until connection_lost() has returned; who retains it may use it
 * longer (it does nothing then) and releases it. Release does not close. */
struct async_transport *async_transport_retain(struct async_transport *transport);
void async_transport_release(struct async_transport *transport);

#endif

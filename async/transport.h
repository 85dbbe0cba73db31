/* Transports and protocols. A transport is a connection, made by this library; a
 * protocol is a table of callbacks, made by its user, that says what to do with the
 * connection. Streams are built on them; use them directly if no task has to wait. The
 * callbacks come in this order:
 *
 *   connection_made, then data_received any number of times, then eof_received at most
 *   once, then connection_lost
 *
 * The loop calls them in its thread, and never while you call a function of the
 * transport. The exception is pause_writing(): calls that write or that set the marks
 * call it. A callback must not wait. */
#ifndef SIMUL_ASYNC_TRANSPORT_H
#define SIMUL_ASYNC_TRANSPORT_H

#include "async/address.h"
#include "async/loop.h"

#include <sys/uio.h>

#ifdef __cplusplus
extern "C" {
#endif

struct async_transport;

/* A callback that is NULL is not called. `context` is the pointer that was given along
 * with the protocol. */
struct async_protocol {
    void (*connection_made)(void *context, struct async_transport *transport);

    /* The bytes are valid during the call. */
    void (*data_received)(void *context, const void *data, size_t count);

    /* The peer will send no more. If it returns true, the transport stays open for
     * writing; if it returns false, or is NULL, the transport closes. A pipe closes in
     * any case. */
    bool (*eof_received)(void *context);

    /* The last call. It is always made if connection_made() was called, or if a
     * server's factory has made the context; then neither transport nor context are
     * used any more. `failure` is NULL if the connection was closed by either side or
     * aborted; else ASYNC_SYSTEM with its errno, or ASYNC_CLOSED if the loop was closed
     * first. */
    void (*connection_lost)(void *context, const struct async_error *failure);

    /* More unsent data than the high mark has piled up; it is down to the low mark. */
    void (*pause_writing)(void *context);
    void (*resume_writing)(void *context);
};

/* `transport.write()`: never waits. Sends at once as much as the system takes, and
 * copies the rest to send it later, so the caller may use the bytes again. If the
 * connection is lost, does nothing. Fails with ASYNC_RUNTIME after write_eof(), and
 * with ASYNC_NO_MEMORY if the rest cannot be copied: the rest is dropped then; with
 * ASYNC_INVALID_ARGUMENT if `count` is a negative number. */
bool async_transport_write(struct async_transport *transport, const void *data,
                           size_t count, struct async_error *error);

/* `transport.writelines()`: as async_transport_write() of all parts at once. */
bool async_transport_writelines(struct async_transport *transport,
                                const struct iovec parts[], size_t part_count,
                                struct async_error *error);

/* `transport.write_eof()`: tells the peer, after all data was sent, that no more will
 * come. A socket goes on reading; a pipe closes. */
void async_transport_write_eof(struct async_transport *transport);
bool async_transport_can_write_eof(const struct async_transport *transport);

/* `transport.close()`: receives no more, sends what is left, then calls
 * connection_lost(NULL). `transport.abort()` drops what is left. */
void async_transport_close(struct async_transport *transport);
void async_transport_abort(struct async_transport *transport);
bool async_transport_is_closing(const struct async_transport *transport);

/* `transport.pause_reading()`: no data_received() until resume_reading(). */
void async_transport_pause_reading(struct async_transport *transport);
void async_transport_resume_reading(struct async_transport *transport);
bool async_transport_is_reading(const struct async_transport *transport);

/* Sets the marks in bytes; the defaults are 16 KiB (low) and 64 KiB (high). Fails with
 * ASYNC_INVALID_ARGUMENT if low > high, or if one is a negative number. */
bool async_transport_set_write_buffer_limits(struct async_transport *transport,
                                             size_t low, size_t high,
                                             struct async_error *error);
size_t async_transport_get_write_buffer_size(const struct async_transport *transport);

/* `transport.set_protocol()`: whose callbacks are called from now on. */
void async_transport_set_protocol(struct async_transport *transport,
                                  const struct async_protocol *protocol, void *context);

/* `get_extra_info('socket')`, `('sockname')`, `('peername')`. The descriptor stays the
 * transport's; it is -1 after the transport is closed. The other two return false for a
 * pipe. */
int async_transport_get_fd(const struct async_transport *transport);
bool async_transport_get_sockname(const struct async_transport *transport,
                                  struct async_address *address);
bool async_transport_get_peername(const struct async_transport *transport,
                                  struct async_address *address);

/* A transport lives until connection_lost() has returned. Code that uses it longer
 * retains it and releases it; after connection_lost() its functions do nothing.
 * Releasing a transport does not close it. */
struct async_transport *async_transport_retain(struct async_transport *transport);
void async_transport_release(struct async_transport *transport);

#ifdef __cplusplus
}
#endif

#endif

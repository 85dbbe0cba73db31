/* The structs of a stream, for the library's own files; not installed. */
#ifndef SIMUL_ASYNC_STREAM_STREAM_CORE_H
#define SIMUL_ASYNC_STREAM_STREAM_CORE_H

#include "async/line.h"
#include "async/stream.h"
#include "async/net/transport_core.h"

struct async_reader {
    struct async_loop *loop;
    struct async_transport *transport; /* the stream's; NULL: not connected */
    struct async_fifo buffer;
    size_t limit;
    bool is_eof;
    bool is_paused;                 /* the transport is paused: too much is unread */
    struct async_error failure;     /* ASYNC_OK: none */
    struct async_awaitable *waiter; /* the task that reads waits for it; or NULL */
};

struct async_writer {
    struct async_loop *loop;
    struct async_transport *transport;
    const struct async_reader *reader; /* drain() fails with its failure too; or NULL */
    bool is_paused;
    bool is_lost;
    struct async_error failure; /* why it was lost; ASYNC_OK: it was closed */
    struct async_line draining;
    struct async_line closing;
};

struct async_stream {
    uint32_t references; /* its owners', and its transport's */
    uint32_t owners;
    struct async_loop *loop;
    struct async_transport *transport; /* retained; NULL: never connected */
    struct async_reader reader;
    struct async_writer writer;
    struct async_node accepted; /* in the loop's list until its handler begins */
    struct async_node unbegun;  /* runs if its handler's task ends before it began */
    /* A transport has the stream as its protocol, and a reference that
     * connection_lost() drops. */
    bool is_protocol;
    void (*on_made)(void *owner, struct async_stream *stream); /* may be NULL */
    void (*on_lost)(void *owner, struct async_stream *stream); /* may be NULL */
    void *owner;
};

/* Makes a stream with one owner. limit 0: the default. NULL: ASYNC_NO_MEMORY, or
 * ASYNC_INVALID_ARGUMENT if the limit is a negative number. */
struct async_stream *async_stream_new(struct async_loop *loop, size_t limit,
                                      struct async_error *error);
void async_stream_release(struct async_stream *stream); /* as async_writer_release() */

/* The protocol that makes a stream of a transport. Its context is the stream. */
extern const struct async_protocol async_stream_protocol;

/* The stream is a transport's protocol from now on, so connection_lost() will be
 * called. This is called at the latest when the connection is made. */
void async_stream_join(struct async_stream *stream);

/* -- From the protocol to both sides ----------------------------------------------- */

void async_reader_feed_data(struct async_reader *reader, const void *data,
                            size_t count);
void async_reader_feed_eof(struct async_reader *reader);
void async_reader_break(struct async_reader *reader, const struct async_error *failure);
void async_writer_lose(struct async_writer *writer, const struct async_error *failure);
void async_writer_pause(struct async_writer *writer);
void async_writer_resume(struct async_writer *writer);

#endif

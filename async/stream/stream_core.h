/* What a stream is made of, for the library's own files; not installed. */
#ifndef SIMUL_ASYNC_STREAM_STREAM_CORE_H
#define SIMUL_ASYNC_STREAM_STREAM_CORE_H

#include "async/line.h"
#include "async/stream.h"
#include "async/net/transport_core.h"

struct async_reader {
    struct async_loop *loop;
    struct async_transport *transport; /* borrowed of the stream; NULL: not connected */
    struct async_fifo buffer;
    size_t limit;
    bool is_eof;
    bool is_paused;                 /* the transport, as too much is unread */
    struct async_error failure;     /* ASYNC_OK: none */
    struct async_awaitable *waiter; /* the one that reads; NULL: nobody does */
};

struct async_writer {
    struct async_loop *loop;
    struct async_transport *transport;
    const struct async_reader *reader; /* whose failure is drain's too; NULL: none */
    bool is_paused;
    bool is_lost;
    struct async_error failure; /* how it was lost; ASYNC_OK: in order */
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
    struct async_node accepted; /* waits for its handler to begin */
    struct async_node unbegun;  /* sees its handler's task end before it began */
    bool is_protocol; /* of a transport, whose reference connection_lost() gives back */
    void (*on_made)(void *owner, struct async_stream *stream); /* may be NULL */
    void (*on_lost)(void *owner, struct async_stream *stream); /* may be NULL */
    void *owner;
};

/* With one owner. limit 0: the default. NULL: ASYNC_NO_MEMORY. */
struct async_stream *async_stream_new(struct async_loop *loop, size_t limit,
                                      struct async_error *error);
void async_stream_release(struct async_stream *stream); /* as async_writer_release() */

/* What makes a stream of a transport; the context is the stream. */
extern const struct async_protocol async_stream_protocol;

/* It is a transport's protocol from now on, at the latest when the connection is made:
 * connection_lost() will be called. */
void async_stream_join(struct async_stream *stream);

/* -- From the protocol to both sides ---------------------------------------------- */

void async_reader_feed_data(struct async_reader *reader, const void *data,
                            size_t count);
void async_reader_feed_eof(struct async_reader *reader);
void async_reader_break(struct async_reader *reader, const struct async_error *failure);
void async_writer_lose(struct async_writer *writer, const struct async_error *failure);
void async_writer_pause(struct async_writer *writer);
void async_writer_resume(struct async_writer *writer);

#endif

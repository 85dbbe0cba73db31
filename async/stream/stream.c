/* A stream: a protocol that feeds a reader and a writer, and the owners of all
 * three. */
#include "async/stream/stream_core.h"
#include "async/loop/argument.h"
#include "async/loop/circle.h"
#include "async/connection.h"

#include <stdlib.h>
#include <unistd.h>

enum { DEFAULT_LIMIT = 64 * 1024 };

struct async_stream *async_stream_new(struct async_loop *loop, size_t limit,
                                      struct async_error *error) {
    if (!async_argument_size("limit", limit, error)) {
        return NULL;
    }
    struct async_stream *stream = calloc(1, sizeof *stream);
    if (!stream) {
        async_fail_with(error, ASYNC_NO_MEMORY, "out of memory for a stream");
        return NULL;
    }
    stream->references = stream->owners = 1;
    stream->loop = stream->reader.loop = stream->writer.loop = loop;
    stream->reader.limit = limit > 0 ? limit : DEFAULT_LIMIT;
    stream->writer.reader = &stream->reader;
    return stream;
}

static void drop_reference(struct async_stream *stream) {
    if (--stream->references == 0) {
        async_fifo_free(&stream->reader.buffer);
        async_transport_release(stream->transport);
        free(stream);
    }
}

/* Bytes that were written are still sent; bytes that arrive are thrown away. */
void async_stream_release(struct async_stream *stream) {
    if (--stream->owners == 0 && stream->transport) {
        async_transport_close(stream->transport);
    }
    drop_reference(stream);
}

struct async_writer *async_writer_retain(struct async_writer *writer) {
    struct async_stream *stream = ASYNC_OF(writer, struct async_stream, writer);
    stream->references++;
    stream->owners++;
    return writer;
}

void async_writer_release(struct async_writer *writer) {
    if (writer) {
        async_stream_release(ASYNC_OF(writer, struct async_stream, writer));
    }
}

/* -- The protocol ------------------------------------------------------------------ */

void async_stream_join(struct async_stream *stream) {
    if (!stream->is_protocol) {
        stream->is_protocol = true;
        stream->references++;
    }
}

static void connection_made(void *context, struct async_transport *transport) {
    struct async_stream *stream = context;
    async_stream_join(stream);
    stream->transport = async_transport_retain(transport);
    stream->reader.transport = stream->writer.transport = transport;
    if (stream->on_made) {
        stream->on_made(stream->owner, stream);
    }
}

static void data_received(void *context, const void *data, size_t count) {
    async_reader_feed_data(&((struct async_stream *)context)->reader, data, count);
}

static bool eof_received(void *context) {
    async_reader_feed_eof(&((struct async_stream *)context)->reader);
    return true;
}

static void connection_lost(void *context, const struct async_error *failure) {
    struct async_stream *stream = context;
    if (failure) {
        async_reader_break(&stream->reader, failure);
    } else {
        async_reader_feed_eof(&stream->reader);
    }
    async_writer_lose(&stream->writer, failure);
    if (stream->on_lost) {
        stream->on_lost(stream->owner, stream);
    }
    if (stream->is_protocol) {
        drop_reference(stream);
    }
}

static void pause_writing(void *context) {
    async_writer_pause(&((struct async_stream *)context)->writer);
}

static void resume_writing(void *context) {
    async_writer_resume(&((struct async_stream *)context)->writer);
}

const struct async_protocol async_stream_protocol = {
    .connection_made = connection_made,
    .data_received = data_received,
    .eof_received = eof_received,
    .connection_lost = connection_lost,
    .pause_writing = pause_writing,
    .resume_writing = resume_writing,
};

/* -- Connecting -------------------------------------------------------------------- */

static bool finish_open(bool is_connected, struct async_stream *stream,
                        struct async_reader **reader, struct async_writer **writer) {
    if (is_connected) {
        if (reader) {
            *reader = &stream->reader;
        }
        *writer = &stream->writer;
    } else {
        async_stream_release(stream);
    }
    return is_connected;
}

bool async_open_connection(const char *host, int port, size_t limit,
                           struct async_reader **reader, struct async_writer **writer,
                           struct async_error *error) {
    struct async_loop *loop = async_need_running_loop(error);
    struct async_stream *stream = loop ? async_stream_new(loop, limit, error) : NULL;
    return stream &&
           finish_open(async_create_connection(host, port, &async_stream_protocol,
                                               stream, NULL, error),
                       stream, reader, writer);
}

bool async_open_connection_socket(int fd, size_t limit, struct async_reader **reader,
                                  struct async_writer **writer,
                                  struct async_error *error) {
    struct async_loop *loop = async_need_running_loop(error);
    struct async_stream *stream = loop ? async_stream_new(loop, limit, error) : NULL;
    if (!stream) {
        close(fd);
        return false;
    }
    return finish_open(
        async_connect_socket(fd, &async_stream_protocol, stream, NULL, error), stream,
        reader, writer);
}

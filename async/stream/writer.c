/* The writing side of a stream: streams.py's StreamWriter with its flow control. */
#include "async/stream/stream_core.h"
#include "async/sync/line.h"
#include "async/waiting.h"

#include <errno.h>

static void wake_all(struct async_line *line) {
    while (async_line_wake(line)) {
    }
}

static bool was_not_broken(const struct async_writer *writer,
                           struct async_error *error) {
    return writer->failure.kind == ASYNC_OK ||
           async_error_copy(error, &writer->failure);
}

void async_writer_pause(struct async_writer *writer) {
    writer->is_paused = true;
}

void async_writer_resume(struct async_writer *writer) {
    writer->is_paused = false;
    wake_all(&writer->draining);
}

void async_writer_lose(struct async_writer *writer, const struct async_error *failure) {
    writer->is_lost = true;
    if (failure) {
        writer->failure = *failure;
    }
    wake_all(&writer->closing);
    wake_all(&writer->draining);
}

bool async_writer_write(struct async_writer *writer, const void *data, size_t count,
                        struct async_error *error) {
    return async_transport_write(writer->transport, data, count, error);
}

bool async_writer_writelines(struct async_writer *writer, const struct iovec parts[],
                             size_t part_count, struct async_error *error) {
    return async_transport_writelines(writer->transport, parts, part_count, error);
}

void async_writer_write_eof(struct async_writer *writer) {
    async_transport_write_eof(writer->transport);
}

bool async_writer_can_write_eof(const struct async_writer *writer) {
    return async_transport_can_write_eof(writer->transport);
}

/* If the transport closes, waits for one turn: else a task that writes and drains in a
 * loop would never let connection_lost() be called. */
bool async_writer_drain(struct async_writer *writer, struct async_error *error) {
    if (writer->reader && writer->reader->failure.kind != ASYNC_OK) {
        return async_error_copy(error, &writer->reader->failure);
    }
    if (async_transport_is_closing(writer->transport) && !async_sleep(0, error)) {
        return false;
    }
    if (writer->is_lost) {
        return async_fail_system(error, ECONNRESET, "Connection lost");
    }
    bool is_woken;
    return !writer->is_paused ||
           (async_line_wait(&writer->draining, "drain", &is_woken, error) &&
            was_not_broken(writer, error));
}

void async_writer_close(struct async_writer *writer) {
    async_transport_close(writer->transport);
}

bool async_writer_is_closing(const struct async_writer *writer) {
    return async_transport_is_closing(writer->transport);
}

bool async_writer_wait_closed(struct async_writer *writer, struct async_error *error) {
    bool is_woken;
    return (writer->is_lost ||
            async_line_wait(&writer->closing, "wait_closed", &is_woken, error)) &&
           was_not_broken(writer, error);
}

struct async_transport *async_writer_transport(struct async_writer *writer) {
    return writer->transport;
}

/* The reading side of a stream: streams.py's StreamReader. */
#include "async/stream/stream_core.h"
#include "async/loop/argument.h"

#include <string.h>

static void wake_up(struct async_reader *reader) {
    struct async_awaitable *waiter = reader->waiter;
    reader->waiter = NULL;
    if (waiter) {
        async_future_wake(waiter, NULL);
    }
}

void async_reader_feed_eof(struct async_reader *reader) {
    reader->is_eof = true;
    wake_up(reader);
}

void async_reader_break(struct async_reader *reader,
                        const struct async_error *failure) {
    async_error_copy(&reader->failure, failure);
    struct async_awaitable *waiter = reader->waiter;
    reader->waiter = NULL;
    if (waiter) {
        async_future_break(waiter, failure);
    }
}

void async_reader_feed_data(struct async_reader *reader, const void *data,
                            size_t count) {
    if (!async_fifo_append(&reader->buffer, data, count)) {
        struct async_error failure;
        async_fail_with(&failure, ASYNC_NO_MEMORY, "out of memory for what was read");
        async_reader_break(reader, &failure);
        async_transport_abort(reader->transport);
        return;
    }
    wake_up(reader);
    if (!reader->is_paused && async_fifo_count(&reader->buffer) > 2 * reader->limit) {
        reader->is_paused = true;
        async_transport_pause_reading(reader->transport);
    }
}

static void resume(struct async_reader *reader) {
    reader->is_paused = false;
    async_transport_resume_reading(reader->transport);
}

/* Moves `count` bytes from the buffer to the end of *bytes. */
static bool take(struct async_reader *reader, size_t count, struct async_bytes *bytes,
                 struct async_error *error) {
    if (!async_bytes_append(bytes, async_fifo_data(&reader->buffer), count)) {
        return async_fail_with(error, ASYNC_NO_MEMORY, "out of memory to read");
    }
    async_fifo_consume(&reader->buffer, count);
    if (reader->is_paused && async_fifo_count(&reader->buffer) <= reader->limit) {
        resume(reader);
    }
    return true;
}

/* Waits for more data, or for the end. A transport that is paused has to resume first,
 * or the wait would last for ever. */
static bool wait_for_data(struct async_reader *reader, const char *function,
                          struct async_error *error) {
    if (reader->waiter) {
        return async_fail_with(error, ASYNC_RUNTIME,
                               "%s() called while another coroutine is already waiting "
                               "for incoming data",
                               function);
    }
    if (!async_need_current_task(function, error)) {
        return false;
    }
    if (reader->is_paused) {
        resume(reader);
    }
    struct async_awaitable waiter;
    async_future_open(&waiter, reader->loop, function);
    reader->waiter = &waiter;
    bool ok = async_await(&waiter, NULL, error);
    reader->waiter = reader->waiter == &waiter ? NULL : reader->waiter;
    async_future_close(&waiter);
    return ok;
}

static bool begin(const struct async_reader *reader, struct async_bytes *bytes,
                  struct async_error *error) {
    async_bytes_clear(bytes);
    return reader->failure.kind == ASYNC_OK ||
           async_error_copy(error, &reader->failure);
}

/* Appends to *bytes; if it appends nothing, the stream is at its end. */
static bool read_some(struct async_reader *reader, size_t count,
                      struct async_bytes *bytes, struct async_error *error) {
    if (reader->failure.kind != ASYNC_OK) {
        return async_error_copy(error, &reader->failure);
    }
    if (async_fifo_count(&reader->buffer) == 0 && !reader->is_eof &&
        !wait_for_data(reader, "read", error)) {
        return false;
    }
    size_t there = async_fifo_count(&reader->buffer);
    return take(reader, there < count ? there : count, bytes, error);
}

bool async_reader_read(struct async_reader *reader, size_t count,
                       struct async_bytes *bytes, struct async_error *error) {
    if (!begin(reader, bytes, error)) {
        return false;
    }
    if (count != ASYNC_TO_EOF) {
        return count == 0 || read_some(reader, count, bytes, error);
    }
    size_t before;
    do {
        before = bytes->count;
        if (!read_some(reader, reader->limit, bytes, error)) {
            return false;
        }
    } while (bytes->count > before);
    return true;
}

/* The end came too soon: the caller gets the bytes that are there. `expected` is "5" or
 * "undefined". */
static bool fail_incomplete(struct async_reader *reader, const char *expected,
                            struct async_bytes *bytes, struct async_error *error) {
    return take(reader, async_fifo_count(&reader->buffer), bytes, error) &&
           async_fail_with(error, ASYNC_INCOMPLETE_READ,
                           "%zu bytes read on a total of %s expected bytes",
                           bytes->count, expected);
}

bool async_reader_readexactly(struct async_reader *reader, size_t count,
                              struct async_bytes *bytes, struct async_error *error) {
    if (!async_argument_size("readexactly size", count, error) ||
        !begin(reader, bytes, error)) {
        return false;
    }
    while (async_fifo_count(&reader->buffer) < count) {
        if (reader->is_eof) {
            char expected[24];
            snprintf(expected, sizeof expected, "%zu", count);
            return fail_incomplete(reader, expected, bytes, error);
        }
        if (!wait_for_data(reader, "readexactly", error)) {
            return false;
        }
    }
    return count == 0 || take(reader, count, bytes, error);
}

static bool fail_overrun(struct async_error *error, size_t consumed, bool is_found) {
    async_fail_with(error, ASYNC_LIMIT_OVERRUN,
                    is_found ? "Separator is found, but chunk is longer than limit"
                             : "Separator is not found, and chunk exceed the limit");
    if (error) {
        error->code = (int)consumed;
    }
    return false;
}

bool async_reader_readuntil(struct async_reader *reader, const void *separator,
                            size_t separator_bytes, struct async_bytes *bytes,
                            struct async_error *error) {
    if (separator_bytes == 0) {
        return async_fail_with(error, ASYNC_INVALID_ARGUMENT,
                               "Separator should be at least one-byte string");
    }
    if (!begin(reader, bytes, error)) {
        return false;
    }
    size_t offset = 0; /* the separator does not begin before it */
    while (true) {
        const char *data = async_fifo_data(&reader->buffer);
        size_t there = async_fifo_count(&reader->buffer);
        if (there >= offset + separator_bytes) {
            const char *found =
                memmem(data + offset, there - offset, separator, separator_bytes);
            if (found) {
                size_t before = (size_t)(found - data);
                return before > reader->limit
                           ? fail_overrun(error, before, true)
                           : take(reader, before + separator_bytes, bytes, error);
            }
            offset = there + 1 - separator_bytes;
            if (offset > reader->limit) {
                return fail_overrun(error, offset, false);
            }
        }
        if (reader->is_eof) {
            return fail_incomplete(reader, "undefined", bytes, error);
        }
        if (!wait_for_data(reader, "readuntil", error)) {
            return false;
        }
    }
}

/* Drops a line that is too long, and its newline if that has come already. */
static void drop_line(struct async_reader *reader, size_t consumed) {
    const char *data = async_fifo_data(&reader->buffer);
    size_t there = async_fifo_count(&reader->buffer);
    bool has_newline = consumed < there && data[consumed] == '\n';
    async_fifo_consume(&reader->buffer, has_newline ? consumed + 1 : there);
    if (reader->is_paused && async_fifo_count(&reader->buffer) <= reader->limit) {
        resume(reader);
    }
}

bool async_reader_readline(struct async_reader *reader, struct async_bytes *bytes,
                           struct async_error *error) {
    struct async_error cause = {.kind = ASYNC_OK};
    if (async_reader_readuntil(reader, "\n", 1, bytes, &cause) ||
        cause.kind == ASYNC_INCOMPLETE_READ) {
        return true;
    }
    if (cause.kind == ASYNC_LIMIT_OVERRUN) {
        drop_line(reader, (size_t)cause.code);
        cause.kind = ASYNC_INVALID_ARGUMENT;
        cause.code = 0;
    }
    return async_error_copy(error, &cause);
}

bool async_reader_at_eof(const struct async_reader *reader) {
    return reader->is_eof && async_fifo_count(&reader->buffer) == 0;
}

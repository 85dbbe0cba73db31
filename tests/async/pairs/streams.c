/* Streams: ends, limits, waiting, and calls after close(). */
#include "tests/async/pairs/pair.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>

struct line {
    struct async_reader *reader;
    struct async_writer *writer;
    struct async_bytes bytes;
    int peer;
};

static bool open_line(struct line *line, size_t limit, struct async_error *error) {
    int pair[2];
    OPEN_PAIR(pair);
    *line = (struct line){.peer = pair[1]};
    return async_open_connection_socket(pair[0], limit, &line->reader, &line->writer,
                                        error);
}

static void say(const struct line *line, const char *text) {
    cr_assert_eq(write(line->peer, text, strlen(text)), (ssize_t)strlen(text));
}

static void leave(struct line *line) {
    if (line->peer >= 0) {
        close(line->peer);
    }
    line->peer = -1;
}

static bool hang_up(struct line *line) {
    leave(line);
    async_writer_release(line->writer);
    async_bytes_free(&line->bytes);
    return true;
}

static void trace_error(const char *before, const struct async_error *error) {
    if (error->kind == ASYNC_SYSTEM) {
        trace("%sOSError %d", before, error->code);
    } else {
        trace("%s%s", before, async_error_name(error->kind));
    }
}

/* How a read into line->bytes ended. */
static void show(struct line *line, bool ok, struct async_error *error) {
    if (ok) {
        trace("got %s", line->bytes.count > 0 ? line->bytes.data : "");
    } else if (error->kind == ASYNC_INCOMPLETE_READ) {
        trace("IncompleteReadError: %s | %s", error->message, line->bytes.data);
    } else if (error->kind == ASYNC_LIMIT_OVERRUN) {
        trace("LimitOverrunError: %s | %d", error->message, error->code);
    } else {
        trace_error("", error);
    }
    async_error_clear(error);
}

static void show_read(struct line *line, size_t count, struct async_error *error) {
    show(line, async_reader_read(line->reader, count, &line->bytes, error), error);
}

static void show_exactly(struct line *line, size_t count, struct async_error *error) {
    show(line, async_reader_readexactly(line->reader, count, &line->bytes, error),
         error);
}

static void show_until(struct line *line, const char *end, struct async_error *error) {
    show(line,
         async_reader_readuntil(line->reader, end, strlen(end), &line->bytes, error),
         error);
}

static void show_line(struct line *line, struct async_error *error) {
    show(line, async_reader_readline(line->reader, &line->bytes, error), error);
}

PAIR(streams, read_gives_the_bytes_that_are_there_and_then_none) {
    struct line line;
    if (!open_line(&line, 0, error)) {
        return false;
    }
    say(&line, "abcdef");
    show_read(&line, 4, error);
    show_read(&line, 0, error);
    show_read(&line, 100, error);
    trace("at eof %d", async_reader_at_eof(line.reader));
    leave(&line);
    show_read(&line, 100, error);
    trace("at eof %d", async_reader_at_eof(line.reader));
    show_read(&line, ASYNC_TO_EOF, error);
    return hang_up(&line);
}

PAIR(streams, an_end_leaves_readexactly_with_less) {
    struct line line;
    if (!open_line(&line, 0, error)) {
        return false;
    }
    say(&line, "0123456789");
    show_exactly(&line, 8, error);
    leave(&line);
    show_exactly(&line, 3, error);
    show_exactly(&line, 0, error);
    show_exactly(&line, 1, error);
    return hang_up(&line);
}

PAIR(streams, an_end_leaves_readuntil_with_less) {
    struct line line;
    if (!open_line(&line, 0, error)) {
        return false;
    }
    say(&line, "one--two-");
    leave(&line);
    show_until(&line, "--", error);
    show_until(&line, "--", error);
    show_until(&line, "--", error);
    show_until(&line, "", error);
    return hang_up(&line);
}

PAIR(streams, readuntil_leaves_bytes_over_the_limit) {
    struct line line;
    if (!open_line(&line, 4, error)) {
        return false;
    }
    say(&line, "123456\nab\n");
    show_until(&line, "\n", error);
    show_exactly(&line, 7, error);
    show_until(&line, "\n", error);
    say(&line, "1234567");
    show_until(&line, "\n", error);
    show_exactly(&line, 7, error);
    return hang_up(&line);
}

PAIR(streams, readline_drops_a_line_over_the_limit) {
    struct line line;
    if (!open_line(&line, 4, error)) {
        return false;
    }
    say(&line, "123456\nab\n");
    show_line(&line, error);
    show_line(&line, error);
    say(&line, "12345678");
    show_line(&line, error);
    say(&line, "x\nlast");
    leave(&line);
    show_line(&line, error);
    show_line(&line, error);
    show_line(&line, error);
    return hang_up(&line);
}

ACTOR(read_three) {
    show_read(self->thing, 3, error);
    return true;
}

PAIR(streams, one_task_reads_at_a_time) {
    struct line line;
    if (!open_line(&line, 0, error)) {
        return false;
    }
    struct async_awaitable *first = async_create_task(AS(read_three, "a", &line));
    bool ok = turns(1, error);
    show_read(&line, 3, error);
    say(&line, "abc");
    ok = ok && async_await(first, NULL, error);
    async_release(first);
    return hang_up(&line) && ok;
}

ACTOR(read_exactly_three) {
    struct line *line = self->thing;
    return async_reader_readexactly(line->reader, 3, &line->bytes, error);
}

PAIR(streams, a_cancelled_read_takes_no_bytes) {
    struct line line;
    if (!open_line(&line, 0, error)) {
        return false;
    }
    struct async_awaitable *first =
        async_create_task(AS(read_exactly_three, "a", &line));
    say(&line, "ab");
    bool ok = turns(5, error);
    async_cancel(first);
    if (!async_await(first, NULL, error)) {
        trace_error("", error);
        async_error_clear(error);
    }
    async_release(first);
    say(&line, "c");
    show_exactly(&line, 3, error);
    return hang_up(&line) && ok;
}

PAIR(streams, after_close_writes_are_ignored_and_drain_fails) {
    struct line line;
    char got[10];
    if (!open_line(&line, 0, error)) {
        return false;
    }
    async_writer_close(line.writer);
    async_writer_close(line.writer);
    trace("closing %d", async_writer_is_closing(line.writer));
    bool ok = async_writer_write(line.writer, "x", 1, error);
    if (!async_writer_drain(line.writer, error)) {
        trace("%s %.15s", error->code == ECONNRESET ? "reset" : "", error->message);
        async_error_clear(error);
    }
    ok = ok && async_writer_wait_closed(line.writer, error);
    trace("peer got %zd", read(line.peer, got, sizeof got));
    show_read(&line, 1, error);
    return hang_up(&line) && ok;
}

PAIR(streams, nothing_is_written_after_the_end) {
    struct line line;
    char one[] = "one ", two[] = "two", got[100] = "";
    struct iovec parts[] = {{one, 4}, {NULL, 0}, {two, 3}};
    if (!open_line(&line, 0, error)) {
        return false;
    }
    bool ok = async_writer_writelines(line.writer, parts, 3, error);
    trace("can %d", async_writer_can_write_eof(line.writer));
    async_writer_write_eof(line.writer);
    async_writer_write_eof(line.writer);
    cr_assert_gt(read(line.peer, got, sizeof got - 1), 0);
    trace("peer got %s %zd", got, read(line.peer, one, 1));
    if (!async_writer_write(line.writer, "x", 1, error)) {
        trace("%s %s", async_error_name(error->kind), error->message);
        async_error_clear(error);
    }
    say(&line, "still heard");
    show_read(&line, 100, error);
    return hang_up(&line) && ok;
}

/* -- Flow control ------------------------------------------------------------------ */

enum { MUCH = 1 << 20 };
static const char much[MUCH];

ACTOR(drain) {
    struct line *line = self->thing;
    bool ok = async_writer_drain(line->writer, error);
    if (ok) {
        trace("%s drained", self->name);
    }
    return ok;
}

PAIR(streams, drain_waits_for_the_peer) {
    struct line line;
    static char got[1 << 16];
    if (!open_line(&line, 0, error) ||
        !async_writer_write(line.writer, much, MUCH, error)) {
        return false;
    }
    fcntl(line.peer, F_SETFL, O_NONBLOCK);
    struct async_awaitable *a = async_create_task(AS(drain, "a", &line));
    struct async_awaitable *b = async_create_task(AS(drain, "b", &line));
    bool ok = turns(3, error);
    trace("waits %d", !async_done(a));
    size_t count = 0;
    while (ok && count < MUCH) {
        ssize_t some = read(line.peer, got, sizeof got);
        if (some < 0) {
            ok = turns(1, error);
        } else {
            count += (size_t)some;
        }
    }
    ok = ok && async_gather(ASYNC_LIST(a, b), false, NULL, error);
    trace("all %zu", count);
    async_release(a);
    async_release(b);
    return hang_up(&line) && ok;
}

PAIR(streams, drain_fails_if_the_peer_closes) {
    struct line line;
    if (!open_line(&line, 0, error) ||
        !async_writer_write(line.writer, much, MUCH, error)) {
        return false;
    }
    struct async_awaitable *task = async_create_task(AS(drain, "a", &line));
    bool ok = turns(3, error);
    leave(&line);
    show(&line, async_await(task, NULL, error), error);
    async_release(task);
    if (!async_writer_wait_closed(line.writer, error)) {
        trace_error("closed ", error);
        async_error_clear(error);
    }
    if (!async_writer_drain(line.writer, error)) {
        trace_error("again ", error);
        async_error_clear(error);
    }
    show_read(&line, 1, error);
    return hang_up(&line) && ok;
}

/* -- A server ---------------------------------------------------------------------- */

static bool receive(struct async_reader *reader, struct async_writer *writer,
                    void *argument, struct async_error *error) {
    struct async_bytes name = {.data = NULL};
    (void)argument;
    bool ok = async_reader_readline(reader, &name, error);
    trace("came %.1s", name.data);
    ok = ok && async_writer_write(writer, "hello ", 6, error) &&
         async_writer_write(writer, name.data, name.count, error);
    async_writer_close(writer);
    ok = ok && async_writer_wait_closed(writer, error);
    trace("went %.1s", name.data);
    async_bytes_free(&name);
    return ok;
}

static bool visit(const char *name, int port, struct async_error *error) {
    struct line line = {.peer = -1};
    if (!async_open_connection("127.0.0.1", port, 0, &line.reader, &line.writer,
                               error)) {
        return false;
    }
    bool ok = async_writer_write(line.writer, name, 2, error);
    show_line(&line, error);
    show_read(&line, ASYNC_TO_EOF, error);
    async_writer_close(line.writer);
    ok = ok && async_writer_wait_closed(line.writer, error);
    return hang_up(&line) && ok;
}

PAIR(streams, a_server_gives_each_connection_a_task) {
    struct async_server *server;
    if (!async_start_server(receive, NULL, "127.0.0.1", 0, NULL, &server, error)) {
        return false;
    }
    int port = async_server_get_port(server);
    trace("serving %d", async_server_is_serving(server));
    bool ok = visit("a\n", port, error) && visit("b\n", port, error);
    async_server_close(server);
    trace("serving %d", async_server_is_serving(server));
    if (!visit("c\n", port, error)) {
        trace_error("", error);
        async_error_clear(error);
    }
    async_server_release(server);
    return ok;
}

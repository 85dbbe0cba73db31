/* async/stream/reader.c: what comes in, in the pieces that are asked for. */
#include "tests/async/loopback.h"

#include <errno.h>
#include <string.h>

/* A reader at one end, a plain socket at the other. */
struct line {
    int peer;
    struct async_reader *reader;
    struct async_writer *writer;
    struct async_bytes bytes;
};

static bool open_line(struct line *line, size_t limit, struct async_error *error) {
    int pair[2];
    OPEN_PAIR(pair);
    *line = (struct line){.peer = pair[1]};
    return async_open_connection_socket(pair[0], limit, &line->reader, &line->writer,
                                        error);
}

static void say(struct line *line, const char *text) {
    cr_assert_eq(write(line->peer, text, strlen(text)), (ssize_t)strlen(text));
}

static void hang_up(struct line *line) {
    close(line->peer);
    line->peer = -1;
}

static void close_line(struct line *line) {
    if (line->peer >= 0) {
        close(line->peer);
    }
    async_writer_release(line->writer);
    async_bytes_free(&line->bytes);
}

/* -- read ------------------------------------------------------------------------ */

static bool read_parts(void *argument, void **value, struct async_error *error) {
    struct line line;
    (void)argument, (void)value;
    GOES_WELL(open_line(&line, 0, error));
    say(&line, "abcdef");
    GOES_WELL(async_reader_read(line.reader, 4, &line.bytes, error));
    cr_expect_str_eq(line.bytes.data, "abcd");
    GOES_WELL(async_reader_read(line.reader, 0, &line.bytes, error));
    cr_expect_eq(line.bytes.count, 0);
    GOES_WELL(async_reader_read(line.reader, 100, &line.bytes, error));
    cr_expect_str_eq(line.bytes.data, "ef");
    cr_expect_not(async_reader_at_eof(line.reader));
    hang_up(&line);
    GOES_WELL(async_reader_read(line.reader, 100, &line.bytes, error));
    cr_expect_eq(line.bytes.count, 0);
    cr_expect(async_reader_at_eof(line.reader));
    close_line(&line);
    return true;
}

Test(async_reader, read_gives_what_is_there) {
    run_cleanly(read_parts, NULL);
}

static bool read_all(void *argument, void **value, struct async_error *error) {
    struct line line;
    (void)argument, (void)value;
    GOES_WELL(open_line(&line, 4, error));
    say(&line, "more than the limit, and than twice as much");
    hang_up(&line);
    GOES_WELL(async_reader_read(line.reader, ASYNC_TO_EOF, &line.bytes, error));
    cr_expect_str_eq(line.bytes.data, "more than the limit, and than twice as much");
    close_line(&line);
    return true;
}

Test(async_reader, reading_to_the_end_is_not_limited) {
    run_cleanly(read_all, NULL);
}

/* -- readexactly ----------------------------------------------------------------- */

static bool read_exactly(void *argument, void **value, struct async_error *error) {
    struct line line;
    (void)argument, (void)value;
    GOES_WELL(open_line(&line, 2, error));
    say(&line, "0123456789");
    GOES_WELL(async_reader_readexactly(line.reader, 8, &line.bytes, error));
    cr_expect_str_eq(line.bytes.data, "01234567");
    hang_up(&line);
    cr_expect_not(async_reader_readexactly(line.reader, 3, &line.bytes, error));
    cr_expect_eq(error->kind, ASYNC_INCOMPLETE_READ);
    cr_expect_str_eq(error->message, "2 bytes read on a total of 3 expected bytes");
    cr_expect_str_eq(line.bytes.data, "89");
    close_line(&line);
    return true;
}

Test(async_reader, readexactly_gives_the_rest_where_the_end_comes_first) {
    run_cleanly(read_exactly, NULL);
}

/* -- readuntil and readline ------------------------------------------------------ */

static bool read_until(void *argument, void **value, struct async_error *error) {
    struct line line;
    (void)argument, (void)value;
    GOES_WELL(open_line(&line, 0, error));
    say(&line, "one--tw");
    GOES_WELL(async_reader_readuntil(line.reader, "--", 2, &line.bytes, error));
    cr_expect_str_eq(line.bytes.data, "one--");
    say(&line, "o-");
    GOES_WELL(async_sleep(NS_PER_MS, error)); /* the separator comes in two pieces */
    say(&line, "-three");
    GOES_WELL(async_reader_readuntil(line.reader, "--", 2, &line.bytes, error));
    cr_expect_str_eq(line.bytes.data, "two--");
    hang_up(&line);
    FAILS_WITH(ASYNC_INCOMPLETE_READ,
               async_reader_readuntil(line.reader, "--", 2, &line.bytes, error));
    cr_expect_str_eq(line.bytes.data, "three");
    FAILS_WITH(ASYNC_INVALID_ARGUMENT,
               async_reader_readuntil(line.reader, "", 0, &line.bytes, error));
    close_line(&line);
    return true;
}

Test(async_reader, readuntil_finds_a_separator_in_two_pieces) {
    run_cleanly(read_until, NULL);
}

static bool overrun(void *argument, void **value, struct async_error *error) {
    struct line line;
    (void)argument, (void)value;
    GOES_WELL(open_line(&line, 4, error));
    say(&line, "123456\nab\n");
    cr_expect_not(async_reader_readuntil(line.reader, "\n", 1, &line.bytes, error));
    cr_expect_eq(error->kind, ASYNC_LIMIT_OVERRUN);
    cr_expect_eq(error->code, 6);
    FAILS_WITH(ASYNC_INVALID_ARGUMENT,
               async_reader_readline(line.reader, &line.bytes, error));
    GOES_WELL(async_reader_readline(line.reader, &line.bytes, error));
    cr_expect_str_eq(line.bytes.data, "ab\n", "the long line is gone, and no more");
    say(&line, "1234567");
    FAILS_WITH(ASYNC_LIMIT_OVERRUN,
               async_reader_readuntil(line.reader, "\n", 1, &line.bytes, error));
    GOES_WELL(async_reader_readexactly(line.reader, 7, &line.bytes, error));
    cr_expect_str_eq(line.bytes.data, "1234567", "readuntil leaves it where it is");
    close_line(&line);
    return true;
}

Test(async_reader, a_line_over_the_limit_is_refused) {
    run_cleanly(overrun, NULL);
}

static bool read_lines(void *argument, void **value, struct async_error *error) {
    struct line line;
    (void)argument, (void)value;
    GOES_WELL(open_line(&line, 0, error));
    say(&line, "one\n\nlast");
    hang_up(&line);
    const char *expected[] = {"one\n", "\n", "last", ""};
    for (size_t i = 0; i < 4; i++) {
        GOES_WELL(async_reader_readline(line.reader, &line.bytes, error));
        cr_expect_str_eq(line.bytes.data, expected[i]);
    }
    close_line(&line);
    return true;
}

Test(async_reader, the_last_line_needs_no_newline) {
    run_cleanly(read_lines, NULL);
}

/* -- Who waits ------------------------------------------------------------------- */

static bool read_one(void *argument, void **value, struct async_error *error) {
    struct line *line = argument;
    (void)value;
    return async_reader_readexactly(line->reader, 3, &line->bytes, error);
}

static bool read_twice(void *argument, void **value, struct async_error *error) {
    struct line line;
    struct async_bytes bytes = {.data = NULL};
    (void)argument, (void)value;
    GOES_WELL(open_line(&line, 0, error));
    struct async_awaitable *first = async_create_task(async_coroutine(read_one, &line));
    GOES_WELL(async_sleep(0, error));
    FAILS_WITH(ASYNC_RUNTIME, async_reader_read(line.reader, 1, &bytes, error));
    say(&line, "ab");
    GOES_WELL(async_sleep(NS_PER_MS, error));
    async_cancel(first);
    FAILS_WITH(ASYNC_CANCELLED, async_await(first, NULL, error));
    say(&line, "c");
    GOES_WELL(async_reader_readexactly(line.reader, 3, &bytes, error));
    cr_expect_str_eq(bytes.data, "abc", "a cancelled read takes nothing along");
    async_release(first);
    async_bytes_free(&bytes);
    close_line(&line);
    return true;
}

Test(async_reader, one_task_reads_at_a_time_and_may_be_cancelled) {
    run_cleanly(read_twice, NULL);
}

static bool hold_up(void *argument, void **value, struct async_error *error) {
    struct line line;
    char much[4096];
    (void)argument, (void)value;
    memset(much, 'x', sizeof much);
    GOES_WELL(open_line(&line, 100, error));
    cr_assert_eq(write(line.peer, much, sizeof much), (ssize_t)sizeof much);
    GOES_WELL(async_sleep(NS_PER_MS, error));
    struct async_transport *transport = async_writer_transport(line.writer);
    cr_expect_not(async_transport_is_reading(transport), "over twice the limit");
    GOES_WELL(async_reader_read(line.reader, sizeof much - 101, &line.bytes, error));
    cr_expect_not(async_transport_is_reading(transport), "over the limit still");
    GOES_WELL(async_reader_read(line.reader, 1, &line.bytes, error));
    cr_expect(async_transport_is_reading(transport));
    close_line(&line);
    return true;
}

Test(async_reader, a_peer_that_says_too_much_is_held_up) {
    run_cleanly(hold_up, NULL);
}

/* -- Ends ------------------------------------------------------------------------ */

static bool meet_a_reset(struct async_reader *reader, struct async_writer *writer,
                         void *argument, struct async_error *error) {
    struct linger linger = {.l_onoff = 1, .l_linger = 0};
    (void)argument, (void)error, (void)reader;
    setsockopt(async_transport_get_fd(async_writer_transport(writer)), SOL_SOCKET,
               SO_LINGER, &linger, sizeof linger);
    async_transport_abort(async_writer_transport(writer));
    return true;
}

static bool be_reset(void *argument, void **value, struct async_error *error) {
    struct async_server *server;
    struct line line = {.peer = -1};
    (void)argument, (void)value;
    GOES_WELL(
        async_start_server(meet_a_reset, NULL, "127.0.0.1", 0, NULL, &server, error));
    GOES_WELL(async_open_connection("127.0.0.1", async_server_get_port(server), 0,
                                    &line.reader, &line.writer, error));
    cr_expect_not(async_reader_read(line.reader, 1, &line.bytes, error));
    cr_expect_eq(error->kind, ASYNC_SYSTEM);
    cr_expect_eq(error->code, ECONNRESET);
    async_error_clear(error);
    cr_expect_not(async_reader_readline(line.reader, &line.bytes, error), "again");
    cr_expect_eq(error->code, ECONNRESET);
    async_error_clear(error);
    cr_expect_not(async_writer_drain(line.writer, error));
    cr_expect_eq(error->code, ECONNRESET);
    async_error_clear(error);
    cr_expect_not(async_writer_wait_closed(line.writer, error));
    cr_expect_eq(error->code, ECONNRESET);
    close_line(&line);
    async_server_close(server);
    async_server_release(server);
    return true;
}

Test(async_reader, a_reset_fails_all_that_follow) {
    run_cleanly(be_reset, NULL);
}

static bool wait_for_ever(void *argument, void **value, struct async_error *error) {
    struct waiting *waiting = argument;
    struct line line;
    (void)value;
    GOES_WELL(open_line(&line, 0, error));
    waiting->is_waiting = true;
    bool ok = async_reader_read(line.reader, 1, &line.bytes, error);
    waiting->ended_with = error->kind;
    close_line(&line);
    return ok;
}

Test(async_reader, a_loop_closes_under_who_reads) {
    close_under(wait_for_ever, NULL);
}

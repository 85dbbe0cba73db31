/* async/stream/reader.c: reading in the pieces that a task asks for. */
#include "tests/async/support.h"

#include <errno.h>
#include <string.h>

/* A line has a reader at one end and a plain socket at the other. */
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

/* -- read -------------------------------------------------------------------------- */

REAL_TIME_TEST(async_reader, read_gives_the_bytes_that_are_there) {
    struct line line;
    SUCCEEDS(open_line(&line, 0, error));
    say(&line, "abcdef");
    SUCCEEDS(async_reader_read(line.reader, 4, &line.bytes, error));
    cr_expect_str_eq(line.bytes.data, "abcd");
    SUCCEEDS(async_reader_read(line.reader, 0, &line.bytes, error));
    cr_expect_eq(line.bytes.count, 0);
    SUCCEEDS(async_reader_read(line.reader, 100, &line.bytes, error));
    cr_expect_str_eq(line.bytes.data, "ef");
    cr_expect_not(async_reader_at_eof(line.reader));
    hang_up(&line);
    SUCCEEDS(async_reader_read(line.reader, 100, &line.bytes, error));
    cr_expect_eq(line.bytes.count, 0);
    cr_expect(async_reader_at_eof(line.reader));
    close_line(&line);
    return true;
}

REAL_TIME_TEST(async_reader, reading_to_the_end_has_no_limit) {
    struct line line;
    SUCCEEDS(open_line(&line, 4, error));
    say(&line, "more than the limit, and than twice as much");
    hang_up(&line);
    SUCCEEDS(async_reader_read(line.reader, ASYNC_TO_EOF, &line.bytes, error));
    cr_expect_str_eq(line.bytes.data, "more than the limit, and than twice as much");
    close_line(&line);
    return true;
}

/* -- readexactly ------------------------------------------------------------------- */

REAL_TIME_TEST(async_reader, readexactly_gives_the_rest_if_the_end_comes_first) {
    struct line line;
    SUCCEEDS(open_line(&line, 2, error));
    say(&line, "0123456789");
    SUCCEEDS(async_reader_readexactly(line.reader, 8, &line.bytes, error));
    cr_expect_str_eq(line.bytes.data, "01234567");
    hang_up(&line);
    FAILS_WITH(ASYNC_INCOMPLETE_READ,
               async_reader_readexactly(line.reader, 3, &line.bytes, error));
    cr_expect_str_eq(error->message, "2 bytes read on a total of 3 expected bytes");
    cr_expect_str_eq(line.bytes.data, "89");
    close_line(&line);
    return true;
}

/* -- readuntil and readline -------------------------------------------------------- */

REAL_TIME_TEST(async_reader, readuntil_finds_a_separator_that_arrives_in_two_pieces) {
    struct line line;
    SUCCEEDS(open_line(&line, 0, error));
    say(&line, "one--tw");
    SUCCEEDS(async_reader_readuntil(line.reader, "--", 2, &line.bytes, error));
    cr_expect_str_eq(line.bytes.data, "one--");
    say(&line, "o-");
    SUCCEEDS(async_sleep(NS_PER_MS, error)); /* the separator arrives in two pieces */
    say(&line, "-three");
    SUCCEEDS(async_reader_readuntil(line.reader, "--", 2, &line.bytes, error));
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

REAL_TIME_TEST(async_reader, a_line_over_the_limit_is_refused) {
    struct line line;
    SUCCEEDS(open_line(&line, 4, error));
    say(&line, "123456\nab\n");
    FAILS_WITH(ASYNC_LIMIT_OVERRUN,
               async_reader_readuntil(line.reader, "\n", 1, &line.bytes, error));
    cr_expect_eq(error->code, 6);
    FAILS_WITH(ASYNC_INVALID_ARGUMENT,
               async_reader_readline(line.reader, &line.bytes, error));
    SUCCEEDS(async_reader_readline(line.reader, &line.bytes, error));
    cr_expect_str_eq(line.bytes.data, "ab\n", "more than the long line is gone");
    say(&line, "1234567");
    FAILS_WITH(ASYNC_LIMIT_OVERRUN,
               async_reader_readuntil(line.reader, "\n", 1, &line.bytes, error));
    SUCCEEDS(async_reader_readexactly(line.reader, 7, &line.bytes, error));
    cr_expect_str_eq(line.bytes.data, "1234567", "readuntil() took bytes");
    close_line(&line);
    return true;
}

REAL_TIME_TEST(async_reader, the_last_line_needs_no_newline) {
    struct line line;
    SUCCEEDS(open_line(&line, 0, error));
    say(&line, "one\n\nlast");
    hang_up(&line);
    const char *expected[] = {"one\n", "\n", "last", ""};
    for (size_t i = 0; i < 4; i++) {
        SUCCEEDS(async_reader_readline(line.reader, &line.bytes, error));
        cr_expect_str_eq(line.bytes.data, expected[i]);
    }
    close_line(&line);
    return true;
}

/* -- Waiting ----------------------------------------------------------------------- */

ASYNC_FUNCTION(read_one) {
    struct line *line = argument;
    return async_reader_readexactly(line->reader, 3, &line->bytes, error);
}

REAL_TIME_TEST(async_reader, one_task_reads_at_a_time_and_may_be_cancelled) {
    struct line line;
    struct async_bytes bytes = {.data = NULL};
    SUCCEEDS(open_line(&line, 0, error));
    struct async_awaitable *first = NEW_TASK(read_one, &line);
    SUCCEEDS(async_sleep(0, error));
    FAILS_WITH(ASYNC_RUNTIME, async_reader_read(line.reader, 1, &bytes, error));
    say(&line, "ab");
    SUCCEEDS(async_sleep(NS_PER_MS, error));
    async_cancel(first);
    FAILS_WITH(ASYNC_CANCELLED, async_await(first, NULL, error));
    say(&line, "c");
    SUCCEEDS(async_reader_readexactly(line.reader, 3, &bytes, error));
    cr_expect_str_eq(bytes.data, "abc", "a cancelled read took bytes");
    async_release(first);
    async_bytes_free(&bytes);
    close_line(&line);
    return true;
}

REAL_TIME_TEST(async_reader, reading_pauses_over_the_limit) {
    struct line line;
    char much[4096];
    memset(much, 'x', sizeof much);
    SUCCEEDS(open_line(&line, 100, error));
    cr_assert_eq(write(line.peer, much, sizeof much), (ssize_t)sizeof much);
    SUCCEEDS(async_sleep(NS_PER_MS, error));
    struct async_transport *transport = async_writer_transport(line.writer);
    cr_expect_not(async_transport_is_reading(transport),
                  "it reads with over twice the limit unread");
    SUCCEEDS(async_reader_read(line.reader, sizeof much - 101, &line.bytes, error));
    cr_expect_not(async_transport_is_reading(transport),
                  "it reads with over the limit unread");
    SUCCEEDS(async_reader_read(line.reader, 1, &line.bytes, error));
    cr_expect(async_transport_is_reading(transport));
    close_line(&line);
    return true;
}

/* -- Ends -------------------------------------------------------------------------- */

static bool meet_a_reset(struct async_reader *reader, struct async_writer *writer,
                         void *argument, struct async_error *error) {
    struct linger linger = {.l_onoff = 1, .l_linger = 0};
    (void)argument, (void)error, (void)reader;
    setsockopt(async_transport_get_fd(async_writer_transport(writer)), SOL_SOCKET,
               SO_LINGER, &linger, sizeof linger);
    async_transport_abort(async_writer_transport(writer));
    return true;
}

REAL_TIME_TEST(async_reader, a_reset_fails_all_later_calls) {
    struct async_server *server;
    struct line line = {.peer = -1};
    SUCCEEDS(
        async_start_server(meet_a_reset, NULL, "127.0.0.1", 0, NULL, &server, error));
    SUCCEEDS(async_open_connection("127.0.0.1", async_server_get_port(server), 0,
                                   &line.reader, &line.writer, error));
    FAILS_WITH(ASYNC_SYSTEM, async_reader_read(line.reader, 1, &line.bytes, error));
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

ASYNC_FUNCTION(wait_until_closed) {
    struct waiting *waiting = argument;
    struct line line;
    SUCCEEDS(open_line(&line, 0, error));
    waiting->is_waiting = true;
    bool ok = async_reader_read(line.reader, 1, &line.bytes, error);
    waiting->ended_with = error->kind;
    close_line(&line);
    return ok;
}

Test(async_reader, a_loop_may_close_while_a_task_reads) {
    close_under(wait_until_closed, NULL);
}

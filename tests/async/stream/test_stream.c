/* async/stream/stream.c: connections for tasks. */
#include "tests/async/loopback.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

/* -- A server and a client -------------------------------------------------------- */

static bool echo(struct async_reader *reader, struct async_writer *writer,
                 void *argument, struct async_error *error) {
    struct async_bytes line = {.data = NULL};
    bool ok;
    (void)argument;
    while ((ok = async_reader_readline(reader, &line, error)) && line.count > 0) {
        ok = async_writer_write(writer, line.data, line.count, error) &&
             async_writer_drain(writer, error);
        if (!ok) {
            break;
        }
    }
    async_bytes_free(&line);
    return ok;
}

static bool talk(void *argument, void **value, struct async_error *error) {
    struct async_server *server;
    struct async_reader *reader;
    struct async_writer *writer;
    struct async_bytes line = {.data = NULL};
    (void)argument, (void)value;
    GOES_WELL(async_start_server(echo, NULL, "127.0.0.1", 0, NULL, &server, error));
    GOES_WELL(async_open_connection("127.0.0.1", async_server_get_port(server), 0,
                                    &reader, &writer, error));
    GOES_WELL(async_writer_write(writer, "one\ntwo\n", 8, error));
    GOES_WELL(async_reader_readline(reader, &line, error));
    cr_expect_str_eq(line.data, "one\n");
    GOES_WELL(async_reader_readline(reader, &line, error));
    cr_expect_str_eq(line.data, "two\n");
    async_writer_write_eof(writer);
    GOES_WELL(async_reader_read(reader, ASYNC_TO_EOF, &line, error));
    cr_expect_eq(line.count, 0);
    cr_expect(async_reader_at_eof(reader));
    async_writer_close(writer);
    GOES_WELL(async_writer_wait_closed(writer, error));
    async_writer_release(writer);
    async_bytes_free(&line);
    async_server_close(server);
    GOES_WELL(async_server_wait_closed(server, error));
    async_server_release(server);
    return true;
}

Test(async_stream, what_is_sent_comes_back) {
    run_cleanly(talk, NULL);
}

static bool only_write(void *argument, void **value, struct async_error *error) {
    struct async_server *server;
    struct async_writer *writer;
    (void)argument, (void)value;
    GOES_WELL(async_start_server(echo, NULL, "127.0.0.1", 0, NULL, &server, error));
    GOES_WELL(async_open_connection("127.0.0.1", async_server_get_port(server), 0, NULL,
                                    &writer, error));
    GOES_WELL(async_writer_write(writer, "one\n", 4, error));
    async_writer_release(writer);
    async_server_close(server);
    GOES_WELL(async_server_wait_closed(server, error));
    async_server_release(server);
    return true;
}

Test(async_stream, a_socket_is_given_away_where_no_loop_runs_too) {
    struct async_error error = {.kind = ASYNC_OK};
    int before = count_descriptors();
    int pair[2];
    cr_assert_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    cr_expect_not(async_open_connection_socket(pair[0], 0, NULL, NULL, &error));
    cr_expect_eq(error.kind, ASYNC_RUNTIME);
    close(pair[1]);
    cr_expect_eq(count_descriptors(), before);
}

Test(async_stream, who_only_writes_asks_for_no_reader) {
    run_cleanly(only_write, NULL);
}

/* -- Owners ------------------------------------------------------------------------ */

static bool retain_one(void *argument, void **value, struct async_error *error) {
    int pair[2];
    struct async_writer *writer;
    char got;
    (void)argument, (void)value;
    OPEN_PAIR(pair);
    GOES_WELL(async_open_connection_socket(pair[0], 0, NULL, &writer, error));
    async_writer_retain(writer);
    async_writer_release(writer);
    cr_expect_not(async_writer_is_closing(writer));
    GOES_WELL(async_writer_write(writer, "x", 1, error));
    cr_expect_eq(read(pair[1], &got, 1), 1);
    async_writer_release(writer);
    close(pair[1]);
    async_writer_release(NULL);
    return true;
}

Test(async_stream, the_last_owner_closes_it) {
    run_cleanly(retain_one, NULL);
}

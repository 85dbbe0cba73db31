/* async/stream/stream.c: connections as readers and writers. */
#include "tests/async/support.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

/* -- A server and a client --------------------------------------------------------- */

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

REAL_TIME_TEST(async_stream, an_echo_server_sends_every_line_back) {
    struct async_server *server;
    struct async_reader *reader;
    struct async_writer *writer;
    struct async_bytes line = {.data = NULL};
    SUCCEEDS(async_start_server(echo, NULL, "127.0.0.1", 0, NULL, &server, error));
    SUCCEEDS(async_open_connection("127.0.0.1", async_server_get_port(server), 0,
                                   &reader, &writer, error));
    SUCCEEDS(async_writer_write(writer, "one\ntwo\n", 8, error));
    SUCCEEDS(async_reader_readline(reader, &line, error));
    cr_expect_str_eq(line.data, "one\n");
    SUCCEEDS(async_reader_readline(reader, &line, error));
    cr_expect_str_eq(line.data, "two\n");
    async_writer_write_eof(writer);
    SUCCEEDS(async_reader_read(reader, ASYNC_TO_EOF, &line, error));
    cr_expect_eq(line.count, 0);
    cr_expect(async_reader_at_eof(reader));
    async_writer_close(writer);
    SUCCEEDS(async_writer_wait_closed(writer, error));
    async_writer_release(writer);
    async_bytes_free(&line);
    async_server_close(server);
    SUCCEEDS(async_server_wait_closed(server, error));
    async_server_release(server);
    return true;
}

REAL_TIME_TEST(async_stream, a_task_that_only_writes_needs_no_reader) {
    struct async_server *server;
    struct async_writer *writer;
    SUCCEEDS(async_start_server(echo, NULL, "127.0.0.1", 0, NULL, &server, error));
    SUCCEEDS(async_open_connection("127.0.0.1", async_server_get_port(server), 0, NULL,
                                   &writer, error));
    SUCCEEDS(async_writer_write(writer, "one\n", 4, error));
    async_writer_release(writer);
    async_server_close(server);
    SUCCEEDS(async_server_wait_closed(server, error));
    async_server_release(server);
    return true;
}

Test(async_stream, without_a_running_loop_the_socket_is_closed) {
    struct async_error error = {.kind = ASYNC_OK};
    int before = count_descriptors();
    int pair[2];
    OPEN_PAIR(pair);
    FAILS_WITH(ASYNC_RUNTIME,
               async_open_connection_socket(pair[0], 0, NULL, NULL, &error));
    close(pair[1]);
    cr_expect_eq(count_descriptors(), before);
}

/* -- Owners ------------------------------------------------------------------------ */

REAL_TIME_TEST(async_stream, the_last_owner_closes_it) {
    int pair[2];
    struct async_writer *writer;
    char got;
    OPEN_PAIR(pair);
    SUCCEEDS(async_open_connection_socket(pair[0], 0, NULL, &writer, error));
    async_writer_retain(writer);
    async_writer_release(writer);
    cr_expect_not(async_writer_is_closing(writer));
    SUCCEEDS(async_writer_write(writer, "x", 1, error));
    cr_expect_eq(read(pair[1], &got, 1), 1);
    async_writer_release(writer);
    close(pair[1]);
    async_writer_release(NULL);
    return true;
}

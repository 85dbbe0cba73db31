/* async/stream/stream_server.c: a task for each connection. */
#include "tests/async/support.h"

#include <errno.h>
#include <netinet/in.h>
#include <string.h>

struct guests {
    int came;
    int went;
    bool never_leave;
    struct async_writer *kept;
};

static bool receive(struct async_reader *reader, struct async_writer *writer,
                    void *argument, struct async_error *error) {
    struct guests *guests = argument;
    struct async_bytes line = {.data = NULL};
    guests->came++;
    if (guests->kept == (void *)guests) {
        guests->kept = async_writer_retain(writer);
    }
    bool ok = async_reader_readline(reader, &line, error) &&
              async_writer_write(writer, line.data, line.count, error);
    async_bytes_free(&line);
    if (ok && guests->never_leave) {
        ok = async_sleep(1000 * NS_PER_S, error);
    }
    guests->went++;
    return ok;
}

ASYNC_FUNCTION(visit) {
    struct async_reader *reader;
    struct async_writer *writer;
    struct async_bytes line = {.data = NULL};
    SUCCEEDS(async_open_connection("127.0.0.1", *(int *)argument, 0, &reader, &writer,
                                   error));
    SUCCEEDS(async_writer_write(writer, "hello\n", 6, error));
    SUCCEEDS(async_reader_read(reader, ASYNC_TO_EOF, &line, error));
    cr_expect_str_eq(line.data, "hello\n",
                     "the writer is not closed after the handler");
    async_writer_release(writer);
    async_bytes_free(&line);
    return true;
}

enum { MANY = 200 };

REAL_TIME_TEST(async_stream_server, many_connections_have_a_handler_each) {
    struct guests guests = {.came = 0};
    struct async_server *server;
    struct async_awaitable *visits[MANY];
    SUCCEEDS(
        async_start_server(receive, &guests, "127.0.0.1", 0, NULL, &server, error));
    int port = async_server_get_port(server);
    for (int i = 0; i < MANY; i++) {
        visits[i] = NEW_TASK(visit, &port);
    }
    SUCCEEDS(async_gather(visits, MANY, false, NULL, error));
    for (int i = 0; i < MANY; i++) {
        async_release(visits[i]);
    }
    async_server_close(server);
    SUCCEEDS(async_server_wait_closed(server, error));
    cr_expect_eq(guests.came, MANY);
    cr_expect_eq(guests.went, MANY);
    async_server_release(server);
    return true;
}

/* async_run() cancels the handlers that still run at its end. */
ASYNC_FUNCTION(leave_them) {
    struct guests *guests = argument;
    struct async_server *server;
    struct async_reader *reader;
    struct async_writer *writer;
    struct async_bytes line = {.data = NULL};
    guests->never_leave = true;
    SUCCEEDS(async_start_server(receive, guests, "127.0.0.1", 0, NULL, &server, error));
    SUCCEEDS(async_open_connection("127.0.0.1", async_server_get_port(server), 0,
                                   &reader, &writer, error));
    SUCCEEDS(async_writer_write(writer, "hello\n", 6, error));
    SUCCEEDS(async_reader_readline(reader, &line, error));
    async_bytes_free(&line);
    async_writer_release(writer);
    async_server_release(server);
    return true;
}

Test(async_stream_server, handlers_that_still_run_at_the_end_are_cancelled) {
    struct guests guests = {.came = 0};
    run_cleanly(leave_them, &guests);
    cr_expect_eq(guests.went, 1);
}

REAL_TIME_TEST(async_stream_server, a_retained_writer_outlives_its_handler) {
    struct guests guests = {.came = 0};
    struct async_server *server;
    struct async_reader *reader;
    struct async_writer *writer;
    struct async_bytes bytes = {.data = NULL};
    guests.kept = (void *)&guests;
    SUCCEEDS(
        async_start_server(receive, &guests, "127.0.0.1", 0, NULL, &server, error));
    SUCCEEDS(async_open_connection("127.0.0.1", async_server_get_port(server), 0,
                                   &reader, &writer, error));
    SUCCEEDS(async_writer_write(writer, "one\n", 4, error));
    SUCCEEDS(async_reader_readline(reader, &bytes, error));
    while (guests.went == 0) {
        SUCCEEDS(async_sleep(0, error));
    }
    SUCCEEDS(async_writer_write(guests.kept, "two\n", 4, error));
    SUCCEEDS(async_reader_readline(reader, &bytes, error));
    cr_expect_str_eq(bytes.data, "two\n");
    async_writer_release(guests.kept);
    async_writer_release(writer);
    async_bytes_free(&bytes);
    async_server_close(server);
    SUCCEEDS(async_server_wait_closed(server, error));
    async_server_release(server);
    return true;
}

/* A connection that is made without the loop. */
static int connect_to(int port) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    cr_assert_eq(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
    return fd;
}

/* The loop is closed after this number of turns. By then the connection may not be
 * accepted, may not have its stream, may wait for its handler, or the handler runs. */
ASYNC_FUNCTION(wait_until_closed) {
    struct waiting *waiting = argument;
    struct guests guests = {.came = 0};
    struct async_server *server;
    SUCCEEDS(
        async_start_server(receive, &guests, "127.0.0.1", 0, NULL, &server, error));
    int fd = connect_to(async_server_get_port(server));
    for (int i = 0; i < *(int *)waiting->argument; i++) {
        SUCCEEDS(async_sleep(0, error));
    }
    waiting->is_waiting = true;
    bool ok = async_sleep(1000 * NS_PER_S, error);
    waiting->ended_with = error->kind;
    close(fd);
    async_server_release(server);
    return ok;
}

Test(async_stream_server, a_loop_may_close_at_any_turn_of_an_arriving_connection) {
    /* A loop that is never idle looks at its descriptors every 32 turns. */
    for (int count = 0; count < 40; count++) {
        close_under(wait_until_closed, &count);
    }
}

/* async/stream/writer.c: writing, and waiting until the peer has read. */
#include "tests/async/support.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { MUCH = 4 * 1024 * 1024 };

static bool open_writer(int *peer, struct async_writer **writer,
                        struct async_error *error) {
    int pair[2];
    struct async_reader *reader;
    OPEN_PAIR(pair);
    *peer = pair[1];
    return async_open_connection_socket(pair[0], 0, &reader, writer, error);
}

ASYNC_FUNCTION(read_it) {
    int peer = *(int *)argument;
    static char bytes[65536];
    ssize_t count;
    size_t all = 0;
    while ((count = read(peer, bytes, sizeof bytes)) > 0) {
        all += (size_t)count;
    }
    cr_expect_eq(all, (size_t)MUCH);
    return true;
}

REAL_TIME_TEST(async_writer, drain_waits_for_the_low_mark_and_close_for_all_bytes) {
    int peer;
    struct async_writer *writer;
    char *much = calloc(1, MUCH);
    SUCCEEDS(open_writer(&peer, &writer, error));
    struct async_transport *transport = async_writer_transport(writer);
    SUCCEEDS(async_writer_write(writer, much, MUCH, error));
    cr_expect_gt(async_transport_get_write_buffer_size(transport), 64 * 1024);
    struct async_awaitable *reading =
        async_run_in_executor(async_get_running_loop(), NULL, read_it, &peer);
    SUCCEEDS(async_writer_drain(writer, error));
    cr_expect_leq(async_transport_get_write_buffer_size(transport), 16 * 1024);
    async_writer_close(writer);
    SUCCEEDS(async_writer_wait_closed(writer, error));
    SUCCEEDS(async_await(reading, NULL, error));
    async_release(reading);
    async_writer_release(writer);
    close(peer);
    free(much);
    return true;
}

REAL_TIME_TEST(async_writer,
               writelines_joins_its_parts_and_write_eof_is_the_last_write) {
    int peer;
    struct async_writer *writer;
    char got[16] = "";
    char one[] = "one ", two[] = "two";
    struct iovec parts[] = {{one, 4}, {NULL, 0}, {two, 3}};
    SUCCEEDS(open_writer(&peer, &writer, error));
    SUCCEEDS(async_writer_writelines(writer, parts, 3, error));
    cr_expect_eq(read(peer, got, sizeof got), 7);
    cr_expect_str_eq(got, "one two");
    cr_expect(async_writer_can_write_eof(writer));
    async_writer_write_eof(writer);
    cr_expect_eq(read(peer, got, sizeof got), 0);
    FAILS_WITH(ASYNC_RUNTIME, async_writer_write(writer, "x", 1, error));
    cr_expect_not(async_writer_is_closing(writer));
    async_writer_release(writer);
    close(peer);
    return true;
}

REAL_TIME_TEST(async_writer, after_close_a_write_is_ignored_and_drain_fails) {
    int peer;
    struct async_writer *writer;
    SUCCEEDS(open_writer(&peer, &writer, error));
    async_writer_close(writer);
    async_writer_close(writer);
    cr_expect(async_writer_is_closing(writer));
    SUCCEEDS(async_writer_write(writer, "x", 1, error)); /* ignored */
    cr_expect_not(async_writer_drain(writer, error));
    cr_expect_eq(error->code, ECONNRESET);
    cr_expect_str_eq(error->message, "Connection lost: Connection reset by peer");
    SUCCEEDS(async_writer_wait_closed(writer, error));
    char got;
    cr_expect_eq(read(peer, &got, 1), 0);
    async_writer_release(writer);
    close(peer);
    return true;
}

REAL_TIME_TEST(async_writer, drain_fails_if_the_peer_closes) {
    int peer;
    struct async_writer *writer;
    char *much = calloc(1, MUCH);
    SUCCEEDS(open_writer(&peer, &writer, error));
    SUCCEEDS(async_writer_write(writer, much, MUCH, error));
    close(peer);
    FAILS_WITH(ASYNC_SYSTEM, async_writer_drain(writer, error));
    cr_expect(error->code == EPIPE || error->code == ECONNRESET, "%s", error->message);
    async_error_clear(error);
    FAILS_WITH(ASYNC_SYSTEM, async_writer_wait_closed(writer, error));
    async_writer_release(writer);
    free(much);
    return true;
}

ASYNC_FUNCTION(wait_until_closed) {
    struct waiting *waiting = argument;
    int peer;
    struct async_writer *writer;
    char *much = calloc(1, MUCH);
    SUCCEEDS(open_writer(&peer, &writer, error));
    SUCCEEDS(async_writer_write(writer, much, MUCH, error));
    waiting->is_waiting = true;
    bool ok = async_writer_drain(writer, error);
    waiting->ended_with = error->kind;
    async_writer_release(writer);
    close(peer);
    free(much);
    return ok;
}

Test(async_writer, a_loop_may_close_while_a_task_drains) {
    close_under(wait_until_closed, NULL);
}

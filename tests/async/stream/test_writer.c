/* async/stream/writer.c: what goes out, and what holds it up. */
#include "tests/async/loopback.h"

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

static bool read_it(void *argument, void **value, struct async_error *error) {
    int peer = *(int *)argument;
    static char bytes[65536];
    (void)value, (void)error;
    ssize_t count;
    size_t all = 0;
    while ((count = read(peer, bytes, sizeof bytes)) > 0) {
        all += (size_t)count;
    }
    cr_expect_eq(all, (size_t)MUCH);
    return true;
}

static bool send_much(void *argument, void **value, struct async_error *error) {
    int peer;
    struct async_writer *writer;
    char *much = calloc(1, MUCH);
    (void)argument, (void)value;
    GOES_WELL(open_writer(&peer, &writer, error));
    struct async_transport *transport = async_writer_transport(writer);
    GOES_WELL(async_writer_write(writer, much, MUCH, error));
    cr_expect_gt(async_transport_get_write_buffer_size(transport), 64 * 1024);
    struct async_awaitable *reading =
        async_run_in_executor(async_get_running_loop(), NULL, read_it, &peer);
    GOES_WELL(async_writer_drain(writer, error));
    cr_expect_leq(async_transport_get_write_buffer_size(transport), 16 * 1024);
    async_writer_close(writer);
    GOES_WELL(async_writer_wait_closed(writer, error));
    GOES_WELL(async_await(reading, NULL, error));
    async_release(reading);
    async_writer_release(writer);
    close(peer);
    free(much);
    return true;
}

Test(async_writer, drain_waits_for_the_low_mark_and_close_for_the_rest) {
    run_cleanly(send_much, NULL);
}

static bool write_lines(void *argument, void **value, struct async_error *error) {
    int peer;
    struct async_writer *writer;
    char got[16] = "";
    char one[] = "one ", two[] = "two";
    struct iovec parts[] = {{one, 4}, {NULL, 0}, {two, 3}};
    (void)argument, (void)value;
    GOES_WELL(open_writer(&peer, &writer, error));
    GOES_WELL(async_writer_writelines(writer, parts, 3, error));
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

Test(async_writer, lines_go_as_one_and_nothing_after_the_end) {
    run_cleanly(write_lines, NULL);
}

static bool write_after_close(void *argument, void **value, struct async_error *error) {
    int peer;
    struct async_writer *writer;
    (void)argument, (void)value;
    GOES_WELL(open_writer(&peer, &writer, error));
    async_writer_close(writer);
    async_writer_close(writer);
    cr_expect(async_writer_is_closing(writer));
    GOES_WELL(async_writer_write(writer, "x", 1, error)); /* ignored */
    cr_expect_not(async_writer_drain(writer, error));
    cr_expect_eq(error->code, ECONNRESET);
    cr_expect_str_eq(error->message, "Connection lost: Connection reset by peer");
    GOES_WELL(async_writer_wait_closed(writer, error));
    char got;
    cr_expect_eq(read(peer, &got, 1), 0);
    async_writer_release(writer);
    close(peer);
    return true;
}

Test(async_writer, after_close_writing_is_ignored_and_drain_says_so) {
    run_cleanly(write_after_close, NULL);
}

static bool peer_goes(void *argument, void **value, struct async_error *error) {
    int peer;
    struct async_writer *writer;
    char *much = calloc(1, MUCH);
    (void)argument, (void)value;
    GOES_WELL(open_writer(&peer, &writer, error));
    GOES_WELL(async_writer_write(writer, much, MUCH, error));
    close(peer);
    cr_expect_not(async_writer_drain(writer, error));
    cr_expect_eq(error->kind, ASYNC_SYSTEM);
    cr_expect(error->code == EPIPE || error->code == ECONNRESET, "%s", error->message);
    async_error_clear(error);
    FAILS_WITH(ASYNC_SYSTEM, async_writer_wait_closed(writer, error));
    async_writer_release(writer);
    free(much);
    return true;
}

Test(async_writer, a_peer_that_goes_fails_who_drains) {
    run_cleanly(peer_goes, NULL);
}

static bool wait_for_ever(void *argument, void **value, struct async_error *error) {
    struct waiting *waiting = argument;
    int peer;
    struct async_writer *writer;
    char *much = calloc(1, MUCH);
    (void)value;
    GOES_WELL(open_writer(&peer, &writer, error));
    GOES_WELL(async_writer_write(writer, much, MUCH, error));
    waiting->is_waiting = true;
    bool ok = async_writer_drain(writer, error);
    waiting->ended_with = error->kind;
    async_writer_release(writer);
    close(peer);
    free(much);
    return ok;
}

Test(async_writer, a_loop_closes_under_who_drains) {
    close_under(wait_for_ever, NULL);
}

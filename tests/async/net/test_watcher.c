/* async/net/watcher.c: descriptors in the line of what is called. */
#include "async/net/watcher.h"
#include "tests/async/loopback.h"

#include <errno.h>
#include <fcntl.h>

struct seen {
    struct async_watcher *watcher;
    int readable;
    int writable;
};

static void on_readable(void *argument) {
    ((struct seen *)argument)->readable++;
}

static void on_writable(void *argument) {
    struct seen *seen = argument;
    seen->writable++;
    async_watcher_write(seen->watcher, NULL);
    async_watcher_read(seen->watcher, NULL); /* its call of this turn is taken back */
}

static bool watch(void *argument, void **value, struct async_error *error) {
    struct seen seen = {.readable = 0};
    int pair[2];
    (void)argument, (void)value;
    OPEN_PAIR(pair);
    seen.watcher = async_watcher_open(async_get_running_loop(), pair[0], &seen, error);
    cr_assert(seen.watcher, "%s", error->message);
    async_watcher_read(seen.watcher, on_readable);
    GOES_WELL(async_sleep(NS_PER_MS, error));
    cr_expect_eq(seen.readable, 0);
    cr_assert_eq(write(pair[1], "x", 1), 1);
    GOES_WELL(async_sleep(NS_PER_MS, error));
    cr_expect_geq(seen.readable, 1);
    async_watcher_write(seen.watcher, on_writable);
    GOES_WELL(async_sleep(NS_PER_MS, error));
    int before = seen.readable;
    cr_expect_eq(seen.writable, 1);
    GOES_WELL(async_sleep(NS_PER_MS, error));
    cr_expect_eq(seen.readable, before, "it is not watched any more");
    async_watcher_close(seen.watcher);
    close(pair[0]);
    close(pair[1]);
    async_watcher_close(NULL);
    return true;
}

Test(async_watcher, each_way_is_called_while_it_is_watched) {
    run_cleanly(watch, NULL);
}

static bool watch_a_file(void *argument, void **value, struct async_error *error) {
    int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
    (void)argument, (void)value;
    cr_expect_null(async_watcher_open(async_get_running_loop(), fd, NULL, error));
    cr_expect_eq(error->kind, ASYNC_SYSTEM);
    cr_expect_eq(error->code, EPERM);
    close(fd);
    return true;
}

Test(async_watcher, a_file_cannot_be_watched) {
    run_cleanly(watch_a_file, NULL);
}

/* libuv stops watching what is broken: the next read says how, once. */
static void read_error(void *argument) {
    struct seen *seen = argument;
    seen->readable++;
    async_watcher_read(seen->watcher, NULL);
}

static bool break_it(void *argument, void **value, struct async_error *error) {
    struct seen seen = {.readable = 0};
    int ends[2];
    (void)argument, (void)value;
    cr_assert_eq(pipe2(ends, O_CLOEXEC), 0);
    seen.watcher = async_watcher_open(async_get_running_loop(), ends[1], &seen, error);
    async_watcher_read(seen.watcher, read_error);
    close(ends[0]);
    while (seen.readable == 0) {
        GOES_WELL(async_sleep(NS_PER_MS, error));
    }
    cr_expect_eq(seen.readable, 1);
    async_watcher_close(seen.watcher);
    close(ends[1]);
    return true;
}

Test(async_watcher, what_is_broken_is_ready) {
    run_cleanly(break_it, NULL);
}

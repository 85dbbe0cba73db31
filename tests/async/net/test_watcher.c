/* async/net/watcher.c: a descriptor that is ready schedules a callback. */
#include "async/net/watcher.h"
#include "tests/async/support.h"

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
    async_watcher_read(seen->watcher, NULL); /* its call in this turn is cancelled */
}

REAL_TIME_TEST(async_watcher, each_direction_is_called_while_it_is_watched) {
    struct seen seen = {.readable = 0};
    int pair[2];
    OPEN_PAIR(pair);
    seen.watcher = async_watcher_open(async_get_running_loop(), pair[0], &seen, error);
    cr_assert(seen.watcher, "%s", error->message);
    async_watcher_read(seen.watcher, on_readable);
    SUCCEEDS(async_sleep(NS_PER_MS, error));
    cr_expect_eq(seen.readable, 0);
    cr_assert_eq(write(pair[1], "x", 1), 1);
    SUCCEEDS(async_sleep(NS_PER_MS, error));
    cr_expect_geq(seen.readable, 1);
    async_watcher_write(seen.watcher, on_writable);
    SUCCEEDS(async_sleep(NS_PER_MS, error));
    int before = seen.readable;
    cr_expect_eq(seen.writable, 1);
    SUCCEEDS(async_sleep(NS_PER_MS, error));
    cr_expect_eq(seen.readable, before, "it is still watched");
    async_watcher_close(seen.watcher);
    close(pair[0]);
    close(pair[1]);
    async_watcher_close(NULL);
    return true;
}

REAL_TIME_TEST(async_watcher, a_file_cannot_be_watched) {
    int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
    cr_expect_null(async_watcher_open(async_get_running_loop(), fd, NULL, error));
    cr_expect_eq(error->kind, ASYNC_SYSTEM);
    cr_expect_eq(error->code, EPERM);
    close(fd);
    return true;
}

/* libuv stops watching a broken descriptor, so this is called once. The next read gives
 * the error. */
static void read_error(void *argument) {
    struct seen *seen = argument;
    seen->readable++;
    async_watcher_read(seen->watcher, NULL);
}

REAL_TIME_TEST(async_watcher, a_broken_descriptor_is_ready) {
    struct seen seen = {.readable = 0};
    int ends[2];
    cr_assert_eq(pipe2(ends, O_CLOEXEC), 0);
    seen.watcher = async_watcher_open(async_get_running_loop(), ends[1], &seen, error);
    async_watcher_read(seen.watcher, read_error);
    close(ends[0]);
    while (seen.readable == 0) {
        SUCCEEDS(async_sleep(NS_PER_MS, error));
    }
    cr_expect_eq(seen.readable, 1);
    async_watcher_close(seen.watcher);
    close(ends[1]);
    return true;
}

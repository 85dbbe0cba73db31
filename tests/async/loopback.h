/* What the tests of transports, streams and processes share: a program in a loop, and a
 * look at this process's descriptors. */
#ifndef SIMUL_TESTS_ASYNC_LOOPBACK_H
#define SIMUL_TESTS_ASYNC_LOOPBACK_H

#include "async/async.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <sys/socket.h>
#include <unistd.h>

/* Of this process; the one that counts them included, each time. */
static inline int count_descriptors(void) {
    DIR *directory = opendir("/proc/self/fd");
    int count = 0;
    while (directory && readdir(directory)) {
        count++;
    }
    closedir(directory);
    return count;
}

/* As many as before, at the latest when threads of this process (a server that closes
 * what it has accepted) have done their part: what is left after 5 s is left. */
static inline void expect_descriptors(int before) {
    int now = count_descriptors();
    for (int i = 0; i < 5000 && now != before; i++) {
        clock_sleep_until_ns(clock_now_ns() + NS_PER_MS);
        now = count_descriptors();
    }
    cr_expect_eq(now, before, "descriptors are left: %d, of %d before", now, before);
}

/* libuv opens a pair for signals with the first loop, and keeps it. */
static inline void open_what_stays(void) {
    struct async_error error;
    async_loop_free(async_new_event_loop(&error));
}

/* For loops that are closed with something open: the report is not the matter. */
static inline void ignore_reports(struct async_loop *loop,
                                  const struct async_report *report, void *context) {
    (void)loop, (void)report, (void)context;
}

/* Runs it; it must end well, and well within 20 s. */
static inline void run_program(async_function *program, void *argument) {
    struct async_error error = {.kind = ASYNC_OK};
    alarm(20);
    bool ok = async_run(async_coroutine(program, argument), NULL, &error);
    alarm(0);
    cr_assert(ok, "%s: %s", async_error_name(error.kind), error.message);
}

/* The same, and it leaves no descriptor behind. */
static inline void run_cleanly(async_function *program, void *argument) {
    open_what_stays();
    int before = count_descriptors();
    run_program(program, argument);
    expect_descriptors(before);
}

/* For close_under(): says when to close, and hears what the wait failed with. */
struct waiting {
    bool is_waiting;
    enum async_error_kind ended_with;
    void *argument;
};

/* A loop that is closed while a task waits: turns until the program says so, then the
 * end. Nothing may be left, and the wait must have failed with ASYNC_CLOSED. */
static inline void close_under(async_function *program, void *argument) {
    struct waiting waiting = {.argument = argument};
    struct async_error error = {.kind = ASYNC_OK};
    open_what_stays();
    int before = count_descriptors();
    struct async_loop *loop = async_new_event_loop(&error);
    cr_assert(loop, "%s", error.message);
    async_set_exception_handler(loop, ignore_reports, NULL);
    async_release(async_loop_create_task(loop, async_coroutine(program, &waiting)));
    alarm(20);
    while (!waiting.is_waiting) {
        async_loop_stop(loop);
        cr_assert(async_run_forever(loop, &error), "%s", error.message);
    }
    cr_assert(async_loop_close(loop, &error), "%s", error.message);
    alarm(0);
    async_loop_free(loop);
    cr_expect_eq(waiting.ended_with, ASYNC_CLOSED);
    expect_descriptors(before);
}

/* In a coroutine: it went well. */
#define GOES_WELL(call)                                                                \
    do {                                                                               \
        if (!(call)) {                                                                 \
            cr_assert_fail("%s: %s: %s", #call, async_error_name(error->kind),         \
                           error->message);                                            \
        }                                                                              \
    } while (0)

/* It failed with that kind; the error is cleared. */
#define FAILS_WITH(expected, call)                                                     \
    do {                                                                               \
        cr_assert_not((call), "%s went well", #call);                                  \
        cr_expect_eq(error->kind, (expected), "%s: %s: %s", #call,                     \
                     async_error_name(error->kind), error->message);                   \
        async_error_clear(error);                                                      \
    } while (0)

/* A pair of connected sockets in this process. */
#define OPEN_PAIR(pair)                                                                \
    cr_assert_eq(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, (pair)), 0)

#endif

/* What the tests of transports, streams and processes share: a program in a loop, and a
 * look at this process's descriptors. */
#ifndef SIMUL_TESTS_LOOPBACK_H
#define SIMUL_TESTS_LOOPBACK_H

#include "models/async/async.h"

#include <criterion/criterion.h>
#include <dirent.h>
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

/* libuv opens a pair for signals with the first loop, and keeps it. */
static inline void open_what_stays(void) {
    struct async_error error;
    async_loop_free(async_new_event_loop(&error));
}

/* Runs it; it must end well within 20 s and leave no descriptor behind. */
static inline void run_program(async_function *program, void *argument) {
    struct async_error error = {.kind = ASYNC_OK};
    open_what_stays();
    int before = count_descriptors();
    alarm(20);
    bool ok = async_run(async_coroutine(program, argument), NULL, &error);
    alarm(0);
    cr_assert(ok, "%s: %s", async_error_name(error.kind), error.message);
    cr_expect_eq(count_descriptors(), before, "descriptors are left");
}

/* In a coroutine: it went well. */
#define GOES_WELL(call)                                                                \
    do {                                                                               \
        if (!(call)) {                                                                 \
            cr_assert_fail("%s: %s: %s", #call, async_error_name(error->kind),          \
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

#endif

/* What the tests of async/ share: a loop in virtual time, and a trace of what
 * happened in which order. Each test is a process: one trace. */
#ifndef SIMUL_TESTS_ASYNC_SUPPORT_H
#define SIMUL_TESTS_ASYNC_SUPPORT_H

#include "async/async.h"

#include <criterion/criterion.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* A test's arguments and results are words. */
#pragma GCC diagnostic ignored "-Wdiscarded-qualifiers"

#define HELPER static inline __attribute__((unused))

enum { HANG_S = 60 };

static char trace_text[4096];

/* Adds a word. */
HELPER __attribute__((format(printf, 1, 2))) void trace(const char *format, ...) {
    size_t used = strlen(trace_text);
    va_list arguments;
    va_start(arguments, format);
    if (used > 0) {
        trace_text[used++] = ' ';
        trace_text[used] = '\0';
    }
    vsnprintf(trace_text + used, sizeof trace_text - used, format, arguments);
    va_end(arguments);
}

#define EXPECT_TRACE(expected)                                                         \
    cr_expect_str_eq(trace_text, (expected), "it was: %s", trace_text)

/* What was reported, counted by kind, goes into an array of the test's. */
HELPER void count_report(struct async_loop *loop, const struct async_report *report,
                         void *context) {
    (void)loop;
    ((int *)context)[report->kind]++;
}

HELPER struct async_loop *new_loop(void) {
    alarm(HANG_S);
    struct async_error error = {.kind = ASYNC_OK};
    struct async_loop *loop = async_new_event_loop(&error);
    cr_assert_not_null(loop, "%s", error.message);
    async_use_virtual_time(loop);
    return loop;
}

/* Runs a coroutine in a loop of its own; true: it succeeded. What it leaves pending is
 * ended with the loop, which is then freed. */
HELPER bool run_coroutine(struct async_awaitable *coroutine, void **value,
                          struct async_error *error) {
    struct async_loop *loop = new_loop();
    bool ok = async_run_until_complete(loop, coroutine, value, error);
    async_loop_free(loop);
    return ok;
}

/* The same where nothing may fail. */
HELPER void run_coroutine_well(struct async_awaitable *coroutine) {
    struct async_error error = {.kind = ASYNC_OK};
    cr_assert(run_coroutine(coroutine, NULL, &error), "%s: %s",
              async_error_name(error.kind), error.message);
}

/* Macros, so that a coroutine has its function's name. */
#define run(function, argument, value, error)                                          \
    run_coroutine(async_coroutine(function, argument), value, error)
#define run_well(function, argument)                                                   \
    run_coroutine_well(async_coroutine(function, argument))
#define NEW_TASK(function, argument)                                                   \
    async_create_task(async_coroutine(function, argument))

/* Adds how it ended: "name=Kind". */
HELPER bool trace_end(const char *name, bool ok, const struct async_error *error) {
    trace("%s=%s", name, async_error_name(ok ? ASYNC_OK : error->kind));
    return ok;
}

HELPER void trace_result(const char *name, struct async_awaitable *future) {
    struct async_error error = {.kind = ASYNC_OK};
    bool ok = async_result(future, NULL, &error);
    trace_end(name, ok, &error);
}

/* Coroutines: sleeps so many virtual milliseconds, for an int; fails; is forever. */
HELPER bool sleep_ms(void *argument, void **value, struct async_error *error) {
    *value = argument;
    return async_sleep(*(int *)argument * NS_PER_MS, error);
}

HELPER bool fail_now(void *argument, void **value, struct async_error *error) {
    (void)value;
    return async_fail(error, 7, "%s", (const char *)argument);
}

HELPER bool wait_for_ever(void *argument, void **value, struct async_error *error) {
    (void)value;
    bool ok = async_sleep(3600 * NS_PER_S, error);
    if (argument) {
        trace_end(argument, ok, error);
    }
    return ok;
}

#endif

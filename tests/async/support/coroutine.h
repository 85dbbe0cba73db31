/* Coroutine functions of tests: how one is defined, a task with a name and a thing to
 * work on, and those that many tests need. */
#ifndef SIMUL_TESTS_ASYNC_SUPPORT_COROUTINE_H
#define SIMUL_TESTS_ASYNC_SUPPORT_COROUTINE_H

#include "async/async.h"

/* The arguments and results of a test's coroutines are string literals. */
#pragma GCC diagnostic ignored "-Wdiscarded-qualifiers"

/* Defines an async_function, which a task runs or a thread: ASYNC_FUNCTION(answer) {
 * *value = argument; return async_sleep(1, error); } It need not use its parameters. */
#define ASYNC_FUNCTION(function)                                                       \
    static bool function(void *argument __attribute__((unused)),                       \
                         void **value __attribute__((unused)),                         \
                         struct async_error *error __attribute__((unused)))

#define NEW_TASK(function, argument)                                                   \
    async_create_task(async_coroutine(function, argument))

/* -- Actors ------------------------------------------------------------------------ */

/* The argument of a coroutine function that ACTOR() defines. */
struct actor {
    const char *name;
    void *thing;
    int64_t number;
};

/* Defines an async_function with the parameters self, value and error: ACTOR(nap) {
 * trace("%s", self->name); return async_sleep(self->number, error); } */
#define ACTOR(function)                                                                \
    static bool function##_body(const struct actor *self, void **value,                \
                                struct async_error *error);                            \
    static bool function(void *argument, void **value, struct async_error *error) {    \
        return function##_body(argument, value, error);                                \
    }                                                                                  \
    static bool function##_body(const struct actor *self __attribute__((unused)),      \
                                void **value __attribute__((unused)),                  \
                                struct async_error *error __attribute__((unused)))

/* A coroutine with its own copy of an actor: AS(nap, "a", &lock, 3). The fields that
 * are not given are zero. */
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"
#define AS(function, ...)                                                              \
    async_coroutine_copy(function, (&(struct actor){__VA_ARGS__}), sizeof(struct actor))

/* -- Coroutine functions, and calls for a task ------------------------------------- */

/* Sleeps as many milliseconds as the int at `argument` says; returns `argument`. */
async_function sleep_ms;

/* Fails with ASYNC_FAILED, code 7 and the message `argument`. */
async_function fail_now;

/* Sleeps an hour, which ends only by a cancellation or with the loop. If `argument` is
 * not NULL, traces the end under this name. */
async_function wait_for_ever;

/* Calls async_sleep(0) `count` times: all others get as many turns. */
bool turns(int count, struct async_error *error);

/* Awaits a task and releases it. Returns the kind of error that it ended with. */
enum async_error_kind end_of(struct async_awaitable *task);

#endif

/* What tests of async/ have in common: bodies that run as a task, and tasks with
 * a name and a thing to work on. */
#ifndef SIMUL_TESTS_ASYNC_ACTOR_H
#define SIMUL_TESTS_ASYNC_ACTOR_H

#include "async/async.h"

#include <criterion/criterion.h>
#include <unistd.h>

enum { ASYNC_HANG_S = 60 };

/* -- Tests that are tasks ---------------------------------------------------------- */

typedef bool async_body(struct async_error *error);

static inline bool run_async_body(void *body, void **value, struct async_error *error) {
    (void)value;
    return (*(async_body *const *)body)(error);
}

/* Runs it as the first task of a new loop, in virtual time. It has to succeed and to
 * leave no task behind. */
static inline void run_async_test(async_body *body) {
    struct async_error error = {.kind = ASYNC_OK};
    struct async_loop *loop = async_new_event_loop(&error);
    cr_assert(loop, "%s", error.message);
    alarm(ASYNC_HANG_S);
    async_use_virtual_time(loop);
    bool ok = async_run_until_complete(loop, async_coroutine(run_async_body, &body),
                                       NULL, &error);
    cr_assert(ok, "%s: %s", async_error_name(error.kind), error.message);
    cr_assert_eq(async_all_tasks(loop, NULL, 0), 0);
    async_loop_free(loop);
}

/* A Criterion test whose body may wait: ASYNC_TEST(suite, name) { ... return true; } */
#define ASYNC_TEST(suite, name)                                                        \
    static bool name(struct async_error *error);                                       \
    Test(suite, name) {                                                                \
        run_async_test(name);                                                          \
    }                                                                                  \
    static bool name(struct async_error *error __attribute__((unused)))

/* -- Tasks of a test --------------------------------------------------------------- */

/* Who does it, what with, how often or how long: a task's argument. */
struct actor {
    const char *name;
    void *thing;
    int64_t number;
};

/* A coroutine function whose argument is a struct actor: ACTOR(eat) { ... self->name
 * ... *value = NULL; return async_sleep(1, error); } */
#define ACTOR(function)                                                                \
    static bool function##_body(const struct actor *self, void **value,                \
                                struct async_error *error);                            \
    static bool function(void *argument, void **value, struct async_error *error) {    \
        return function##_body(argument, value, error);                                \
    }                                                                                  \
    static bool function##_body(const struct actor *self __attribute__((unused)),      \
                                void **value __attribute__((unused)),                  \
                                struct async_error *error __attribute__((unused)))

/* A coroutine with its own copy of an actor: AS(eat, "a", &lock, 3). What is not given
 * is zero, on purpose. */
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"
#define AS(function, ...)                                                              \
    async_coroutine_copy(function, (&(struct actor){__VA_ARGS__}), sizeof(struct actor))

/* sleep(0), so often: so many turns of all others. */
static inline bool turns(int count, struct async_error *error) {
    bool ok = true;
    while (ok && count-- > 0) {
        ok = async_sleep(0, error);
    }
    return ok;
}

/* Awaits a task and releases it. Returns the kind of its end. */
static inline enum async_error_kind end_of(struct async_awaitable *task) {
    struct async_error error = {.kind = ASYNC_OK};
    async_await(task, NULL, &error);
    async_release(task);
    return error.kind;
}

#endif

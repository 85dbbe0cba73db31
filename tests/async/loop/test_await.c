/* async/loop/await.c: the one place where a task waits. */
#include "tests/async/support.h"

#define PARAMETERS void *argument, void **value, struct async_error *error

static void set_later(void *argument) {
    struct async_error error;
    cr_assert(async_set_result(argument, "set", &error));
}

static bool await_future(PARAMETERS) {
    (void)argument, (void)value;
    struct async_loop *loop = async_get_running_loop();
    struct async_awaitable *future = async_create_future(NULL);
    bool ok = async_call_later(loop, NULL, NS_PER_S, set_later, future, error);
    int64_t begin_ns = async_time_ns(loop);
    void *result = NULL;
    ok = ok && async_await(future, &result, error);
    cr_expect_eq(async_time_ns(loop) - begin_ns, NS_PER_S);
    cr_expect_str_eq(result, "set");
    async_release(future);
    return ok;
}

Test(async_await, it_waits_until_somebody_sets_the_result) {
    run_well(await_future, NULL);
}

static void note(void *argument) {
    trace("%s", (const char *)argument);
}

static bool await_done(PARAMETERS) {
    (void)argument, (void)value;
    struct async_awaitable *future = async_create_future(NULL);
    async_set_result(future, NULL, error);
    async_call_soon(async_get_running_loop(), NULL, note, "callback", error);
    bool ok = async_await(future, NULL, error);
    trace("awaited");
    ok = ok && async_await(future, NULL, error);
    async_release(future);
    return ok && async_sleep(0, error);
}

Test(async_await, what_is_done_does_not_wait) {
    run_well(await_done, NULL);
    EXPECT_TRACE("awaited callback");
}

static bool await_same(PARAMETERS) {
    bool ok = async_await(argument, value, error);
    trace("woken");
    return ok;
}

static bool many_wait(PARAMETERS) {
    (void)argument, (void)value;
    struct async_awaitable *future = async_create_future(NULL);
    struct async_awaitable *tasks[3];
    for (int i = 0; i < 3; i++) {
        tasks[i] = NEW_TASK(await_same, future);
    }
    bool ok = async_sleep(0, error) && async_set_result(future, "all", error);
    for (int i = 0; i < 3; i++) {
        void *result = NULL;
        ok = async_await(tasks[i], &result, error) && ok;
        cr_expect_str_eq(result, "all");
        async_release(tasks[i]);
    }
    async_release(future);
    return ok;
}

Test(async_await, many_may_wait_for_one) {
    run_well(many_wait, NULL);
    EXPECT_TRACE("woken woken woken");
}

static bool await_self(PARAMETERS) {
    (void)argument, (void)value;
    return async_await(async_current_task(), NULL, error);
}

Test(async_await, a_task_cannot_wait_for_itself) {
    struct async_error error;
    cr_expect_not(run(await_self, NULL, NULL, &error));
    cr_expect_eq(error.kind, ASYNC_RUNTIME);
    cr_expect_str_eq(error.message, "Task cannot await on itself");
}

static bool await_argument(PARAMETERS) {
    return async_await(argument, value, error);
}

Test(async_await, nor_for_one_of_another_loop) {
    struct async_loop *other = new_loop();
    struct async_awaitable *future = async_create_future(other);
    struct async_error error;
    cr_expect_not(run(await_argument, future, NULL, &error));
    cr_expect_eq(error.kind, ASYNC_RUNTIME);
    async_release(future);
    async_loop_free(other);
}

Test(async_await, outside_a_task_only_what_is_done_can_be_awaited) {
    struct async_loop *loop = new_loop();
    struct async_awaitable *future = async_create_future(loop);
    struct async_error error;
    cr_expect_not(async_await(future, NULL, &error));
    cr_expect_eq(error.kind, ASYNC_RUNTIME);
    async_set_result(future, NULL, &error);
    cr_expect(async_await(future, NULL, &error));
    async_release(future);
    async_loop_free(loop);
}

static bool await_null(PARAMETERS) {
    (void)argument, (void)value;
    return async_await(NULL, NULL, error);
}

Test(async_await, what_could_not_be_made_fails_here) {
    struct async_error error;
    cr_expect_not(run(await_null, NULL, NULL, &error));
    cr_expect_eq(error.kind, ASYNC_NO_MEMORY);
}

static bool release_while_waiting(PARAMETERS) {
    (void)value, (void)error;
    async_set_result(argument, "alive", error);
    async_release(argument); /* the last owner but for who waits */
    return true;
}

static bool wait_for_released(PARAMETERS) {
    (void)argument, (void)value;
    struct async_awaitable *future = async_create_future(NULL);
    async_release(NEW_TASK(release_while_waiting, future));
    void *result = NULL;
    bool ok = async_await(future, &result, error);
    cr_expect_str_eq(result, "alive");
    return ok;
}

Test(async_await, who_waits_keeps_what_it_waits_for) {
    run_well(wait_for_released, NULL);
}

static bool both(PARAMETERS) {
    (void)argument, (void)value;
    struct async_awaitable *future = async_create_future(NULL);
    struct async_awaitable *task = NEW_TASK(await_argument, future);
    bool ok = async_sleep(0, error);
    async_set_result(future, "result", error);
    async_cancel(
        task); /* what it waits for is done: the cancellation is for its step */
    struct async_error end;
    trace_end("task", async_await(task, NULL, &end), &end);
    async_release(task);
    async_release(future);
    return ok;
}

Test(async_await, cancelled_between_the_result_and_the_step_it_is_cancelled) {
    run_well(both, NULL);
    EXPECT_TRACE("task=CancelledError");
}

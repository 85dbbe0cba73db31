/* async/loop/await.c: a task waits for an awaitable. */
#include "tests/async/support.h"

static void set_later(void *argument) {
    struct async_error error;
    SUCCEEDS(async_set_result(argument, "set", &error));
}

ASYNC_TEST(async_await, it_waits_until_the_result_is_set) {
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

ASYNC_TEST(async_await, an_await_of_a_done_future_does_not_wait) {
    struct async_awaitable *future = async_create_future(NULL);
    async_set_result(future, NULL, error);
    async_call_soon(async_get_running_loop(), NULL, trace_word, "callback", error);
    bool ok = async_await(future, NULL, error);
    trace("awaited");
    ok = ok && async_await(future, NULL, error);
    async_release(future);
    ok = ok && async_sleep(0, error);
    EXPECT_TRACE("awaited callback");
    return ok;
}

ASYNC_FUNCTION(await_same) {
    bool ok = async_await(argument, value, error);
    trace("woken");
    return ok;
}

ASYNC_TEST(async_await, many_tasks_may_wait_for_one_future) {
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
    EXPECT_TRACE("woken woken woken");
    return ok;
}

ASYNC_FUNCTION(await_self) {
    return async_await(async_current_task(), NULL, error);
}

Test(async_await, a_task_cannot_wait_for_itself) {
    struct async_error error;
    FAILS_WITH(ASYNC_RUNTIME, run(await_self, NULL, NULL, &error));
    cr_expect_str_eq(error.message, "Task cannot await on itself");
}

ASYNC_FUNCTION(await_argument) {
    return async_await(argument, value, error);
}

Test(async_await, a_task_cannot_wait_for_a_future_of_another_loop) {
    struct async_loop *other = new_loop();
    struct async_awaitable *future = async_create_future(other);
    struct async_error error;
    FAILS_WITH(ASYNC_RUNTIME, run(await_argument, future, NULL, &error));
    async_release(future);
    async_loop_free(other);
}

Test(async_await, outside_a_task_only_a_done_future_can_be_awaited) {
    struct async_loop *loop = new_loop();
    struct async_awaitable *future = async_create_future(loop);
    struct async_error error;
    FAILS_WITH(ASYNC_RUNTIME, async_await(future, NULL, &error));
    async_set_result(future, NULL, &error);
    SUCCEEDS(async_await(future, NULL, &error));
    async_release(future);
    async_loop_free(loop);
}

ASYNC_FUNCTION(await_null) {
    return async_await(NULL, NULL, error);
}

Test(async_await, an_awaitable_that_could_not_be_made_fails_at_the_await) {
    struct async_error error;
    FAILS_WITH(ASYNC_INVALID_ARGUMENT, run(await_null, NULL, NULL, &error));
}

ASYNC_FUNCTION(release_while_waiting) {
    async_set_result(argument, "alive", error);
    async_release(argument); /* only the task that waits holds it now */
    return true;
}

ASYNC_TEST(async_await, a_task_keeps_the_future_that_it_waits_for) {
    struct async_awaitable *future = async_create_future(NULL);
    async_release(NEW_TASK(release_while_waiting, future));
    void *result = NULL;
    bool ok = async_await(future, &result, error);
    cr_expect_str_eq(result, "alive");
    return ok;
}

ASYNC_TEST(async_await, a_task_cancelled_between_the_result_and_its_step_is_cancelled) {
    struct async_awaitable *future = async_create_future(NULL);
    struct async_awaitable *task = NEW_TASK(await_argument, future);
    bool ok = async_sleep(0, error);
    async_set_result(future, "result", error);
    async_cancel(task); /* the future is done, so its next step fails */
    settle("task", task);
    async_release(future);
    EXPECT_TRACE("task CancelledError");
    return ok;
}

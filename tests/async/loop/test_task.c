/* async/loop/task.c: begin, step, cancel, end, as asyncio's tasks do. */
#include "tests/async/support.h"

ASYNC_FUNCTION(note) {
    trace("%s", (const char *)argument);
    return true;
}

ASYNC_TEST(async_task, tasks_begin_at_the_next_turn_in_the_order_of_creation) {
    struct async_awaitable *a = NEW_TASK(note, "a");
    struct async_awaitable *b = NEW_TASK(note, "b");
    trace("main");
    settle("b", b);
    settle("a", a);
    EXPECT_TRACE("main a b b done a done");
    return true;
}

ASYNC_TEST(async_task, a_task_cancelled_before_its_start_never_starts) {
    struct async_awaitable *task = NEW_TASK(note, "never");
    cr_expect(async_cancel(task));
    cr_expect_not(async_cancelled(task), "it is cancelled at its step, not before");
    settle("task", task);
    EXPECT_TRACE("task CancelledError");
    return true;
}

ASYNC_TEST(async_task, a_task_cancelled_while_it_waits_fails_at_its_wait) {
    struct async_awaitable *task = NEW_TASK(wait_for_ever, "inside");
    bool ok = async_sleep(0, error);
    cr_expect(async_cancel_with(task, "go home"));
    cr_expect_eq(async_cancelling(task), 1);
    FAILS_WITH(ASYNC_CANCELLED, async_await(task, NULL, error));
    cr_expect_str_eq(error->message, "go home");
    cr_expect(async_cancelled(task));
    cr_expect_not(async_cancel(task));
    async_release(task);
    EXPECT_TRACE("inside CancelledError");
    return ok;
}

ASYNC_FUNCTION(swallow) {
    if (!async_sleep(NS_PER_S, error)) {
        trace("swallowed");
        async_error_clear(error);
    }
    *value = argument;
    return async_sleep(NS_PER_S, error);
}

ASYNC_TEST(async_task, a_task_that_swallows_its_cancellation_goes_on) {
    struct async_awaitable *task = NEW_TASK(swallow, "went on");
    bool ok = async_sleep(0, error);
    async_cancel(task);
    void *result = NULL;
    ok = ok && async_await(task, &result, error);
    cr_expect_str_eq(result, "went on");
    cr_expect_eq(async_cancelling(task), 1);
    cr_expect_eq(async_uncancel(task), 0);
    cr_expect_eq(async_uncancel(task), 0);
    async_release(task);
    EXPECT_TRACE("swallowed");
    return ok;
}

ASYNC_FUNCTION(await_value) {
    return async_await(argument, value, error);
}

/* As in CPython 3.13. In 3.11 a cancellation still comes after it was taken back, so the
 * next three tests have no pair in Python. */
ASYNC_TEST(async_task, uncancel_takes_back_what_the_task_has_not_been_told) {
    struct async_awaitable *future = async_create_future(NULL);
    struct async_awaitable *task = NEW_TASK(await_value, future);
    bool ok = async_sleep(0, error);
    SUCCEEDS(async_set_result(future, "42", error)); /* the task is ready now */
    async_cancel(task);
    cr_expect_eq(async_cancelling(task), 1);
    cr_expect_eq(async_uncancel(task), 0);
    void *result = NULL;
    SUCCEEDS(async_await(task, &result, error));
    cr_expect_str_eq(result, "42");
    async_release(task);
    async_release(future);
    return ok;
}

ASYNC_TEST(async_task, uncancel_before_the_first_step_lets_the_task_begin) {
    struct async_awaitable *task = NEW_TASK(sleep_ms, &(int){1});
    async_cancel(task);
    cr_expect_eq(async_uncancel(task), 0);
    settle("task", task);
    EXPECT_TRACE("task done");
    return true;
}

ASYNC_TEST(async_task, one_uncancel_of_two_leaves_the_cancellation) {
    struct async_awaitable *task = NEW_TASK(sleep_ms, &(int){1});
    async_cancel(task);
    async_cancel(task);
    cr_expect_eq(async_uncancel(task), 1);
    settle("task", task);
    EXPECT_TRACE("task CancelledError");
    return true;
}

/* As in CPython: both requests are for the step that the first has scheduled. */
ASYNC_TEST(async_task, a_task_cancelled_twice_before_its_step_is_told_once) {
    struct async_awaitable *task = NEW_TASK(swallow, NULL);
    bool ok = async_sleep(0, error);
    async_cancel(task);
    async_cancel(task); /* its future is cancelled already */
    cr_expect_eq(async_cancelling(task), 2);
    settle("task", task);
    EXPECT_TRACE("swallowed task done");
    return ok;
}

ASYNC_TEST(async_task, a_task_cancelled_again_after_its_step_is_told_again) {
    struct async_awaitable *task = NEW_TASK(swallow, NULL);
    bool ok = async_sleep(0, error);
    async_cancel(task);
    ok = ok && async_sleep(0, error);
    ok = ok && async_sleep(0, error);
    async_cancel(task);
    settle("task", task);
    EXPECT_TRACE("swallowed task CancelledError");
    return ok;
}

ASYNC_FUNCTION(await_argument) {
    bool ok = async_await(argument, value, error);
    trace_end("middle", ok, error);
    return ok;
}

ASYNC_TEST(async_task, a_cancellation_reaches_the_innermost_task) {
    struct async_awaitable *inner = NEW_TASK(wait_for_ever, "inner");
    struct async_awaitable *middle = NEW_TASK(await_argument, inner);
    bool ok = async_sleep(0, error);
    async_cancel(middle);
    settle("outer", middle);
    cr_expect(async_cancelled(inner));
    async_release(inner);
    EXPECT_TRACE("inner CancelledError middle CancelledError outer CancelledError");
    return ok;
}

ASYNC_FUNCTION(cancel_myself) {
    async_cancel(async_current_task());
    trace("still here");
    return argument ? true : async_sleep(NS_PER_S, error);
}

ASYNC_TEST(async_task, a_task_that_cancels_itself_ends_at_its_next_wait_or_its_return) {
    settle("waits", NEW_TASK(cancel_myself, NULL));
    settle("returns", NEW_TASK(cancel_myself, "at once"));
    EXPECT_TRACE("still here waits CancelledError still here returns CancelledError");
    return true;
}

ASYNC_FUNCTION(say_cancelled) {
    return async_fail_with(error, ASYNC_CANCELLED, "by itself");
}

ASYNC_TEST(async_task, a_task_that_fails_with_a_cancellation_is_cancelled) {
    struct async_awaitable *task = NEW_TASK(say_cancelled, NULL);
    async_retain(task);
    settle("task", task);
    cr_expect(async_cancelled(task));
    cr_expect_eq(async_cancelling(task), 0);
    async_release(task);
    EXPECT_TRACE("task CancelledError");
    return true;
}

ASYNC_TEST(async_task, only_its_function_sets_its_result) {
    struct async_awaitable *task = NEW_TASK(note, "x");
    FAILS_WITH(ASYNC_RUNTIME, async_set_result(task, NULL, error));
    cr_expect_str_eq(error->message, "Task does not support set_result operation");
    bool ok = async_await(task, NULL, error);
    async_release(task);
    return ok;
}

ASYNC_TEST(async_task, a_task_that_is_not_held_runs_too) {
    async_release(NEW_TASK(note, "forgotten"));
    bool ok = async_sleep(0, error);
    EXPECT_TRACE("forgotten");
    return ok;
}

ASYNC_FUNCTION(fail_forgotten) {
    async_release(NEW_TASK(fail_now, "lost"));
    return async_sleep(0, error) && async_sleep(0, error);
}

Test(async_task, an_error_that_was_not_retrieved_is_reported_once) {
    struct async_loop *loop = new_loop();
    int reports[REPORT_KINDS] = {0};
    async_set_exception_handler(loop, count_reports, reports);
    run_in(loop, fail_forgotten, NULL);
    cr_expect_eq(reports[ASYNC_REPORT_NEVER_RETRIEVED], 1);
    async_loop_free(loop);
    cr_expect_eq(reports[ASYNC_REPORT_NEVER_RETRIEVED], 1);
}

Test(async_task, without_a_running_loop_or_a_coroutine_no_task_is_made) {
    cr_expect_null(NEW_TASK(note, "never"));
    cr_expect_null(async_create_task(NULL));
    struct async_loop *loop = new_loop();
    struct async_awaitable *future = async_create_future(loop);
    cr_expect_null(async_loop_create_task(loop, future));
    struct async_awaitable *same = async_ensure_future(future, loop);
    cr_expect_eq(same, future);
    async_release(same);
    async_release(future);
    async_loop_free(loop);
    cr_expect_null(async_current_task());
    EXPECT_TRACE("");
}

ASYNC_TEST(async_task, twenty_thousand_tasks_run_at_once) {
    enum { COUNT = 20000 };
    static struct async_awaitable *tasks[COUNT];
    static int delay_ms = 1;
    for (int i = 0; i < COUNT; i++) {
        tasks[i] = NEW_TASK(sleep_ms, &delay_ms);
    }
    bool ok = true;
    for (int i = 0; i < COUNT; i++) {
        ok = async_await(tasks[i], NULL, error) && ok;
        async_release(tasks[i]);
    }
    return ok;
}

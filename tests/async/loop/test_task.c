/* async/loop/task.c: begin, step, cancel, end, as asyncio's tasks do. */
#include "tests/async/support.h"

#define PARAMETERS void *argument, void **value, struct async_error *error

static bool note(PARAMETERS) {
    (void)value, (void)error;
    trace("%s", (const char *)argument);
    return true;
}

/* Ends a task and says how. */
static bool join(const char *name, struct async_awaitable *task) {
    struct async_error error = {.kind = ASYNC_OK};
    bool ok = async_await(task, NULL, &error);
    trace_end(name, ok, &error);
    async_release(task);
    return true;
}

static bool start_two(PARAMETERS) {
    (void)argument, (void)value, (void)error;
    struct async_awaitable *a = NEW_TASK(note, "a");
    struct async_awaitable *b = NEW_TASK(note, "b");
    trace("main");
    return join("b", b) && join("a", a);
}

Test(async_task, tasks_begin_at_the_next_turn_in_the_order_of_creation) {
    run_well(start_two, NULL);
    EXPECT_TRACE("main a b b=None a=None");
}

static bool cancel_unstarted(PARAMETERS) {
    (void)argument, (void)value, (void)error;
    struct async_awaitable *task = NEW_TASK(note, "never");
    cr_expect(async_cancel(task));
    cr_expect_not(async_cancelled(task), "not before its step");
    return join("task", task);
}

Test(async_task, cancelled_before_its_start_it_never_starts) {
    run_well(cancel_unstarted, NULL);
    EXPECT_TRACE("task=CancelledError");
}

static bool cancel_waiting(PARAMETERS) {
    (void)argument, (void)value;
    struct async_awaitable *task = NEW_TASK(wait_for_ever, "inside");
    bool ok = async_sleep(0, error);
    cr_expect(async_cancel_with(task, "go home"));
    cr_expect_eq(async_cancelling(task), 1);
    struct async_error end;
    cr_expect_not(async_await(task, NULL, &end));
    cr_expect_str_eq(end.message, "go home");
    cr_expect(async_cancelled(task));
    cr_expect_not(async_cancel(task));
    async_release(task);
    return ok;
}

Test(async_task, cancelled_while_it_waits_its_await_fails) {
    run_well(cancel_waiting, NULL);
    EXPECT_TRACE("inside=CancelledError");
}

static bool swallow(PARAMETERS) {
    if (!async_sleep(NS_PER_S, error)) {
        trace("swallowed");
        async_error_clear(error);
    }
    *value = argument;
    return async_sleep(NS_PER_S, error);
}

static bool cancel_swallower(PARAMETERS) {
    (void)argument, (void)value;
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
    return ok;
}

Test(async_task, one_that_swallows_its_cancellation_goes_on) {
    run_well(cancel_swallower, NULL);
    EXPECT_TRACE("swallowed");
}

static bool cancel_twice(PARAMETERS) {
    (void)argument, (void)value;
    struct async_awaitable *task = NEW_TASK(swallow, NULL);
    bool ok = async_sleep(0, error);
    async_cancel(task);
    async_cancel(task); /* its future is cancelled already: so at its next step too */
    cr_expect_eq(async_cancelling(task), 2);
    return ok && join("task", task);
}

/* As in CPython: the second request is for the step that the first has scheduled. */
Test(async_task, cancelled_twice_before_its_step_it_is_told_once) {
    run_well(cancel_twice, NULL);
    EXPECT_TRACE("swallowed task=None");
}

static bool cancel_again_later(PARAMETERS) {
    (void)argument, (void)value;
    struct async_awaitable *task = NEW_TASK(swallow, NULL);
    bool ok = async_sleep(0, error);
    async_cancel(task);
    ok = ok && async_sleep(0, error);
    ok = ok && async_sleep(0, error);
    async_cancel(task);
    return ok && join("task", task);
}

Test(async_task, cancelled_again_later_it_is_told_again) {
    run_well(cancel_again_later, NULL);
    EXPECT_TRACE("swallowed task=CancelledError");
}

static bool await_argument(PARAMETERS) {
    bool ok = async_await(argument, value, error);
    trace_end("middle", ok, error);
    return ok;
}

static bool cancel_chain(PARAMETERS) {
    (void)argument, (void)value;
    struct async_awaitable *inner = NEW_TASK(wait_for_ever, "inner");
    struct async_awaitable *middle = NEW_TASK(await_argument, inner);
    bool ok = async_sleep(0, error);
    async_cancel(middle);
    ok = ok && join("outer", middle);
    cr_expect(async_cancelled(inner));
    async_release(inner);
    return ok;
}

Test(async_task, cancelling_reaches_the_innermost) {
    run_well(cancel_chain, NULL);
    EXPECT_TRACE("inner=CancelledError middle=CancelledError outer=CancelledError");
}

static bool cancel_myself(PARAMETERS) {
    (void)value;
    async_cancel(async_current_task());
    trace("still here");
    return argument ? true : async_sleep(NS_PER_S, error);
}

static bool run_self_cancellers(PARAMETERS) {
    (void)argument, (void)value, (void)error;
    return join("waits", NEW_TASK(cancel_myself, NULL)) &&
           join("returns", NEW_TASK(cancel_myself, "at once"));
}

Test(async_task, one_that_cancels_itself_ends_at_its_next_wait_or_its_return) {
    run_well(run_self_cancellers, NULL);
    EXPECT_TRACE("still here waits=CancelledError still here returns=CancelledError");
}

static bool say_cancelled(PARAMETERS) {
    (void)argument, (void)value;
    return async_fail_with(error, ASYNC_CANCELLED, "by itself");
}

static bool run_sayer(PARAMETERS) {
    (void)argument, (void)value, (void)error;
    struct async_awaitable *task = NEW_TASK(say_cancelled, NULL);
    async_retain(task);
    join("task", task);
    cr_expect(async_cancelled(task));
    cr_expect_eq(async_cancelling(task), 0);
    async_release(task);
    return true;
}

Test(async_task, who_returns_a_cancellation_is_cancelled) {
    run_well(run_sayer, NULL);
    EXPECT_TRACE("task=CancelledError");
}

static bool set_a_task(PARAMETERS) {
    (void)argument, (void)value;
    struct async_awaitable *task = NEW_TASK(note, "x");
    struct async_error refusal;
    cr_expect_not(async_set_result(task, NULL, &refusal));
    cr_expect_eq(refusal.kind, ASYNC_RUNTIME);
    cr_expect_str_eq(refusal.message, "Task does not support set_result operation");
    bool ok = async_await(task, NULL, error);
    async_release(task);
    return ok;
}

Test(async_task, its_result_is_its_functions_alone) {
    run_well(set_a_task, NULL);
}

static bool forget_one(PARAMETERS) {
    (void)argument, (void)value;
    async_release(NEW_TASK(note, "forgotten"));
    return async_sleep(0, error);
}

Test(async_task, one_that_nobody_holds_runs_all_the_same) {
    run_well(forget_one, NULL);
    EXPECT_TRACE("forgotten");
}

static bool fail_forgotten(PARAMETERS) {
    (void)argument, (void)value;
    async_release(NEW_TASK(fail_now, "lost"));
    return async_sleep(0, error) && async_sleep(0, error);
}

Test(async_task, an_error_that_nobody_asked_for_is_reported_once) {
    struct async_loop *loop = new_loop();
    int reports[8] = {0};
    async_set_exception_handler(loop, count_report, reports);
    struct async_error error;
    cr_assert(async_run_until_complete(loop, async_coroutine(fail_forgotten, NULL),
                                       NULL, &error));
    cr_expect_eq(reports[ASYNC_REPORT_NEVER_RETRIEVED], 1);
    async_loop_free(loop);
    cr_expect_eq(reports[ASYNC_REPORT_NEVER_RETRIEVED], 1);
}

Test(async_task, without_a_running_loop_or_a_coroutine_there_is_none) {
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

static bool create_many(PARAMETERS) {
    (void)argument, (void)value;
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

Test(async_task, twenty_thousand_at_once_are_no_trouble) {
    run_well(create_many, NULL);
}

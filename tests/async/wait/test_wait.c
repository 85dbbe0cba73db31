/* async/wait/wait.c: for some of many, or for one but not for ever. */
#include "tests/async/support.h"

#define PARAMETERS void *argument, void **value, struct async_error *error

static int one_ms = 1;
static int two_ms = 2;

struct wish {
    enum async_return_when return_when;
    int64_t timeout_ns;
    bool with_failure;
};

/* Waits for tasks of 1 ms, 2 ms, and perhaps one that fails; traces who is done when.
 */
static bool wait_for_them(PARAMETERS) {
    (void)value;
    const struct wish *wish = argument;
    struct async_awaitable *tasks[3] = {
        NEW_TASK(sleep_ms, &one_ms),
        NEW_TASK(sleep_ms, &two_ms),
        wish->with_failure ? NEW_TASK(fail_now, "x") : NEW_TASK(sleep_ms, &two_ms),
    };
    struct async_loop *loop = async_get_running_loop();
    int64_t begin_ns = async_time_ns(loop);
    size_t done = 0;
    bool ok = async_wait(tasks, 3, wish->timeout_ns, wish->return_when, &done, error);
    trace("%zu done after %d us:", done,
          (int)((async_time_ns(loop) - begin_ns) / 1000));
    for (int i = 0; i < 3; i++) {
        trace("%d", async_done(tasks[i]));
        async_exception(tasks[i], &(struct async_error){.kind = ASYNC_OK});
        async_release(tasks[i]);
    }
    return ok;
}

static void expect_wait(struct wish wish, const char *expected) {
    struct async_loop *loop = new_loop();
    int reports[8] = {0};
    async_set_exception_handler(loop, count_report, reports);
    struct async_error error;
    cr_expect(async_run_until_complete(loop, async_coroutine(wait_for_them, &wish),
                                       NULL, &error));
    async_loop_free(loop);
    EXPECT_TRACE(expected);
}

Test(async_wait, all_completed) {
    expect_wait((struct wish){ASYNC_ALL_COMPLETED, ASYNC_FOREVER, true},
                "3 done after 2000 us: 1 1 1");
}

Test(async_wait, first_completed) {
    expect_wait((struct wish){ASYNC_FIRST_COMPLETED, ASYNC_FOREVER, false},
                "1 done after 1000 us: 1 0 0");
}

Test(async_wait, first_exception) {
    expect_wait((struct wish){ASYNC_FIRST_EXCEPTION, ASYNC_FOREVER, true},
                "1 done after 0 us: 0 0 1");
}

Test(async_wait, first_exception_without_one_waits_for_all) {
    expect_wait((struct wish){ASYNC_FIRST_EXCEPTION, ASYNC_FOREVER, false},
                "3 done after 2000 us: 1 1 1");
}

Test(async_wait, a_timeout_is_no_failure_and_cancels_nothing) {
    expect_wait((struct wish){ASYNC_ALL_COMPLETED, 1500 * NS_PER_US, false},
                "1 done after 1500 us: 1 0 0");
}

static bool refuse_all(PARAMETERS) {
    (void)argument, (void)value;
    bool ok = async_wait(NULL, 0, ASYNC_FOREVER, ASYNC_ALL_COMPLETED, NULL, error);
    trace_end("none", ok, error);
    ok = async_wait(ASYNC_LIST(async_coroutine(sleep_ms, &one_ms)), ASYNC_FOREVER,
                    ASYNC_ALL_COMPLETED, NULL, error);
    trace_end("coroutine", ok, error);
    ok = async_wait(ASYNC_LIST(NULL), ASYNC_FOREVER, ASYNC_ALL_COMPLETED, NULL, error);
    trace_end("null", ok, error);
    struct async_awaitable *twice = async_coroutine(sleep_ms, &one_ms);
    ok = async_wait(ASYNC_LIST(twice, twice), ASYNC_FOREVER, ASYNC_ALL_COMPLETED, NULL,
                    error);
    trace_end("twice", ok, error);
    return true;
}

Test(async_wait, it_refuses_none_and_coroutines) {
    run_well(refuse_all, NULL);
    EXPECT_TRACE("none=ValueError coroutine=ValueError null=MemoryError "
                 "twice=ValueError");
}

static bool wait_twice(PARAMETERS) {
    (void)value;
    bool ok = async_wait((struct async_awaitable *[]){argument, argument}, 2,
                         ASYNC_FOREVER, ASYNC_ALL_COMPLETED, NULL, error);
    trace_end("wait", ok, error);
    return ok;
}

static bool cancel_wait(PARAMETERS) {
    (void)argument, (void)value;
    struct async_awaitable *future = async_create_future(NULL);
    struct async_awaitable *task = NEW_TASK(wait_twice, future);
    bool ok = async_sleep(0, error);
    async_cancel(task);
    async_await(task, NULL, NULL);
    cr_expect_not(async_done(future), "what is waited for is not cancelled");
    async_set_result(future, NULL, NULL);
    async_release(task);
    async_release(future);
    return ok && async_sleep(0, error);
}

Test(async_wait, cancelled_it_leaves_the_others_alone) {
    run_well(cancel_wait, NULL);
    EXPECT_TRACE("wait=CancelledError");
}

/* -- async_wait_for() ------------------------------------------------------------- */

static bool in_time_and_late(PARAMETERS) {
    (void)argument;
    bool ok =
        async_wait_for(async_coroutine(sleep_ms, &one_ms), 2 * NS_PER_MS, value, error);
    trace_end("in time", ok, error);
    cr_expect_eq(*value, &one_ms);
    ok =
        async_wait_for(async_coroutine(wait_for_ever, "inner"), NS_PER_MS, NULL, error);
    trace_end("late", ok, error);
    ok = async_wait_for(async_coroutine(sleep_ms, &one_ms), ASYNC_FOREVER, NULL, error);
    trace_end("ever", ok, error);
    ok = async_wait_for(async_coroutine(wait_for_ever, "never begun"), 0, NULL, error);
    trace_end("zero", ok, error);
    ok = async_wait_for(NULL, NS_PER_MS, NULL, error);
    trace_end("null", ok, error);
    return true;
}

Test(async_wait_for, it_returns_the_result_or_cancels_and_times_out) {
    run_well(in_time_and_late, NULL);
    EXPECT_TRACE("in time=None inner=CancelledError late=TimeoutError ever=None "
                 "zero=TimeoutError null=MemoryError");
}

static bool take_time_to_cancel(PARAMETERS) {
    (void)value;
    if (async_sleep(NS_PER_S, error)) {
        return true;
    }
    async_error_clear(error);
    bool ok = async_sleep(50 * NS_PER_MS, error);
    trace("cleaned");
    *value = argument;
    return ok && (argument || async_fail_with(error, ASYNC_CANCELLED, "%s", ""));
}

static bool wait_for_slow(PARAMETERS) {
    (void)value;
    struct async_loop *loop = async_get_running_loop();
    int64_t begin_ns = async_time_ns(loop);
    bool ok = async_wait_for(async_coroutine(take_time_to_cancel, argument), NS_PER_MS,
                             NULL, error);
    trace_end("wait_for", ok, error);
    cr_expect_eq(async_time_ns(loop) - begin_ns, 51 * NS_PER_MS);
    return true;
}

Test(async_wait_for, it_waits_until_the_cancelled_one_has_ended) {
    run_well(wait_for_slow, NULL);
    EXPECT_TRACE("cleaned wait_for=TimeoutError");
}

Test(async_wait_for, one_that_swallows_the_cancellation_has_a_result) {
    run_well(wait_for_slow, "result");
    EXPECT_TRACE("cleaned wait_for=None");
}

static bool wait_for_argument(PARAMETERS) {
    bool ok = async_wait_for(argument, NS_PER_S, value, error);
    trace_end("wait_for", ok, error);
    return ok;
}

static bool cancel_it(PARAMETERS) {
    (void)argument, (void)value;
    struct async_awaitable *inner = NEW_TASK(wait_for_ever, "inner");
    struct async_awaitable *task = NEW_TASK(wait_for_argument, inner);
    bool ok = async_sleep(0, error);
    async_cancel(task);
    async_await(task, NULL, NULL);
    cr_expect(async_cancelled(inner));
    async_release(inner);
    async_release(task);
    return ok;
}

Test(async_wait_for, cancelling_the_caller_cancels_what_it_waits_for) {
    run_well(cancel_it, NULL);
    EXPECT_TRACE("inner=CancelledError wait_for=CancelledError");
}

static bool race(PARAMETERS) {
    (void)argument, (void)value;
    struct async_awaitable *future = async_create_future(NULL);
    struct async_awaitable *task = NEW_TASK(wait_for_argument, future);
    bool ok = async_sleep(0, error);
    async_set_result(future, "won", error);
    async_cancel(task); /* the result was there first: 3.11 returns it */
    void *result = NULL;
    trace_end("task", async_await(task, &result, error), error);
    cr_expect_str_eq(result, "won");
    async_release(task);
    async_release(future);
    return ok;
}

Test(async_wait_for, a_result_that_was_there_before_the_cancellation_wins) {
    run_well(race, NULL);
    EXPECT_TRACE("wait_for=None task=None");
}

Test(async_wait_for, outside_a_task_it_is_refused) {
    struct async_error error;
    cr_expect_not(
        async_wait_for(async_coroutine(sleep_ms, &one_ms), NS_PER_S, NULL, &error));
    cr_expect_eq(error.kind, ASYNC_RUNTIME);
}

/* async/wait/wait.c: waiting for some of many, or for one with a time limit. */
#include "tests/async/support.h"

static int one_ms = 1;
static int two_ms = 2;

struct wish {
    enum async_return_when return_when;
    int64_t timeout_ns;
    bool with_failure;
};

/* Waits for tasks of 1 ms and 2 ms, and for a third of 2 ms or one that fails. Traces
 * the time, and of each task whether it is done. */
ASYNC_FUNCTION(wait_for_them) {
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
    int reports[REPORT_KINDS] = {0};
    async_set_exception_handler(loop, count_reports, reports);
    run_in(loop, wait_for_them, &wish);
    async_loop_free(loop);
    EXPECT_TRACE(expected);
}

Test(async_wait, it_may_wait_until_all_are_completed) {
    expect_wait((struct wish){ASYNC_ALL_COMPLETED, ASYNC_FOREVER, true},
                "3 done after 2000 us: 1 1 1");
}

Test(async_wait, it_may_wait_until_the_first_is_completed) {
    expect_wait((struct wish){ASYNC_FIRST_COMPLETED, ASYNC_FOREVER, false},
                "1 done after 1000 us: 1 0 0");
}

Test(async_wait, it_may_wait_until_the_first_failure) {
    expect_wait((struct wish){ASYNC_FIRST_EXCEPTION, ASYNC_FOREVER, true},
                "1 done after 0 us: 0 0 1");
}

Test(async_wait, without_a_failure_it_waits_for_all) {
    expect_wait((struct wish){ASYNC_FIRST_EXCEPTION, ASYNC_FOREVER, false},
                "3 done after 2000 us: 1 1 1");
}

Test(async_wait, a_timeout_is_no_failure_and_cancels_nothing) {
    expect_wait((struct wish){ASYNC_ALL_COMPLETED, 1500 * NS_PER_US, false},
                "1 done after 1500 us: 1 0 0");
}

ASYNC_TEST(async_wait, it_refuses_an_empty_list_and_coroutines) {
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
    EXPECT_TRACE("none ValueError coroutine ValueError null ValueError "
                 "twice ValueError");
    return true;
}

ASYNC_FUNCTION(wait_twice) {
    bool ok = async_wait((struct async_awaitable *[]){argument, argument}, 2,
                         ASYNC_FOREVER, ASYNC_ALL_COMPLETED, NULL, error);
    trace_end("wait", ok, error);
    return ok;
}

ASYNC_TEST(async_wait, a_cancelled_wait_does_not_cancel_its_awaitables) {
    struct async_awaitable *future = async_create_future(NULL);
    struct async_awaitable *task = NEW_TASK(wait_twice, future);
    bool ok = async_sleep(0, error);
    async_cancel(task);
    async_await(task, NULL, NULL);
    cr_expect_not(async_done(future), "the awaitable was cancelled, too");
    async_set_result(future, NULL, NULL);
    async_release(task);
    async_release(future);
    ok = ok && async_sleep(0, error);
    EXPECT_TRACE("wait CancelledError");
    return ok;
}

/* -- async_wait_for() -------------------------------------------------------------- */

ASYNC_TEST(async_wait_for, it_returns_the_result_or_cancels_and_fails_with_a_timeout) {
    void *value = NULL;
    bool ok = async_wait_for(async_coroutine(sleep_ms, &one_ms), 2 * NS_PER_MS, &value,
                             error);
    trace_end("in time", ok, error);
    cr_expect_eq(value, &one_ms);
    ok =
        async_wait_for(async_coroutine(wait_for_ever, "inner"), NS_PER_MS, NULL, error);
    trace_end("late", ok, error);
    ok = async_wait_for(async_coroutine(sleep_ms, &one_ms), ASYNC_FOREVER, NULL, error);
    trace_end("ever", ok, error);
    ok = async_wait_for(async_coroutine(wait_for_ever, "never begun"), 0, NULL, error);
    trace_end("zero", ok, error);
    ok = async_wait_for(NULL, NS_PER_MS, NULL, error);
    trace_end("null", ok, error);
    EXPECT_TRACE("in time done inner CancelledError late TimeoutError ever done "
                 "zero TimeoutError null ValueError");
    return true;
}

ASYNC_FUNCTION(take_time_to_cancel) {
    if (async_sleep(NS_PER_S, error)) {
        return true;
    }
    async_error_clear(error);
    bool ok = async_sleep(50 * NS_PER_MS, error);
    trace("cleaned");
    *value = argument;
    return ok && (argument || async_fail_with(error, ASYNC_CANCELLED, "%s", ""));
}

ASYNC_FUNCTION(wait_for_slow) {
    struct async_loop *loop = async_get_running_loop();
    int64_t begin_ns = async_time_ns(loop);
    bool ok = async_wait_for(async_coroutine(take_time_to_cancel, argument), NS_PER_MS,
                             NULL, error);
    trace_end("wait_for", ok, error);
    cr_expect_eq(async_time_ns(loop) - begin_ns, 51 * NS_PER_MS);
    return true;
}

Test(async_wait_for, it_waits_until_the_cancelled_coroutine_has_ended) {
    run_well(wait_for_slow, NULL);
    EXPECT_TRACE("cleaned wait_for TimeoutError");
}

Test(async_wait_for, a_coroutine_that_swallows_the_cancellation_has_a_result) {
    run_well(wait_for_slow, "result");
    EXPECT_TRACE("cleaned wait_for done");
}

ASYNC_FUNCTION(wait_for_argument) {
    bool ok = async_wait_for(argument, NS_PER_S, value, error);
    trace_end("wait_for", ok, error);
    return ok;
}

ASYNC_TEST(async_wait_for, cancelling_the_caller_cancels_its_awaitable) {
    struct async_awaitable *inner = NEW_TASK(wait_for_ever, "inner");
    struct async_awaitable *task = NEW_TASK(wait_for_argument, inner);
    bool ok = async_sleep(0, error);
    async_cancel(task);
    async_await(task, NULL, NULL);
    cr_expect(async_cancelled(inner));
    async_release(inner);
    async_release(task);
    EXPECT_TRACE("inner CancelledError wait_for CancelledError");
    return ok;
}

ASYNC_TEST(async_wait_for, a_result_before_the_cancellation_wins) {
    struct async_awaitable *future = async_create_future(NULL);
    struct async_awaitable *task = NEW_TASK(wait_for_argument, future);
    bool ok = async_sleep(0, error);
    async_set_result(future, "won", error);
    async_cancel(task); /* the result was there first; CPython 3.11 returns it */
    void *result = NULL;
    trace_end("task", async_await(task, &result, error), error);
    cr_expect_str_eq(result, "won");
    async_release(task);
    async_release(future);
    EXPECT_TRACE("wait_for done task done");
    return ok;
}

Test(async_wait_for, outside_a_task_it_is_refused) {
    struct async_error error;
    FAILS_WITH(ASYNC_RUNTIME, async_wait_for(async_coroutine(sleep_ms, &one_ms),
                                             NS_PER_S, NULL, &error));
}

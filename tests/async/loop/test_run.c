/* async/loop/run.c: running until a future is done, and running a whole program. */
#include "tests/async/support.h"

ASYNC_FUNCTION(answer) {
    *value = argument;
    return async_sleep(NS_PER_US, error);
}

Test(async_run, it_returns_the_result) {
    struct async_error error;
    void *value = NULL;
    SUCCEEDS(async_run(async_coroutine(answer, "42"), &value, &error));
    cr_expect_str_eq(value, "42");
}

Test(async_run, it_returns_the_failure) {
    struct async_error error;
    FAILS_WITH(ASYNC_FAILED, async_run(async_coroutine(fail_now, "no"), NULL, &error));
    cr_expect_eq(error.code, 7);
    cr_expect_str_eq(error.message, "no");
}

ASYNC_FUNCTION(leave_tasks) {
    async_release(NEW_TASK(wait_for_ever, "a"));
    async_release(NEW_TASK(wait_for_ever, "b"));
    bool ok = async_sleep(0, error);
    trace("main ends");
    return ok;
}

Test(async_run, the_tasks_that_are_left_are_cancelled_and_clean_up) {
    run_in_real_time(leave_tasks, NULL);
    EXPECT_TRACE("main ends a CancelledError b CancelledError");
}

ASYNC_FUNCTION(take_time) {
    bool ok = async_sleep(NS_PER_S, error);
    async_sleep(NS_PER_MS, NULL);
    trace("cleaned");
    return ok;
}

ASYNC_FUNCTION(leave_slow) {
    async_release(NEW_TASK(take_time, NULL));
    return async_sleep(0, error);
}

Test(async_run, it_waits_for_the_cleanup_of_cancelled_tasks) {
    run_in_real_time(leave_slow, NULL);
    EXPECT_TRACE("cleaned");
}

ASYNC_FUNCTION(fail_when_cancelled) {
    async_sleep(NS_PER_S, NULL);
    return async_fail(error, 0, "cannot clean up");
}

ASYNC_FUNCTION(leave_failing) {
    async_set_exception_handler(async_get_running_loop(), count_reports, argument);
    async_release(NEW_TASK(fail_when_cancelled, NULL));
    return async_sleep(0, error);
}

Test(async_run, a_failure_of_a_cleanup_is_reported) {
    int reports[REPORT_KINDS] = {0};
    run_in_real_time(leave_failing, reports);
    cr_expect_eq(reports[ASYNC_REPORT_SHUTDOWN], 1);
    cr_expect_eq(reports[ASYNC_REPORT_NEVER_RETRIEVED], 0);
}

Test(async_run, it_refuses_a_future) {
    struct async_loop *loop = new_loop();
    struct async_awaitable *future = async_create_future(loop);
    struct async_error error;
    FAILS_WITH(ASYNC_INVALID_ARGUMENT, async_run(future, NULL, &error));
    FAILS_WITH(ASYNC_INVALID_ARGUMENT, async_run(NULL, NULL, &error));
    async_release(future);
    async_loop_free(loop);
}

ASYNC_FUNCTION(stop_loop) {
    async_loop_stop(async_get_running_loop());
    return async_sleep(NS_PER_S, error);
}

Test(async_run, a_loop_that_is_stopped_before_the_end_has_no_result) {
    struct async_error error;
    FAILS_WITH(ASYNC_RUNTIME, run(stop_loop, NULL, NULL, &error));
    cr_expect_str_eq(error.message, "Event loop stopped before Future completed.");
}

Test(async_run, one_loop_runs_several_times) {
    struct async_loop *loop = new_loop();
    struct async_error error;
    for (int i = 0; i < 3; i++) {
        run_in(loop, answer, NULL);
    }
    struct async_awaitable *future = async_create_future(loop);
    async_set_result(future, "done", &error);
    void *value;
    SUCCEEDS(async_run_until_complete(loop, future, &value, &error));
    cr_expect_str_eq(value, "done");
    struct async_loop *other = new_loop();
    FAILS_WITH(ASYNC_INVALID_ARGUMENT,
               async_run_until_complete(other, future, &value, &error));
    async_release(future);
    async_loop_free(loop);
    async_loop_free(other);
}

ASYNC_FUNCTION(stop_and_end) {
    async_loop_stop(async_get_running_loop());
    return true;
}

/* In asyncio, if the coroutine itself stops the loop, the callback that notices its end
 * is left over, and stops the next run in its first turn. */
Test(async_run, a_stop_at_the_end_of_a_run_does_not_stop_the_next_run) {
    struct async_loop *loop = new_loop();
    run_in(loop, stop_and_end, NULL);
    run_in(loop, answer, "x");
    async_loop_free(loop);
}

/* async/loop/run.c: until something is done, and a whole program. */
#include "tests/async/support.h"

#define PARAMETERS void *argument, void **value, struct async_error *error

static bool answer(PARAMETERS) {
    *value = argument;
    return async_sleep(NS_PER_US, error);
}

Test(async_run, it_returns_the_result) {
    struct async_error error;
    void *value = NULL;
    cr_expect(async_run(async_coroutine(answer, "42"), &value, &error));
    cr_expect_str_eq(value, "42");
}

Test(async_run, it_returns_the_failure) {
    struct async_error error;
    cr_expect_not(async_run(async_coroutine(fail_now, "no"), NULL, &error));
    cr_expect_eq(error.kind, ASYNC_FAILED);
    cr_expect_eq(error.code, 7);
    cr_expect_str_eq(error.message, "no");
}

static bool leave_tasks(PARAMETERS) {
    (void)value;
    async_release(NEW_TASK(wait_for_ever, "a"));
    async_release(NEW_TASK(wait_for_ever, "b"));
    bool ok = async_sleep(0, error);
    trace("main ends");
    (void)argument;
    return ok;
}

Test(async_run, what_is_left_is_cancelled_and_cleans_up) {
    struct async_error error;
    cr_expect(async_run(async_coroutine(leave_tasks, NULL), NULL, &error));
    EXPECT_TRACE("main ends a=CancelledError b=CancelledError");
}

static bool take_time(PARAMETERS) {
    (void)value;
    bool ok = async_sleep(NS_PER_S, error);
    async_sleep(NS_PER_MS, NULL);
    trace("cleaned");
    (void)argument;
    return ok;
}

static bool leave_slow(PARAMETERS) {
    (void)argument, (void)value;
    async_release(NEW_TASK(take_time, NULL));
    return async_sleep(0, error);
}

Test(async_run, it_waits_for_their_cleanup) {
    struct async_error error;
    cr_expect(async_run(async_coroutine(leave_slow, NULL), NULL, &error));
    EXPECT_TRACE("cleaned");
}

static int *shutdown_reports;

static bool fail_when_cancelled(PARAMETERS) {
    (void)argument, (void)value;
    async_sleep(NS_PER_S, NULL);
    return async_fail(error, 0, "cannot clean up");
}

static bool leave_failing(PARAMETERS) {
    (void)argument, (void)value;
    async_set_exception_handler(async_get_running_loop(), count_report,
                                shutdown_reports);
    async_release(NEW_TASK(fail_when_cancelled, NULL));
    return async_sleep(0, error);
}

Test(async_run, a_failure_of_their_cleanup_is_reported) {
    struct async_error error;
    int reports[8] = {0};
    shutdown_reports = reports;
    cr_expect(async_run(async_coroutine(leave_failing, NULL), NULL, &error));
    cr_expect_eq(reports[ASYNC_REPORT_SHUTDOWN], 1);
    cr_expect_eq(reports[ASYNC_REPORT_NEVER_RETRIEVED], 0);
}

Test(async_run, it_wants_a_coroutine) {
    struct async_loop *loop = new_loop();
    struct async_awaitable *future = async_create_future(loop);
    struct async_error error;
    cr_expect_not(async_run(future, NULL, &error));
    cr_expect_eq(error.kind, ASYNC_INVALID_ARGUMENT);
    cr_expect_not(async_run(NULL, NULL, &error));
    cr_expect_eq(error.kind, ASYNC_NO_MEMORY);
    async_release(future);
    async_loop_free(loop);
}

static bool stop_loop(PARAMETERS) {
    (void)argument, (void)value;
    async_loop_stop(async_get_running_loop());
    return async_sleep(NS_PER_S, error);
}

Test(async_run, a_loop_that_is_stopped_before_has_no_result) {
    struct async_error error;
    cr_expect_not(run(stop_loop, NULL, NULL, &error));
    cr_expect_eq(error.kind, ASYNC_RUNTIME);
    cr_expect_str_eq(error.message, "Event loop stopped before Future completed.");
}

Test(async_run, one_loop_runs_several_times) {
    struct async_loop *loop = new_loop();
    struct async_error error;
    for (int i = 0; i < 3; i++) {
        cr_expect(async_run_until_complete(loop, async_coroutine(answer, NULL), NULL,
                                           &error));
    }
    struct async_awaitable *future = async_create_future(loop);
    async_set_result(future, "done", &error);
    void *value;
    cr_expect(async_run_until_complete(loop, future, &value, &error));
    cr_expect_str_eq(value, "done");
    struct async_loop *other = new_loop();
    cr_expect_not(async_run_until_complete(other, future, &value, &error));
    cr_expect_eq(error.kind, ASYNC_INVALID_ARGUMENT);
    async_release(future);
    async_loop_free(loop);
    async_loop_free(other);
}

static bool stop_and_end(PARAMETERS) {
    (void)argument, (void)value, (void)error;
    async_loop_stop(async_get_running_loop());
    return true;
}

/* In asyncio the callback that notices the end is left over then, and stops the next
 * run in its first turn. */
Test(async_run, a_stop_as_it_ends_is_not_the_next_ones) {
    struct async_loop *loop = new_loop();
    struct async_error error;
    cr_expect(async_run_until_complete(loop, async_coroutine(stop_and_end, NULL), NULL,
                                       &error));
    cr_expect(
        async_run_until_complete(loop, async_coroutine(answer, "x"), NULL, &error),
        "%s", error.message);
    async_loop_free(loop);
}

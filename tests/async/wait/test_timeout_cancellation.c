/* async/wait/timeout.c: the tests of CPython 3.13 (test_timeouts.py) that are about
 * cancellation, each with the name of its original; pairs/timeouts.c has those that end in
 * the same way in 3.11. Left out are the tests about repr(), chains of exceptions and
 * entering twice, which do not exist here. */
#include "tests/async/support.h"

/* A deadline is reached while the task computes: the clock of the loop jumps. */
static bool crunch(int64_t duration_ns) {
    clock_sleep_until_ns(clock_now_ns() + duration_ns);
    return true;
}

/* A timeout ends as expected, and took back what it had requested. */
static void expect_nothing_left(struct async_error *error) {
    cr_expect_eq(async_cancelling(async_current_task()), 0);
    SUCCEEDS(async_sleep(NS_PER_MS, error));
}

ASYNC_TEST(async_timeout_of_cpython, test_nested_timeouts) {
    int64_t deadline_ns = async_time_ns(async_get_running_loop()) + 10 * NS_PER_MS;
    struct async_timeout outer;
    struct async_timeout inner;
    bool ok = async_timeout_enter_at(&outer, deadline_ns, error) &&
              async_timeout_enter_at(&inner, deadline_ns, error) &&
              async_sleep(10 * NS_PER_S, error);
    ok = trace_end("inner", async_timeout_exit(&inner, ok, error), error);
    ok = trace_end("outer", async_timeout_exit(&outer, ok, error), error);
    cr_expect(async_timeout_expired(&outer) && async_timeout_expired(&inner));
    EXPECT_TRACE("inner CancelledError outer TimeoutError");
    expect_nothing_left(error);
    return true;
}

ASYNC_TEST(async_timeout_of_cpython, test_foreign_exception_on_timeout) {
    struct async_timeout timeout;
    bool ok = async_timeout_enter(&timeout, 10 * NS_PER_MS, error) &&
              (async_sleep(NS_PER_S, error) || async_fail(error, 1, "1/0"));
    ok = trace_end("block", async_timeout_exit(&timeout, ok, error), error);
    EXPECT_TRACE("block Exception");
    expect_nothing_left(error);
    return true;
}

ASYNC_TEST(async_timeout_of_cpython,
           test_foreign_cancel_doesnt_timeout_if_not_expired) {
    struct async_timeout timeout;
    bool ok = async_timeout_enter(&timeout, 10 * NS_PER_S, error) &&
              async_cancel(async_current_task()) && async_sleep(10 * NS_PER_S, error);
    trace_end("block", async_timeout_exit(&timeout, ok, error), error);
    cr_expect_not(async_timeout_expired(&timeout));
    cr_expect_eq(async_cancelling(async_current_task()), 1);
    EXPECT_TRACE("block CancelledError");
    return true;
}

/* In real time: the loop is busy when both deadlines are reached. */
REAL_TIME_TEST(async_timeout_of_cpython, test_nested_timeouts_concurrent) {
    struct async_timeout outer;
    struct async_timeout inner;
    bool ok = async_timeout_enter(&outer, 2 * NS_PER_MS, error) &&
              async_timeout_enter(&inner, 100 * NS_PER_MS, error) &&
              crunch(200 * NS_PER_MS) && async_sleep(NS_PER_S, error);
    ok = trace_end("inner", async_timeout_exit(&inner, ok, error), error);
    ok = trace_end("outer", async_timeout_exit(&outer, ok, error), error);
    EXPECT_TRACE("inner CancelledError outer TimeoutError");
    expect_nothing_left(error);
    return true;
}

REAL_TIME_TEST(async_timeout_of_cpython, test_nested_timeouts_loop_busy) {
    struct async_timeout outer;
    struct async_timeout inner;
    bool ok = async_timeout_enter(&outer, 500 * NS_PER_MS, error) &&
              async_timeout_enter(&inner, 10 * NS_PER_MS, error) &&
              crunch(100 * NS_PER_MS) && async_sleep(10 * NS_PER_S, error);
    trace_end("inner", async_timeout_exit(&inner, ok, error), error);
    ok = trace_end("after", async_sleep(10 * NS_PER_S, error), error);
    trace_end("outer", async_timeout_exit(&outer, ok, error), error);
    EXPECT_TRACE("inner TimeoutError after CancelledError outer TimeoutError");
    expect_nothing_left(error);
    return true;
}

ASYNC_TEST(async_timeout_of_cpython, test_nested_timeout_in_finally) {
    struct async_timeout outer;
    struct async_timeout inner;
    struct async_error late = {.kind = ASYNC_OK};
    bool ok = async_timeout_enter(&outer, 10 * NS_PER_MS, error) &&
              async_sleep(NS_PER_S, error);
    bool is_late = async_timeout_enter(&inner, 10 * NS_PER_MS, &late) &&
                   async_sleep(10 * NS_PER_S, &late);
    trace_end("inner", async_timeout_exit(&inner, is_late, &late), &late);
    trace_end("outer", async_timeout_exit(&outer, ok, error), error);
    EXPECT_TRACE("inner TimeoutError outer TimeoutError");
    expect_nothing_left(error);
    return true;
}

ASYNC_TEST(async_timeout_of_cpython, test_timeout_after_cancellation) {
    struct async_timeout timeout;
    async_cancel(async_current_task());
    cr_expect_not(async_sleep(NS_PER_S, error));
    async_error_clear(error);
    bool ok = async_timeout_enter(&timeout, 0, error) && async_sleep(NS_PER_S, error);
    trace_end("cleanup", async_timeout_exit(&timeout, ok, error), error);
    cr_expect_eq(async_cancelling(async_current_task()), 1);
    EXPECT_TRACE("cleanup TimeoutError");
    return true;
}

ASYNC_TEST(async_timeout_of_cpython, test_cancel_in_timeout_after_cancellation) {
    struct async_timeout timeout;
    async_cancel(async_current_task());
    cr_expect_not(async_sleep(NS_PER_S, error));
    async_error_clear(error);
    bool ok = async_timeout_enter(&timeout, NS_PER_S, error) &&
              async_cancel(async_current_task()) && async_sleep(2 * NS_PER_S, error);
    trace_end("cleanup", async_timeout_exit(&timeout, ok, error), error);
    EXPECT_TRACE("cleanup CancelledError");
    return true;
}

ASYNC_TEST(async_timeout_of_cpython, test_timeout_expiring) {
    struct async_timeout timeout;
    bool ok = async_timeout_enter(&timeout, 10 * NS_PER_MS, error);
    cr_expect_not(async_sleep(NS_PER_S, error));
    FAILS_WITH(ASYNC_RUNTIME, async_timeout_reschedule(&timeout, 0, error));
    cr_expect_str_eq(error->message, "Cannot change state of expiring Timeout");
    SUCCEEDS(async_timeout_exit(&timeout, ok, error));
    expect_nothing_left(error);
    return true;
}

ASYNC_FUNCTION(crash_in_cleanup) {
    async_sleep(2 * NS_PER_S, error);
    return async_fail(error, 1, "1/0");
}

/* The group passes the timeout's cancellation on to the next wait, but the timeout takes
 * it back before there is one. In CPython 3.11 and 3.12 the group drops it. */
ASYNC_TEST(async_timeout_of_cpython, test_timeout_taskgroup) {
    struct async_timeout timeout;
    struct async_task_group group;
    bool ok = async_timeout_enter(&timeout, 10 * NS_PER_MS, error) &&
              async_task_group_enter(&group, error) &&
              async_task_group_create_task(
                  &group, async_coroutine(crash_in_cleanup, NULL), NULL, error) &&
              async_sleep(NS_PER_S, error);
    ok = async_task_group_exit(&group, ok, error);
    ok = trace_end("block", async_timeout_exit(&timeout, ok, error), error);
    cr_expect(async_timeout_expired(&timeout));
    EXPECT_TRACE("block ExceptionGroup");
    expect_nothing_left(error);
    return true;
}

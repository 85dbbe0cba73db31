/* async/wait/timeout.c: a time limit for a block of code. */
#include "tests/async/support.h"

ASYNC_TEST(async_timeout, a_block_that_ends_in_time_is_left_alone) {
    struct async_timeout timeout;
    bool ok = async_timeout_enter(&timeout, 2 * NS_PER_MS, error);
    ok = async_timeout_exit(&timeout, ok && async_sleep(NS_PER_MS, error), error);
    cr_expect_not(async_timeout_expired(&timeout));
    return ok && async_sleep(10 * NS_PER_MS, error);
}

ASYNC_TEST(async_timeout, a_late_block_is_cancelled_and_fails_with_a_timeout) {
    struct async_timeout timeout;
    bool ok = async_timeout_enter(&timeout, NS_PER_MS, error);
    ok = async_sleep(NS_PER_S, error);
    trace_end("sleep", ok, error);
    cr_expect(async_timeout_expired(&timeout));
    ok = async_timeout_exit(&timeout, ok, error);
    trace_end("block", ok, error);
    cr_expect_eq(async_cancelling(async_current_task()), 0);
    ok = async_sleep(NS_PER_MS, error);
    EXPECT_TRACE("sleep CancelledError block TimeoutError");
    return ok;
}

ASYNC_TEST(async_timeout, the_error_may_be_null) {
    struct async_timeout timeout;
    bool ok = async_timeout_enter(&timeout, NS_PER_MS, NULL);
    ok = async_timeout_exit(&timeout, ok && async_sleep(NS_PER_S, NULL), NULL);
    return !ok && async_timeout_expired(&timeout) &&
           async_cancelling(async_current_task()) == 0;
}

ASYNC_FUNCTION(nested) {
    const int64_t *delays_ns = argument;
    struct async_timeout outer;
    struct async_timeout inner;
    bool ok = async_timeout_enter(&outer, delays_ns[0], error) &&
              async_timeout_enter(&inner, delays_ns[1], error);
    ok = async_timeout_exit(&inner, ok && async_sleep(NS_PER_S, error), error);
    trace_end("inner", ok, error);
    ok = async_timeout_exit(&outer, ok, error);
    trace_end("outer", ok, error);
    return true;
}

Test(async_timeout, of_two_nested_the_inner_may_expire) {
    int64_t delays_ns[] = {2 * NS_PER_MS, NS_PER_MS};
    run_well(nested, delays_ns);
    EXPECT_TRACE("inner TimeoutError outer TimeoutError");
}

Test(async_timeout, of_two_nested_the_outer_may_expire) {
    int64_t delays_ns[] = {NS_PER_MS, 2 * NS_PER_MS};
    run_well(nested, delays_ns);
    EXPECT_TRACE("inner CancelledError outer TimeoutError");
}

ASYNC_TEST(async_timeout, it_can_be_moved_while_it_is_active) {
    struct async_loop *loop = async_get_running_loop();
    int64_t begin_ns = async_time_ns(loop);
    struct async_timeout timeout = {.state = ASYNC_TIMEOUT_CREATED};
    struct async_error refusal;
    cr_expect_not(async_timeout_reschedule(&timeout, begin_ns, &refusal));
    cr_expect_str_eq(refusal.message, "Timeout has not been entered");
    bool ok = async_timeout_enter(&timeout, NS_PER_MS, error) &&
              async_timeout_reschedule(&timeout, begin_ns + 5 * NS_PER_MS, error);
    cr_expect_eq(timeout.when_ns, begin_ns + 5 * NS_PER_MS);
    ok = async_timeout_exit(&timeout, ok && async_sleep(NS_PER_S, error), error);
    trace_end("block", ok, error);
    cr_expect_eq(async_time_ns(loop) - begin_ns, 5 * NS_PER_MS);
    cr_expect_not(async_timeout_reschedule(&timeout, begin_ns, &refusal));
    cr_expect_str_eq(refusal.message, "Cannot change state of expired Timeout");
    EXPECT_TRACE("block TimeoutError");
    return true;
}

ASYNC_TEST(async_timeout, it_may_expire_never_or_at_once) {
    struct async_timeout timeout;
    bool ok = async_timeout_enter(&timeout, ASYNC_FOREVER, error);
    ok = async_timeout_exit(&timeout, ok && async_sleep(3600 * NS_PER_S, error), error);
    trace_end("never", ok, error);
    ok = async_timeout_enter(&timeout, 0, error);
    ok = async_timeout_exit(
        &timeout, ok && async_sleep(0, error) && async_sleep(0, error), error);
    trace_end("at once", ok, error);
    ok = async_timeout_enter(&timeout, -1, error);
    ok = async_timeout_exit(&timeout, ok, error);
    trace_end("no wait", ok, error);
    EXPECT_TRACE("never done at once TimeoutError no wait done");
    return true;
}

ASYNC_FUNCTION(with_timeout) {
    struct async_timeout timeout;
    bool ok = async_timeout_enter(&timeout, NS_PER_MS, error);
    ok = async_timeout_exit(&timeout, ok && async_sleep(NS_PER_S, error), error);
    trace_end("block", ok, error);
    return ok;
}

ASYNC_TEST(async_timeout, a_cancellation_from_outside_is_no_timeout) {
    struct async_awaitable *task = NEW_TASK(with_timeout, NULL);
    bool ok = async_sleep(0, error);
    async_cancel(task);
    settle("task", task);
    EXPECT_TRACE("block CancelledError task CancelledError");
    return ok;
}

Test(async_timeout, outside_a_task_it_is_refused) {
    struct async_timeout timeout;
    struct async_error error;
    FAILS_WITH(ASYNC_RUNTIME, async_timeout_enter(&timeout, NS_PER_S, &error));
}

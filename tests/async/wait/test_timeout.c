/* async/wait/timeout.c: a limit for a block of code. */
#include "tests/async/support.h"

#define PARAMETERS void *argument, void **value, struct async_error *error

static bool in_time(PARAMETERS) {
    (void)argument, (void)value;
    struct async_timeout timeout;
    bool ok = async_timeout_enter(&timeout, 2 * NS_PER_MS, error);
    ok = async_timeout_exit(&timeout, ok && async_sleep(NS_PER_MS, error), error);
    cr_expect_not(async_timeout_expired(&timeout));
    return ok && async_sleep(10 * NS_PER_MS, error);
}

Test(async_timeout, what_is_done_in_time_is_left_alone) {
    run_well(in_time, NULL);
}

static bool late(PARAMETERS) {
    (void)argument, (void)value;
    struct async_timeout timeout;
    bool ok = async_timeout_enter(&timeout, NS_PER_MS, error);
    ok = async_sleep(NS_PER_S, error);
    trace_end("sleep", ok, error);
    cr_expect(async_timeout_expired(&timeout));
    ok = async_timeout_exit(&timeout, ok, error);
    trace_end("block", ok, error);
    cr_expect_eq(async_cancelling(async_current_task()), 0);
    return async_sleep(NS_PER_MS, error);
}

Test(async_timeout, what_is_late_is_cancelled_and_that_is_a_timeout) {
    run_well(late, NULL);
    EXPECT_TRACE("sleep=CancelledError block=TimeoutError");
}

static bool late_and_nobody_asks_why(PARAMETERS) {
    (void)argument, (void)value, (void)error;
    struct async_timeout timeout;
    bool ok = async_timeout_enter(&timeout, NS_PER_MS, NULL);
    ok = async_timeout_exit(&timeout, ok && async_sleep(NS_PER_S, NULL), NULL);
    return !ok && async_timeout_expired(&timeout) &&
           async_cancelling(async_current_task()) == 0;
}

Test(async_timeout, the_error_may_be_nobodys) {
    run_well(late_and_nobody_asks_why, NULL);
}

static bool nested(PARAMETERS) {
    (void)value;
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

Test(async_timeout, of_two_the_inner_one_may_expire) {
    int64_t delays_ns[] = {2 * NS_PER_MS, NS_PER_MS};
    run_well(nested, delays_ns);
    EXPECT_TRACE("inner=TimeoutError outer=TimeoutError");
}

Test(async_timeout, of_two_the_outer_one_may_expire) {
    int64_t delays_ns[] = {NS_PER_MS, 2 * NS_PER_MS};
    run_well(nested, delays_ns);
    EXPECT_TRACE("inner=CancelledError outer=TimeoutError");
}

static bool reschedule(PARAMETERS) {
    (void)argument, (void)value;
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
    return true;
}

Test(async_timeout, it_can_be_moved_while_it_is_active) {
    run_well(reschedule, NULL);
    EXPECT_TRACE("block=TimeoutError");
}

static bool for_ever(PARAMETERS) {
    (void)argument, (void)value;
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
    return true;
}

Test(async_timeout, it_may_be_never_or_at_once) {
    run_well(for_ever, NULL);
    EXPECT_TRACE("never=None at once=TimeoutError no wait=None");
}

static bool with_timeout(PARAMETERS) {
    (void)argument, (void)value;
    struct async_timeout timeout;
    bool ok = async_timeout_enter(&timeout, NS_PER_MS, error);
    ok = async_timeout_exit(&timeout, ok && async_sleep(NS_PER_S, error), error);
    trace_end("block", ok, error);
    return ok;
}

static bool cancel_from_outside(PARAMETERS) {
    (void)argument, (void)value;
    struct async_awaitable *task = NEW_TASK(with_timeout, NULL);
    bool ok = async_sleep(0, error);
    async_cancel(task);
    struct async_error end;
    trace_end("task", async_await(task, NULL, &end), &end);
    async_release(task);
    return ok;
}

Test(async_timeout, a_cancellation_from_outside_stays_one) {
    run_well(cancel_from_outside, NULL);
    EXPECT_TRACE("block=CancelledError task=CancelledError");
}

Test(async_timeout, outside_a_task_it_is_refused) {
    struct async_timeout timeout;
    struct async_error error;
    cr_expect_not(async_timeout_enter(&timeout, NS_PER_S, &error));
    cr_expect_eq(error.kind, ASYNC_RUNTIME);
}

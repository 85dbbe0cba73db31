/* async/wait/shield.c: an awaitable is not cancelled with the task that awaits it. */
#include "tests/async/support.h"

ASYNC_FUNCTION(slow) {
    bool ok = async_sleep(NS_PER_MS, error);
    trace_end("inner", ok, error);
    *value = argument;
    return ok;
}

ASYNC_FUNCTION(shield_it) {
    bool ok = async_shield(argument, value, error);
    trace_end("shield", ok, error);
    return ok;
}

ASYNC_TEST(async_shield, the_waiting_task_is_cancelled_and_the_inner_task_goes_on) {
    struct async_awaitable *inner = NEW_TASK(slow, "kept");
    struct async_awaitable *outer = NEW_TASK(shield_it, inner);
    bool ok = async_sleep(0, error);
    async_cancel(outer);
    async_await(outer, NULL, NULL);
    void *result = NULL;
    ok = ok && async_await(inner, &result, error);
    cr_expect_str_eq(result, "kept");
    async_release(inner);
    async_release(outer);
    EXPECT_TRACE("shield CancelledError inner done");
    return ok;
}

ASYNC_TEST(async_shield, results_failures_and_cancellations_pass_through) {
    void *value = NULL;
    bool ok = async_shield(async_coroutine(slow, "result"), &value, error);
    trace_end("value", ok, error);
    cr_expect_str_eq(value, "result");
    ok = async_shield(async_coroutine(fail_now, "x"), NULL, error);
    trace_end("failure", ok, error);
    struct async_awaitable *inner = NEW_TASK(slow, NULL);
    async_cancel(inner);
    ok = async_shield(inner, NULL, error);
    trace_end("cancelled", ok, error);
    ok = async_shield(inner, NULL, error);
    trace_end("done before", ok, error);
    async_release(inner);
    EXPECT_TRACE("inner done value done failure Exception cancelled CancelledError "
                 "done before CancelledError");
    return true;
}

ASYNC_TEST(async_shield, cancelling_its_future_leaves_the_inner_task_alone) {
    struct async_awaitable *inner = NEW_TASK(slow, NULL);
    struct async_awaitable *outer = async_shield_future(inner);
    cr_expect(async_cancel(outer));
    bool ok = async_await(inner, NULL, error);
    async_release(outer);
    cr_expect_eq(async_shield_future(inner), inner,
                 "a done task is not returned as it is");
    async_release(inner);
    async_release(inner);
    EXPECT_TRACE("inner done");
    return ok;
}

Test(async_shield, without_a_loop_it_fails) {
    struct async_error error;
    FAILS_WITH(ASYNC_RUNTIME, async_shield(async_coroutine(slow, NULL), NULL, &error));
}

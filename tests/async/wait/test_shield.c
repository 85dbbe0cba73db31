/* async/wait/shield.c: not cancelled with who waits. */
#include "tests/async/support.h"

#define PARAMETERS void *argument, void **value, struct async_error *error

static bool slow(PARAMETERS) {
    bool ok = async_sleep(NS_PER_MS, error);
    trace_end("inner", ok, error);
    *value = argument;
    return ok;
}

static bool shield_it(PARAMETERS) {
    bool ok = async_shield(argument, value, error);
    trace_end("shield", ok, error);
    return ok;
}

static bool cancel_outer(PARAMETERS) {
    (void)argument, (void)value;
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
    return ok;
}

Test(async_shield, who_waits_is_cancelled_and_the_other_goes_on) {
    run_well(cancel_outer, NULL);
    EXPECT_TRACE("shield=CancelledError inner=None");
}

static bool pass_through(PARAMETERS) {
    (void)argument;
    bool ok = async_shield(async_coroutine(slow, "result"), value, error);
    trace_end("value", ok, error);
    cr_expect_str_eq(*value, "result");
    ok = async_shield(async_coroutine(fail_now, "x"), NULL, error);
    trace_end("failure", ok, error);
    struct async_awaitable *inner = NEW_TASK(slow, NULL);
    async_cancel(inner);
    ok = async_shield(inner, NULL, error);
    trace_end("cancelled", ok, error);
    ok = async_shield(inner, NULL, error);
    trace_end("done before", ok, error);
    async_release(inner);
    return true;
}

Test(async_shield, results_failures_and_cancellations_pass_through) {
    run_well(pass_through, NULL);
    EXPECT_TRACE("inner=None value=None failure=Exception cancelled=CancelledError "
                 "done before=CancelledError");
}

static bool as_a_future(PARAMETERS) {
    (void)argument, (void)value;
    struct async_awaitable *inner = NEW_TASK(slow, NULL);
    struct async_awaitable *outer = async_shield_future(inner);
    cr_expect(async_cancel(outer));
    bool ok = async_await(inner, NULL, error);
    async_release(outer);
    cr_expect_eq(async_shield_future(inner), inner, "what is done comes back as it is");
    async_release(inner);
    async_release(inner);
    return ok;
}

Test(async_shield, its_future_is_cancelled_alone) {
    run_well(as_a_future, NULL);
    EXPECT_TRACE("inner=None");
}

Test(async_shield, without_a_loop_there_is_none) {
    struct async_error error;
    cr_expect_not(async_shield(async_coroutine(slow, NULL), NULL, &error));
    cr_expect_eq(error.kind, ASYNC_RUNTIME);
}

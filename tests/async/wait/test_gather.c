/* async/wait/gather.c: many at once. */
#include "tests/async/support.h"

#define PARAMETERS void *argument, void **value, struct async_error *error

static int one_ms = 1;
static int two_ms = 2;
static int three_ms = 3;

static bool in_order(PARAMETERS) {
    (void)argument, (void)value;
    struct async_outcome outcomes[3];
    int64_t begin_ns = async_time_ns(async_get_running_loop());
    bool ok = async_gather(ASYNC_LIST(async_coroutine(sleep_ms, &three_ms),
                                      async_coroutine(sleep_ms, &one_ms),
                                      async_coroutine(sleep_ms, &two_ms)),
                           false, outcomes, error);
    cr_expect_eq(outcomes[0].value, &three_ms);
    cr_expect_eq(outcomes[1].value, &one_ms);
    cr_expect_eq(outcomes[2].value, &two_ms);
    cr_expect_eq(outcomes[2].error.kind, ASYNC_OK);
    cr_expect_eq(async_time_ns(async_get_running_loop()) - begin_ns, 3 * NS_PER_MS);
    return ok;
}

Test(async_gather, results_come_in_the_order_given_after_the_longest) {
    run_well(in_order, NULL);
}

static bool fail_first(PARAMETERS) {
    (void)argument, (void)value;
    struct async_awaitable *slow = NEW_TASK(sleep_ms, &one_ms);
    struct async_error failure;
    bool ok = async_gather(ASYNC_LIST(slow, async_coroutine(fail_now, "first"),
                                      async_coroutine(fail_now, "second")),
                           false, NULL, &failure);
    trace_end("gather", ok, &failure);
    cr_expect_str_eq(failure.message, "first");
    cr_expect_not(async_done(slow), "the others go on");
    ok = async_await(slow, NULL, error);
    async_release(slow);
    return ok;
}

Test(async_gather, the_first_failure_ends_it_and_the_others_go_on) {
    struct async_loop *loop = new_loop();
    int reports[8] = {0};
    async_set_exception_handler(loop, count_report, reports);
    struct async_error error;
    cr_expect(async_run_until_complete(loop, async_coroutine(fail_first, NULL), NULL,
                                       &error));
    async_loop_free(loop);
    EXPECT_TRACE("gather=Exception");
    cr_expect_eq(reports[ASYNC_REPORT_NEVER_RETRIEVED], 0,
                 "the second is nobody's news");
}

static bool return_exceptions(PARAMETERS) {
    (void)argument, (void)value;
    struct async_awaitable *cancelled = NEW_TASK(wait_for_ever, NULL);
    async_cancel(cancelled);
    struct async_outcome outcomes[3];
    bool ok = async_gather(ASYNC_LIST(async_coroutine(fail_now, "x"), cancelled,
                                      async_coroutine(sleep_ms, &one_ms)),
                           true, outcomes, error);
    for (int i = 0; i < 3; i++) {
        trace("%s", async_error_name(outcomes[i].error.kind));
    }
    async_release(cancelled);
    return ok;
}

Test(async_gather, failures_may_stand_among_the_results) {
    run_well(return_exceptions, NULL);
    EXPECT_TRACE("Exception CancelledError None");
}

static bool duplicates(PARAMETERS) {
    (void)argument, (void)value;
    struct async_awaitable *same = async_coroutine(sleep_ms, &one_ms);
    struct async_awaitable *future = async_create_future(NULL);
    async_set_result(future, "f", error);
    struct async_outcome outcomes[5];
    bool ok = async_gather(ASYNC_LIST(same, future, same, future, same), false,
                           outcomes, error);
    cr_expect_eq(outcomes[0].value, &one_ms);
    cr_expect_eq(outcomes[2].value, &one_ms);
    cr_expect_eq(outcomes[4].value, &one_ms);
    cr_expect_str_eq(outcomes[3].value, "f");
    async_release(future);
    return ok;
}

Test(async_gather, the_same_one_may_be_given_twice) {
    run_well(duplicates, NULL);
}

static bool gather_three(PARAMETERS) {
    (void)value;
    bool ok = async_gather(ASYNC_LIST(async_coroutine(wait_for_ever, "a"),
                                      async_coroutine(wait_for_ever, "b"),
                                      async_coroutine(sleep_ms, &one_ms)),
                           argument != NULL, NULL, error);
    trace_end("gather", ok, error);
    return ok;
}

static bool cancel_gather(PARAMETERS) {
    (void)value;
    struct async_awaitable *task = NEW_TASK(gather_three, argument);
    bool ok = async_sleep(2 * NS_PER_MS, error);
    async_cancel(task);
    struct async_error end;
    trace_end("task", async_await(task, NULL, &end), &end);
    async_release(task);
    return ok;
}

Test(async_gather, cancelling_it_cancels_the_children) {
    run_well(cancel_gather, NULL);
    EXPECT_TRACE("a=CancelledError b=CancelledError gather=CancelledError "
                 "task=CancelledError");
}

Test(async_gather, that_is_so_with_return_exceptions_too) {
    run_well(cancel_gather, "");
    EXPECT_TRACE("a=CancelledError b=CancelledError gather=CancelledError "
                 "task=CancelledError");
}

static bool as_a_future(PARAMETERS) {
    (void)argument, (void)value;
    struct async_awaitable *all =
        async_gather_future(ASYNC_LIST(async_coroutine(sleep_ms, &one_ms),
                                       async_coroutine(sleep_ms, &two_ms)),
                            false);
    cr_expect_not(async_set_result(all, NULL, NULL));
    void *result = NULL;
    bool ok = async_await(all, &result, error);
    const struct async_outcome *outcomes = result;
    cr_expect_eq(outcomes[0].value, &one_ms);
    cr_expect_eq(outcomes[1].value, &two_ms);
    async_release(all);
    return ok;
}

Test(async_gather, its_future_has_the_outcomes_as_its_value) {
    run_well(as_a_future, NULL);
}

static bool nothing_to_gather(PARAMETERS) {
    (void)argument, (void)value;
    return async_gather(NULL, 0, false, NULL, error);
}

Test(async_gather, of_none_it_is_done_at_once) {
    run_well(nothing_to_gather, NULL);
}

static bool drop_it(PARAMETERS) {
    (void)argument, (void)value;
    struct async_awaitable *future = async_create_future(NULL);
    struct async_awaitable *all = async_gather_future(
        ASYNC_LIST(future, async_coroutine(wait_for_ever, "child")), false);
    async_release(all);
    async_cancel(future);
    async_release(future);
    return async_sleep(0, error) && async_sleep(0, error);
}

Test(async_gather, dropped_before_it_is_done_it_leaks_nothing) {
    run_well(drop_it, NULL);
    EXPECT_TRACE("child=GeneratorExit");
}

static bool gather_foreign(PARAMETERS) {
    (void)value;
    return async_gather(ASYNC_LIST(async_coroutine(sleep_ms, &one_ms), argument,
                                   async_coroutine(wait_for_ever, "never")),
                        false, NULL, error);
}

Test(async_gather, all_belong_to_one_loop) {
    struct async_loop *other = new_loop();
    struct async_awaitable *future = async_create_future(other);
    struct async_error error;
    cr_expect_not(run(gather_foreign, future, NULL, &error));
    async_release(future);
    async_loop_free(other);
    cr_expect(error.kind == ASYNC_INVALID_ARGUMENT || error.kind == ASYNC_RUNTIME, "%s",
              error.message);
}

Test(async_gather, outside_a_loop_there_is_none_and_coroutines_are_given_back) {
    struct async_error error;
    cr_expect_not(async_gather(ASYNC_LIST(async_coroutine(sleep_ms, &one_ms), NULL),
                               false, NULL, &error));
    cr_expect_eq(error.kind, ASYNC_RUNTIME, "%s", error.message);
    cr_expect_null(
        async_gather_future(ASYNC_LIST(async_coroutine(sleep_ms, &one_ms)), false));
}

static bool gather_what_is_missing(PARAMETERS) {
    (void)argument, (void)value;
    struct async_awaitable *twice = async_coroutine(sleep_ms, &one_ms);
    return async_gather(ASYNC_LIST(NULL, twice, twice), false, NULL, error);
}

Test(async_gather, a_coroutine_that_is_given_twice_is_given_back_once) {
    struct async_awaitable *twice = async_coroutine(sleep_ms, &one_ms);
    struct async_error error;
    cr_expect_not(async_gather(ASYNC_LIST(twice, twice), false, NULL, &error));
    cr_expect_not(run(gather_what_is_missing, NULL, NULL, &error));
    struct async_loop *closed = new_loop();
    struct async_awaitable *future = async_create_future(closed);
    cr_assert(async_loop_close(closed, &error));
    twice = async_coroutine(sleep_ms, &one_ms);
    cr_expect_null(async_gather_future(ASYNC_LIST(future, twice, twice), false));
    async_release(future);
    async_loop_free(closed);
}

static bool many(PARAMETERS) {
    (void)argument, (void)value;
    enum { COUNT = 5000 };
    static struct async_awaitable *all[COUNT];
    static struct async_outcome outcomes[COUNT];
    static int delays[COUNT];
    for (int i = 0; i < COUNT; i++) {
        delays[i] = i * 7919 % 100;
        all[i] = async_coroutine(sleep_ms, &delays[i]);
    }
    bool ok = async_gather(all, COUNT, false, outcomes, error);
    for (int i = 0; i < COUNT; i++) {
        cr_assert_eq(outcomes[i].value, &delays[i]);
    }
    return ok;
}

Test(async_gather, five_thousand_keep_their_order) {
    run_well(many, NULL);
}

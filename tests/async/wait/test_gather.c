/* async/wait/gather.c: many coroutines at once. */
#include "tests/async/support.h"

static int one_ms = 1;
static int two_ms = 2;
static int three_ms = 3;

ASYNC_TEST(async_gather, results_come_in_the_given_order_after_the_longest) {
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

ASYNC_FUNCTION(fail_first) {
    struct async_awaitable *slow = NEW_TASK(sleep_ms, &one_ms);
    FAILS_WITH(ASYNC_FAILED,
               async_gather(ASYNC_LIST(slow, async_coroutine(fail_now, "first"),
                                       async_coroutine(fail_now, "second")),
                            false, NULL, error));
    cr_expect_str_eq(error->message, "first");
    cr_expect_not(async_done(slow), "it waited for the others");
    bool ok = async_await(slow, NULL, error);
    async_release(slow);
    return ok;
}

Test(async_gather, the_first_failure_ends_it_and_the_others_go_on) {
    struct async_loop *loop = new_loop();
    int reports[REPORT_KINDS] = {0};
    async_set_exception_handler(loop, count_reports, reports);
    run_in(loop, fail_first, NULL);
    async_loop_free(loop);
    cr_expect_eq(reports[ASYNC_REPORT_NEVER_RETRIEVED], 0,
                 "the second failure was reported");
}

ASYNC_TEST(async_gather, failures_may_be_returned_among_the_results) {
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
    EXPECT_TRACE("Exception CancelledError None");
    return ok;
}

ASYNC_TEST(async_gather, an_awaitable_may_be_given_twice) {
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

ASYNC_FUNCTION(gather_three) {
    bool ok = async_gather(ASYNC_LIST(async_coroutine(wait_for_ever, "a"),
                                      async_coroutine(wait_for_ever, "b"),
                                      async_coroutine(sleep_ms, &one_ms)),
                           argument != NULL, NULL, error);
    trace_end("gather", ok, error);
    return ok;
}

ASYNC_FUNCTION(cancel_gather) {
    struct async_awaitable *task = NEW_TASK(gather_three, argument);
    bool ok = async_sleep(2 * NS_PER_MS, error);
    async_cancel(task);
    settle("task", task);
    return ok;
}

Test(async_gather, cancelling_it_cancels_the_children) {
    run_well(cancel_gather, NULL);
    EXPECT_TRACE("a CancelledError b CancelledError gather CancelledError "
                 "task CancelledError");
}

Test(async_gather, cancelling_it_with_return_exceptions_cancels_the_children_too) {
    run_well(cancel_gather, "");
    EXPECT_TRACE("a CancelledError b CancelledError gather CancelledError "
                 "task CancelledError");
}

ASYNC_TEST(async_gather, the_value_of_its_future_is_the_outcomes) {
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

ASYNC_TEST(async_gather, a_gather_of_none_is_done_at_once) {
    return async_gather(NULL, 0, false, NULL, error);
}

ASYNC_FUNCTION(drop_it) {
    struct async_awaitable *future = async_create_future(NULL);
    struct async_awaitable *all = async_gather_future(
        ASYNC_LIST(future, async_coroutine(wait_for_ever, "child")), false);
    async_release(all);
    async_cancel(future);
    async_release(future);
    return turns(2, error);
}

Test(async_gather, a_gather_released_before_it_is_done_leaks_nothing) {
    run_well(drop_it, NULL);
    EXPECT_TRACE("child GeneratorExit");
}

ASYNC_FUNCTION(gather_foreign) {
    return async_gather(ASYNC_LIST(async_coroutine(sleep_ms, &one_ms), argument,
                                   async_coroutine(wait_for_ever, "never")),
                        false, NULL, error);
}

Test(async_gather, awaitables_of_two_loops_are_refused) {
    struct async_loop *other = new_loop();
    struct async_awaitable *future = async_create_future(other);
    struct async_error error;
    cr_expect_not(run(gather_foreign, future, NULL, &error));
    async_release(future);
    async_loop_free(other);
    cr_expect(error.kind == ASYNC_INVALID_ARGUMENT || error.kind == ASYNC_RUNTIME, "%s",
              error.message);
}

Test(async_gather, outside_a_loop_it_fails_and_frees_the_coroutines) {
    struct async_error error;
    FAILS_WITH(ASYNC_RUNTIME,
               async_gather(ASYNC_LIST(async_coroutine(sleep_ms, &one_ms), NULL), false,
                            NULL, &error));
    cr_expect_null(
        async_gather_future(ASYNC_LIST(async_coroutine(sleep_ms, &one_ms)), false));
}

ASYNC_FUNCTION(gather_what_is_missing) {
    struct async_awaitable *twice = async_coroutine(sleep_ms, &one_ms);
    return async_gather(ASYNC_LIST(NULL, twice, twice), false, NULL, error);
}

Test(async_gather, a_coroutine_that_is_given_twice_is_freed_once) {
    struct async_awaitable *twice = async_coroutine(sleep_ms, &one_ms);
    struct async_error error;
    cr_expect_not(async_gather(ASYNC_LIST(twice, twice), false, NULL, &error));
    cr_expect_not(run(gather_what_is_missing, NULL, NULL, &error));
    struct async_loop *closed = new_loop();
    struct async_awaitable *future = async_create_future(closed);
    SUCCEEDS(async_loop_close(closed, &error));
    twice = async_coroutine(sleep_ms, &one_ms);
    cr_expect_null(async_gather_future(ASYNC_LIST(future, twice, twice), false));
    async_release(future);
    async_loop_free(closed);
}

ASYNC_TEST(async_gather, five_thousand_results_keep_their_order) {
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

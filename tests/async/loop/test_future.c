/* async/loop/future.c: from pending to done, callbacks, owners, and the end. */
#include "tests/async/support.h"

static struct async_loop *loop;
static struct async_awaitable *future;
static struct async_error error;

static void open_future(void) {
    loop = new_loop();
    future = async_create_future(loop);
}

static void close_future(void) {
    async_release(future);
    async_loop_free(loop);
}

TestSuite(async_future, .init = open_future, .fini = close_future);

static void note(struct async_awaitable *done, void *argument) {
    trace("%s%s", (const char *)argument, async_done(done) ? "" : "?");
}

Test(async_future, it_has_no_result_before_it_is_done) {
    cr_expect_not(async_done(future));
    FAILS_WITH(ASYNC_INVALID_STATE, async_result(future, NULL, &error));
    cr_expect_str_eq(error.message, "Result is not ready.");
}

Test(async_future, a_result_is_set_once) {
    void *value;
    SUCCEEDS(async_set_result(future, "one", &error));
    FAILS_WITH(ASYNC_INVALID_STATE, async_set_result(future, "two", &error));
    cr_expect_not(async_set_exception(future, &error, &error));
    SUCCEEDS(async_result(future, &value, &error));
    cr_expect_str_eq(value, "one");
    cr_expect(async_done(future));
    cr_expect_not(async_cancelled(future));
}

Test(async_future, an_exception_comes_back_with_code_and_message) {
    async_fail(&error, 5, "broken");
    cr_expect(async_set_exception(future, &error, NULL));
    struct async_error found;
    cr_expect(async_exception(future, &found));
    cr_expect_eq(found.kind, ASYNC_FAILED);
    cr_expect_eq(found.code, 5);
    cr_expect_str_eq(found.message, "broken");
}

Test(async_future, cancelling_is_done_at_once_and_once) {
    cr_expect(async_cancel_with(future, "enough"));
    cr_expect(async_done(future));
    cr_expect(async_cancelled(future));
    cr_expect_not(async_cancel(future));
    FAILS_WITH(ASYNC_CANCELLED, async_result(future, NULL, &error));
    cr_expect_str_eq(error.message, "enough");
}

Test(async_future, callbacks_are_called_a_turn_later_in_the_order_of_adding) {
    async_add_done_callback(future, note, "a", &error);
    async_add_done_callback(future, note, "b", &error);
    async_set_result(future, NULL, &error);
    EXPECT_TRACE("");
    run_turns(loop, 1);
    EXPECT_TRACE("a b");
    run_turns(loop, 1);
    EXPECT_TRACE("a b");
}

Test(async_future, a_callback_added_to_a_done_future_is_called_a_turn_later) {
    async_set_result(future, NULL, &error);
    SUCCEEDS(async_add_done_callback(future, note, "late", &error));
    EXPECT_TRACE("");
    run_turns(loop, 1);
    EXPECT_TRACE("late");
}

Test(async_future, removing_removes_all_equal_callbacks_and_counts_them) {
    async_add_done_callback(future, note, "a", &error);
    async_add_done_callback(future, note, "b", &error);
    char *same = "same"; /* any pointer */
    async_add_done_callback(future, note, same, &error);
    async_add_done_callback(future, note, same, &error);
    cr_expect_eq(async_remove_done_callback(future, note, same), 2);
    cr_expect_eq(async_remove_done_callback(future, note, same), 0);
    async_cancel(future);
    run_turns(loop, 1);
    EXPECT_TRACE("a b");
}

Test(async_future, callbacks_of_a_future_that_is_never_done_are_freed_with_it) {
    SUCCEEDS(async_add_done_callback(future, note, "never", &error));
    /* The suite releases the future; LeakSanitizer looks. */
}

Test(async_future, a_callback_keeps_its_future_until_it_is_called) {
    struct async_awaitable *other = async_create_future(loop);
    async_add_done_callback(other, note, "held", &error);
    async_set_result(other, NULL, &error);
    async_release(other);
    run_turns(loop, 1);
    EXPECT_TRACE("held");
}

Test(async_future, after_the_loop_is_closed_it_can_still_be_set) {
    async_add_done_callback(future, note, "never", &error);
    SUCCEEDS(async_loop_close(loop, &error));
    SUCCEEDS(async_set_result(future, NULL, &error));
    FAILS_WITH(ASYNC_RUNTIME, async_add_done_callback(future, note, "late", &error));
    EXPECT_TRACE("");
}

Test(async_future, a_coroutine_takes_no_callbacks) {
    struct async_awaitable *coroutine = async_coroutine(sleep_ms, NULL);
    FAILS_WITH(ASYNC_INVALID_ARGUMENT,
               async_add_done_callback(coroutine, note, "never", &error));
    async_release(coroutine);
}

Test(async_future, an_error_of_kind_ok_is_not_set_as_exception) {
    struct async_error none = {.kind = ASYNC_OK};
    FAILS_WITH(ASYNC_INVALID_ARGUMENT, async_set_exception(future, NULL, &error));
    FAILS_WITH(ASYNC_INVALID_ARGUMENT, async_set_exception(future, &none, &error));
    cr_expect_not(async_done(future));
}

Test(async_future, without_a_loop_no_future_is_made) {
    cr_expect_null(async_create_future(NULL));
    FAILS_WITH(ASYNC_RUNTIME, async_result(NULL, NULL, &error));
    cr_expect_str_eq(error.message, "no running event loop");
    FAILS_WITH(ASYNC_RUNTIME, async_set_result(NULL, NULL, &error));
}

Test(async_future, cancelling_a_failed_future_counts_as_retrieving_its_error) {
    int reports[REPORT_KINDS] = {0};
    async_set_exception_handler(loop, count_reports, reports);
    struct async_awaitable *failed = async_create_future(loop);
    async_fail(&error, 0, "x");
    async_set_exception(failed, &error, NULL);
    cr_expect_not(async_cancel(failed));
    async_release(failed);
    cr_expect_eq(reports[ASYNC_REPORT_NEVER_RETRIEVED], 0);
}

/* -- Owners, and the end ---------------------------------------------------------- */

Test(async_future, null_is_accepted_everywhere) {
    async_release(NULL);
    cr_expect_null(async_retain(NULL));
    cr_expect_null(async_get_loop(NULL));
    cr_expect_str_empty(async_get_name(NULL));
    async_set_name(NULL, "x");
    cr_expect_not(async_done(NULL));
    cr_expect_not(async_cancel(NULL));
}

Test(async_future, a_future_that_is_held_outlives_its_loop) {
    SUCCEEDS(async_set_result(future, "kept", &error));
    async_loop_free(loop);
    loop = NULL;
    void *value = NULL;
    SUCCEEDS(async_result(future, &value, &error));
    cr_expect_str_eq(value, "kept");
}

/* Makes the suite's future fail. Returns it; the caller releases it. */
static struct async_awaitable *fail_future(async_exception_handler *handler,
                                           void *context) {
    struct async_awaitable *failed = future;
    future = NULL;
    async_set_exception_handler(loop, handler, context);
    async_fail(&error, 0, "lost");
    cr_assert(async_set_exception(failed, &error, NULL));
    return failed;
}

Test(async_future,
     an_error_that_was_not_retrieved_is_reported_once_at_the_last_release) {
    int reports[REPORT_KINDS] = {0};
    struct async_awaitable *failed = fail_future(count_reports, reports);
    async_retain(failed);
    async_release(failed);
    cr_expect_eq(reports[ASYNC_REPORT_NEVER_RETRIEVED], 0);
    async_release(failed);
    cr_expect_eq(reports[ASYNC_REPORT_NEVER_RETRIEVED], 1);
    async_loop_free(loop);
    loop = NULL;
    cr_expect_eq(reports[ASYNC_REPORT_NEVER_RETRIEVED], 1);
}

static void keep(struct async_loop *reporting, const struct async_report *report,
                 void *context) {
    (void)reporting;
    async_release(async_retain(report->awaitable));
    ++*(int *)context;
}

Test(async_future, a_handler_may_retain_and_release_the_future_that_is_reported) {
    int count = 0;
    async_release(fail_future(keep, &count));
    cr_expect_eq(count, 1);
}

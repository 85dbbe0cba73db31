/* async/loop/coroutine.c: a coroutine before it runs, and in the task that awaits
 * it. */
#include "tests/async/support.h"

ASYNC_FUNCTION(note) {
    trace("%s", (const char *)argument);
    *value = argument;
    return true;
}

ASYNC_TEST(async_coroutine, it_does_nothing_until_it_is_awaited) {
    struct async_awaitable *a = async_coroutine(note, "a");
    struct async_awaitable *b = async_coroutine(note, "b");
    trace("made");
    void *result = NULL;
    bool ok = async_await(b, &result, error) && async_await(a, NULL, error);
    cr_expect_str_eq(result, "b");
    EXPECT_TRACE("made b a");
    return ok;
}

ASYNC_FUNCTION(expect_current_task) {
    cr_expect_eq(async_current_task(), argument);
    return true;
}

ASYNC_TEST(async_coroutine, it_runs_in_the_task_that_awaits_it) {
    return async_await(async_coroutine(expect_current_task, async_current_task()), NULL,
                       error);
}

ASYNC_FUNCTION(read_copy) {
    bool ok = async_sleep(NS_PER_S, error);
    trace("%s", (char *)argument);
    return ok;
}

static struct async_awaitable *make_with_copy(void) {
    char text[] = "copied";
    struct async_awaitable *coroutine =
        async_coroutine_copy(read_copy, text, sizeof text);
    memset(text, 'x', sizeof text - 1);
    return coroutine;
}

ASYNC_TEST(async_coroutine, a_copied_argument_lives_as_long_as_the_coroutine) {
    struct async_awaitable *task = async_create_task(make_with_copy());
    bool ok =
        async_await(make_with_copy(), NULL, error) && async_await(task, NULL, error);
    async_release(task);
    EXPECT_TRACE("copied copied");
    return ok;
}

ASYNC_FUNCTION(forget) {
    async_set_debug(async_get_running_loop(), argument != NULL);
    async_release(async_coroutine(note, "never"));
    return true;
}

static int never_awaited(bool debug) {
    struct async_loop *loop = new_loop();
    int reports[REPORT_KINDS] = {0};
    async_set_exception_handler(loop, count_reports, reports);
    run_in(loop, forget, debug ? "" : NULL);
    async_loop_free(loop);
    EXPECT_TRACE("");
    return reports[ASYNC_REPORT_NEVER_AWAITED];
}

Test(async_coroutine, debug_mode_reports_a_coroutine_that_was_never_awaited) {
    cr_expect_eq(never_awaited(true), 1);
    cr_expect_eq(never_awaited(false), 0);
}

ASYNC_FUNCTION(fail_silently) {
    return false;
}

ASYNC_FUNCTION(await_silent_failure) {
    return async_await(async_coroutine(fail_silently, NULL), NULL, error);
}

Test(async_coroutine, a_coroutine_that_returns_false_without_an_error_has_failed) {
    struct async_error error = {.kind = ASYNC_OK};
    FAILS_WITH(ASYNC_FAILED, run(await_silent_failure, NULL, NULL, &error));
    cr_expect_str_eq(error.message, "fail_silently returned false without an error");
}

Test(async_coroutine, an_await_outside_a_task_fails_and_frees_the_coroutine) {
    struct async_error error;
    FAILS_WITH(ASYNC_RUNTIME, async_await(async_coroutine(note, "no"), NULL, &error));
    EXPECT_TRACE("");
}

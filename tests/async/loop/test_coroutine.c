/* async/loop/coroutine.c: what has not begun. */
#include "tests/async/support.h"

static bool note(void *argument, void **value, struct async_error *error) {
    (void)error;
    trace("%s", (const char *)argument);
    *value = argument;
    return true;
}

static bool await_two(void *argument, void **value, struct async_error *error) {
    (void)argument, (void)value;
    struct async_awaitable *a = async_coroutine(note, "a");
    struct async_awaitable *b = async_coroutine(note, "b");
    trace("made");
    void *result = NULL;
    bool ok = async_await(b, &result, error) && async_await(a, NULL, error);
    cr_expect_str_eq(result, "b");
    return ok;
}

Test(async_coroutine, it_does_nothing_until_it_is_awaited) {
    run_well(await_two, NULL);
    EXPECT_TRACE("made b a");
}

static bool who_am_i(void *argument, void **value, struct async_error *error) {
    (void)value, (void)error;
    cr_expect_eq(async_current_task(), argument);
    return true;
}

static bool await_inside(void *argument, void **value, struct async_error *error) {
    (void)argument, (void)value;
    return async_await(async_coroutine(who_am_i, async_current_task()), NULL, error);
}

Test(async_coroutine, awaited_it_runs_in_the_task_that_awaits_it) {
    run_well(await_inside, NULL);
}

static bool read_copy(void *argument, void **value, struct async_error *error) {
    (void)value;
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

static bool await_copy(void *argument, void **value, struct async_error *error) {
    (void)argument, (void)value;
    struct async_awaitable *task = async_create_task(make_with_copy());
    bool ok =
        async_await(make_with_copy(), NULL, error) && async_await(task, NULL, error);
    async_release(task);
    return ok;
}

Test(async_coroutine, a_copied_argument_lives_as_long_as_it) {
    run_well(await_copy, NULL);
    EXPECT_TRACE("copied copied");
}

static bool forget(void *argument, void **value, struct async_error *error) {
    (void)value, (void)error;
    async_set_debug(async_get_running_loop(), argument != NULL);
    async_release(async_coroutine(note, "never"));
    return true;
}

static int never_awaited(bool debug) {
    struct async_loop *loop = new_loop();
    struct async_error error;
    int reports[8] = {0};
    async_set_exception_handler(loop, count_report, reports);
    cr_assert(async_run_until_complete(loop, async_coroutine(forget, debug ? "" : NULL),
                                       NULL, &error));
    async_loop_free(loop);
    EXPECT_TRACE("");
    return reports[ASYNC_REPORT_NEVER_AWAITED];
}

Test(async_coroutine, one_that_was_never_awaited_is_reported_in_debug_mode) {
    cr_expect_eq(never_awaited(true), 1);
    cr_expect_eq(never_awaited(false), 0);
}

static bool lie(void *argument, void **value, struct async_error *error) {
    (void)argument, (void)value, (void)error;
    return false;
}

static bool await_liar(void *argument, void **value, struct async_error *error) {
    (void)argument, (void)value;
    return async_await(async_coroutine(lie, NULL), NULL, error);
}

Test(async_coroutine, one_that_fails_without_an_error_has_failed_all_the_same) {
    struct async_error error = {.kind = ASYNC_OK};
    cr_expect_not(run(await_liar, NULL, NULL, &error));
    cr_expect_eq(error.kind, ASYNC_FAILED);
    cr_expect_str_eq(error.message, "lie returned false without an error");
}

Test(async_coroutine, awaited_outside_a_task_it_is_refused_and_gone) {
    struct async_error error;
    cr_expect_not(async_await(async_coroutine(note, "no"), NULL, &error));
    cr_expect_eq(error.kind, ASYNC_RUNTIME);
    EXPECT_TRACE("");
}

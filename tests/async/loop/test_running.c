/* async/loop/running.c: which loop runs in a thread. */
#include "tests/async/support.h"

static struct async_error error;

Test(async_running, outside_a_run_none_runs) {
    cr_expect_null(async_get_running_loop());
    cr_expect_null(async_current_task());
    cr_expect_not(async_sleep(1, &error));
    cr_expect_eq(error.kind, ASYNC_RUNTIME);
}

static bool look(void *argument, void **value, struct async_error *cause) {
    (void)value, (void)cause;
    cr_expect_eq(async_get_running_loop(), argument);
    cr_expect_eq(async_get_event_loop(&error), argument);
    return true;
}

Test(async_running, in_a_run_it_is_the_one_that_runs) {
    struct async_loop *loop = new_loop();
    cr_expect(
        async_run_until_complete(loop, async_coroutine(look, loop), NULL, &error));
    cr_expect_null(async_get_running_loop());
    async_loop_free(loop);
}

/* async/loop/running.c: the loop that runs in a thread. */
#include "tests/async/support.h"

Test(async_running, outside_a_run_no_loop_runs) {
    struct async_error error;
    cr_expect_null(async_get_running_loop());
    cr_expect_null(async_current_task());
    FAILS_WITH(ASYNC_RUNTIME, async_sleep(1, &error));
}

ASYNC_FUNCTION(look) {
    cr_expect_eq(async_get_running_loop(), argument);
    cr_expect_eq(async_get_event_loop(error), argument);
    return true;
}

Test(async_running, in_a_run_the_running_loop_is_returned) {
    struct async_loop *loop = new_loop();
    run_in(loop, look, loop);
    cr_expect_null(async_get_running_loop());
    async_loop_free(loop);
}

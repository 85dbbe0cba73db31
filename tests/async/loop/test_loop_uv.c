/* async_loop_uv(): handles of one's own on the libuv loop below. */
#include "tests/async/loopback.h"

#include <uv.h>

static void set_future(uv_timer_t *timer) {
    async_set_result(timer->data, NULL, NULL);
}

static void note_closed(uv_handle_t *handle) {
    async_set_result(handle->data, NULL, NULL);
}

/* libuv calls timers that are due before it sleeps: nothing else would end that sleep.
 */
static bool wait_for_timer(void *argument, void **value, struct async_error *error) {
    uv_timer_t timer;
    (void)argument, (void)value;
    struct async_awaitable *rung = async_create_future(NULL);
    struct async_awaitable *closed = async_create_future(NULL);
    uv_timer_init(async_loop_uv(async_get_running_loop()), &timer);
    timer.data = rung;
    for (uint64_t ms = 0; ms < 3; ms++) {
        uv_timer_start(&timer, set_future, ms, 0);
        GOES_WELL(async_await(rung, NULL, error));
        async_release(rung);
        timer.data = rung = async_create_future(NULL);
    }
    timer.data = closed;
    uv_close((uv_handle_t *)&timer, note_closed);
    GOES_WELL(async_await(closed, NULL, error));
    async_release(closed);
    async_release(rung);
    return true;
}

Test(async_loop_uv, a_task_that_a_timer_wakes_goes_on_at_once) {
    run_cleanly(wait_for_timer, NULL);
}

/* async/loop/loop.c: turn after turn. */
#include "tests/async/loopback.h"
#include "tests/async/support.h"

#include <pthread.h>
#include <signal.h>
#include <uv.h>

#define PARAMETERS void *argument, void **value, struct async_error *error

static struct async_loop *loop;
static struct async_error failure;

static void open_loop(void) {
    loop = new_loop();
}

static void close_loop(void) {
    async_loop_free(loop);
}

TestSuite(async_loop, .init = open_loop, .fini = close_loop);

static void note(void *argument) {
    trace("%s", (const char *)argument);
}

static void add_more(void *argument) {
    trace("first");
    async_call_soon(loop, NULL, note, argument, &failure);
}

static void stop(void *argument) {
    (void)argument;
    trace("stop");
    async_loop_stop(loop);
}

Test(async_loop, what_is_added_in_a_turn_is_for_the_next) {
    async_call_soon(loop, NULL, add_more, "added", &failure);
    async_call_soon(loop, NULL, note, "second", &failure);
    async_loop_stop(loop);
    cr_expect(async_run_forever(loop, &failure));
    EXPECT_TRACE("first second");
    async_loop_stop(loop);
    cr_expect(async_run_forever(loop, &failure));
    EXPECT_TRACE("first second added");
}

Test(async_loop, stopped_in_the_middle_it_finishes_the_turn) {
    async_call_soon(loop, NULL, add_more, "next turn", &failure);
    async_call_soon(loop, NULL, stop, NULL, &failure);
    async_call_soon(loop, NULL, note, "last", &failure);
    cr_expect(async_run_forever(loop, &failure));
    EXPECT_TRACE("first stop last");
    cr_expect_not(async_loop_is_running(loop));
}

Test(async_loop, virtual_time_jumps_where_nothing_is_ready) {
    static int an_hour_ms = 3600 * 1000;
    int64_t begin_ns = clock_now_ns();
    cr_expect(async_run_until_complete(loop, async_coroutine(sleep_ms, &an_hour_ms),
                                       NULL, &failure));
    cr_expect_lt(clock_now_ns() - begin_ns, 60 * NS_PER_S);
}

static void on_uv_timer(uv_timer_t *timer) {
    async_set_result(timer->data, "from libuv", &failure);
    uv_close((uv_handle_t *)timer, NULL);
}

static bool await_uv(PARAMETERS) {
    (void)argument;
    static uv_timer_t timer;
    struct async_awaitable *future = async_create_future(NULL);
    timer.data = future;
    uv_timer_init(async_loop_uv(loop), &timer);
    uv_timer_start(&timer, on_uv_timer, 5, 0);
    bool ok = async_await(future, value, error);
    async_release(future);
    return ok;
}

Test(async_loop, a_handle_on_its_libuv_loop_can_set_a_future) {
    void *value = NULL;
    cr_expect(async_run_until_complete(loop, async_coroutine(await_uv, NULL), &value,
                                       &failure));
    cr_expect_str_eq(value, "from libuv");
}

/* Descriptors are looked at even where something is always ready. */
static bool spin(PARAMETERS) {
    (void)value;
    while (!async_done(argument)) {
        if (!async_sleep(0, error)) {
            return false;
        }
    }
    return true;
}

static bool spin_until_uv(PARAMETERS) {
    (void)argument, (void)value;
    static uv_timer_t timer;
    struct async_awaitable *future = async_create_future(NULL);
    timer.data = future;
    uv_timer_init(async_loop_uv(loop), &timer);
    uv_timer_start(&timer, on_uv_timer, 5, 0);
    bool ok = async_await(async_coroutine(spin, future), NULL, error);
    async_release(future);
    return ok;
}

Test(async_loop, tasks_that_are_always_ready_do_not_starve_descriptors) {
    cr_expect(async_run_until_complete(loop, async_coroutine(spin_until_uv, NULL), NULL,
                                       &failure));
}

Test(async_loop, a_stack_may_be_larger_but_not_too_small) {
    cr_expect_not(async_set_stack_bytes(loop, 1024, &failure));
    cr_expect_eq(failure.kind, ASYNC_INVALID_ARGUMENT);
    cr_expect(async_set_stack_bytes(loop, 1024 * 1024, &failure));
    static int soon_ms = 1;
    async_run_until_complete(loop, async_coroutine(sleep_ms, &soon_ms), NULL, &failure);
    cr_expect_not(async_set_stack_bytes(loop, 1024 * 1024, &failure));
    cr_expect_eq(failure.kind, ASYNC_RUNTIME);
}

Test(async_loop, a_handler_of_ones_own_gets_a_report) {
    int reports[8] = {0};
    async_set_exception_handler(loop, count_report, reports);
    async_call_exception_handler(loop,
                                 &(struct async_report){.kind = ASYNC_REPORT_SHUTDOWN});
    cr_expect_eq(reports[ASYNC_REPORT_SHUTDOWN], 1);
}

/* -- Handles of its libuv loop ---------------------------------------------------- */

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

Test(async_loop, a_task_that_a_timer_wakes_goes_on_at_once) {
    run_cleanly(wait_for_timer, NULL);
}

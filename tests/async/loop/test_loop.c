/* async/loop/loop.c: the turns of a loop. */
#include "tests/async/support.h"

#include <pthread.h>
#include <signal.h>
#include <uv.h>

static struct async_loop *loop;

static void open_loop(void) {
    loop = new_loop();
}

static void close_loop(void) {
    async_loop_free(loop);
}

TestSuite(async_loop, .init = open_loop, .fini = close_loop);

static void add_more(void *argument) {
    trace("first");
    async_call_soon(loop, NULL, trace_word, argument, NULL);
}

static void stop(void *argument) {
    (void)argument;
    trace("stop");
    async_loop_stop(loop);
}

Test(async_loop, a_callback_added_in_a_turn_is_called_in_the_next) {
    struct async_error error;
    async_call_soon(loop, NULL, add_more, "added", &error);
    async_call_soon(loop, NULL, trace_word, "second", &error);
    run_turns(loop, 1);
    EXPECT_TRACE("first second");
    run_turns(loop, 1);
    EXPECT_TRACE("first second added");
}

Test(async_loop, a_loop_stopped_in_a_turn_finishes_the_turn) {
    struct async_error error;
    async_call_soon(loop, NULL, add_more, "next turn", &error);
    async_call_soon(loop, NULL, stop, NULL, &error);
    async_call_soon(loop, NULL, trace_word, "last", &error);
    SUCCEEDS(async_run_forever(loop, &error));
    EXPECT_TRACE("first stop last");
    cr_expect_not(async_loop_is_running(loop));
}

Test(async_loop, virtual_time_jumps_if_nothing_is_ready) {
    static int an_hour_ms = 3600 * 1000;
    int64_t begin_ns = clock_now_ns();
    run_in(loop, sleep_ms, &an_hour_ms);
    cr_expect_lt(clock_now_ns() - begin_ns, 60 * NS_PER_S);
}

static void on_uv_timer(uv_timer_t *timer) {
    async_set_result(timer->data, "from libuv", NULL);
    uv_close((uv_handle_t *)timer, NULL);
}

ASYNC_FUNCTION(await_uv) {
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
    struct async_error error;
    void *value = NULL;
    SUCCEEDS(async_run_until_complete(loop, async_coroutine(await_uv, NULL), &value,
                                      &error));
    cr_expect_str_eq(value, "from libuv");
}

ASYNC_FUNCTION(spin) {
    while (!async_done(argument)) {
        if (!async_sleep(0, error)) {
            return false;
        }
    }
    return true;
}

ASYNC_FUNCTION(spin_until_uv) {
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
    run_in(loop, spin_until_uv, NULL);
}

Test(async_loop, a_stack_may_be_larger_but_not_too_small) {
    struct async_error error;
    FAILS_WITH(ASYNC_INVALID_ARGUMENT, async_set_stack_bytes(loop, 1024, &error));
    SUCCEEDS(async_set_stack_bytes(loop, 1024 * 1024, &error));
    static int soon_ms = 1;
    run_in(loop, sleep_ms, &soon_ms);
    FAILS_WITH(ASYNC_RUNTIME, async_set_stack_bytes(loop, 1024 * 1024, &error));
}

Test(async_loop, an_exception_handler_gets_the_reports) {
    int reports[REPORT_KINDS] = {0};
    async_set_exception_handler(loop, count_reports, reports);
    async_call_exception_handler(loop,
                                 &(struct async_report){.kind = ASYNC_REPORT_SHUTDOWN});
    cr_expect_eq(reports[ASYNC_REPORT_SHUTDOWN], 1);
}

/* -- Handles of its libuv loop ----------------------------------------------------- */

static void set_future(uv_timer_t *timer) {
    async_set_result(timer->data, NULL, NULL);
}

static void note_closed(uv_handle_t *handle) {
    async_set_result(handle->data, NULL, NULL);
}

/* libuv calls the timers that are due, and then sleeps. Nothing else would end that
 * sleep. */
REAL_TIME_TEST(async_loop, a_task_that_a_timer_wakes_goes_on_at_once) {
    uv_timer_t timer;
    struct async_awaitable *rung = async_create_future(NULL);
    struct async_awaitable *closed = async_create_future(NULL);
    uv_timer_init(async_loop_uv(async_get_running_loop()), &timer);
    timer.data = rung;
    for (uint64_t ms = 0; ms < 3; ms++) {
        uv_timer_start(&timer, set_future, ms, 0);
        SUCCEEDS(async_await(rung, NULL, error));
        async_release(rung);
        timer.data = rung = async_create_future(NULL);
    }
    timer.data = closed;
    uv_close((uv_handle_t *)&timer, note_closed);
    SUCCEEDS(async_await(closed, NULL, error));
    async_release(closed);
    async_release(rung);
    return true;
}

/* async/wait/sleep.c: waiting for a while. */
#include "tests/async/support.h"

#define PARAMETERS void *argument, void **value, struct async_error *error

static bool three_times(PARAMETERS) {
    (void)value;
    for (int i = 0; i < 3; i++) {
        trace("%s%d", (const char *)argument, i);
        if (!async_sleep(0, error)) {
            return false;
        }
    }
    return true;
}

static bool take_turns(PARAMETERS) {
    (void)argument, (void)value;
    return async_gather(ASYNC_LIST(async_coroutine(three_times, "a"),
                                   async_coroutine(three_times, "b")),
                        false, NULL, error);
}

Test(async_sleep, zero_yields_exactly_once) {
    run_well(take_turns, NULL);
    EXPECT_TRACE("a0 b0 a1 b1 a2 b2");
}

static bool measure(PARAMETERS) {
    (void)argument, (void)value;
    struct async_loop *loop = async_get_running_loop();
    int64_t begin_ns = async_time_ns(loop);
    bool ok = async_sleep(12345678, error) && async_sleep(1, error);
    cr_expect_eq(async_time_ns(loop) - begin_ns, 12345679);
    return ok && async_sleep(-5, error);
}

Test(async_sleep, it_lasts_to_the_nanosecond) {
    run_well(measure, NULL);
}

static bool on_the_real_clock(PARAMETERS) {
    (void)argument, (void)value;
    for (int i = 0; i < 20; i++) {
        int64_t begin_ns = clock_now_ns();
        if (!async_sleep(200 * NS_PER_US + i * 333, error)) {
            return false;
        }
        cr_expect_geq(clock_now_ns() - begin_ns, 200 * NS_PER_US + i * 333);
    }
    return true;
}

Test(async_sleep, it_is_never_early) {
    struct async_error error;
    cr_expect(async_run(async_coroutine(on_the_real_clock, NULL), NULL, &error));
}

static bool name_after(PARAMETERS) {
    (void)value;
    bool ok = async_sleep(((int *)argument)[0] * NS_PER_MS, error);
    trace("%d", ((int *)argument)[1]);
    return ok;
}

static bool sleep_sort(PARAMETERS) {
    (void)argument, (void)value;
    static int delays[][2] = {{3, 0}, {1, 1}, {2, 2}, {1, 3}};
    struct async_awaitable *all[4];
    for (int i = 0; i < 4; i++) {
        all[i] = async_coroutine(name_after, delays[i]);
    }
    return async_gather(all, 4, false, NULL, error);
}

Test(async_sleep, who_sleeps_equally_long_wakes_in_the_order_of_falling_asleep) {
    run_well(sleep_sort, NULL);
    EXPECT_TRACE("1 3 2 0");
}

/* async/wait/sleep.c: sleeping. */
#include "tests/async/support.h"

ASYNC_FUNCTION(three_times) {
    for (int i = 0; i < 3; i++) {
        trace("%s%d", (const char *)argument, i);
        if (!async_sleep(0, error)) {
            return false;
        }
    }
    return true;
}

ASYNC_TEST(async_sleep, zero_yields_exactly_once) {
    bool ok = async_gather(ASYNC_LIST(async_coroutine(three_times, "a"),
                                      async_coroutine(three_times, "b")),
                           false, NULL, error);
    EXPECT_TRACE("a0 b0 a1 b1 a2 b2");
    return ok;
}

ASYNC_TEST(async_sleep, it_lasts_exactly_to_the_nanosecond) {
    struct async_loop *loop = async_get_running_loop();
    int64_t begin_ns = async_time_ns(loop);
    bool ok = async_sleep(12345678, error) && async_sleep(1, error);
    cr_expect_eq(async_time_ns(loop) - begin_ns, 12345679);
    return ok && async_sleep(-5, error);
}

REAL_TIME_TEST(async_sleep, it_is_never_early) {
    for (int i = 0; i < 20; i++) {
        int64_t begin_ns = clock_now_ns();
        if (!async_sleep(200 * NS_PER_US + i * 333, error)) {
            return false;
        }
        cr_expect_geq(clock_now_ns() - begin_ns, 200 * NS_PER_US + i * 333);
    }
    return true;
}

ASYNC_FUNCTION(name_after) {
    bool ok = async_sleep(((int *)argument)[0] * NS_PER_MS, error);
    trace("%d", ((int *)argument)[1]);
    return ok;
}

ASYNC_TEST(async_sleep, equal_sleeps_end_in_the_order_of_their_begin) {
    static int delays[][2] = {{3, 0}, {1, 1}, {2, 2}, {1, 3}};
    struct async_awaitable *all[4];
    for (int i = 0; i < 4; i++) {
        all[i] = async_coroutine(name_after, delays[i]);
    }
    bool ok = async_gather(all, 4, false, NULL, error);
    EXPECT_TRACE("1 3 2 0");
    return ok;
}

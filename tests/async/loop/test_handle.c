/* async/loop/handle.c: callbacks for the next turn or for a moment. */
#include "tests/async/support.h"

#include <pthread.h>

static struct async_loop *loop;
static struct async_error error;

static void open_loop(void) {
    loop = new_loop();
}

static void close_loop(void) {
    async_loop_free(loop);
}

TestSuite(async_handle, .init = open_loop, .fini = close_loop);

static void stop(void *argument) {
    (void)argument;
    async_loop_stop(loop);
}

static void run_for_ms(int64_t duration_ms) {
    SUCCEEDS(async_call_later(loop, NULL, duration_ms * NS_PER_MS, stop, NULL, &error));
    SUCCEEDS(async_run_forever(loop, &error));
}

Test(async_handle, timers_are_called_by_moment_and_equal_ones_by_order) {
    int64_t now_ns = async_time_ns(loop);
    async_call_at(loop, NULL, now_ns + 30, trace_word, "30", &error);
    async_call_at(loop, NULL, now_ns + 10, trace_word, "10a", &error);
    async_call_at(loop, NULL, now_ns + 20, trace_word, "20", &error);
    async_call_at(loop, NULL, now_ns + 10, trace_word, "10b", &error);
    run_for_ms(1);
    EXPECT_TRACE("10a 10b 20 30");
}

Test(async_handle, ready_callbacks_come_before_the_timers_of_the_same_turn) {
    async_call_later(loop, NULL, 0, trace_word, "timer", &error);
    async_call_soon(loop, NULL, trace_word, "soon", &error);
    run_for_ms(1);
    EXPECT_TRACE("soon timer");
}

Test(async_handle, a_cancelled_callback_is_not_called) {
    struct async_handle soon = {.loop = NULL};
    struct async_handle later = {.loop = NULL};
    struct async_handle never_scheduled = {.loop = NULL};
    async_call_soon(loop, &soon, trace_word, "soon", &error);
    async_call_later(loop, &later, NS_PER_MS, trace_word, "later", &error);
    async_handle_cancel(&soon);
    async_handle_cancel(&later);
    async_handle_cancel(&later);
    async_handle_cancel(&never_scheduled);
    run_for_ms(5);
    EXPECT_TRACE("");
}

static struct async_handle again;

static void repeat(void *argument) {
    int *left = argument;
    trace("%d", *left);
    if (--*left > 0) {
        async_call_later(loop, &again, NS_PER_MS, repeat, left, &error);
    }
}

Test(async_handle, a_callback_may_use_its_own_handle_again) {
    int left = 3;
    async_call_soon(loop, &again, repeat, &left, &error);
    run_for_ms(10);
    EXPECT_TRACE("3 2 1");
}

Test(async_handle, a_scheduled_handle_is_not_scheduled_again) {
    struct async_handle handle = {.loop = NULL};
    SUCCEEDS(async_call_soon(loop, &handle, trace_word, "soon", &error));
    FAILS_WITH(ASYNC_RUNTIME,
               async_call_later(loop, &handle, NS_PER_MS, trace_word, "later", &error));
    async_handle_cancel(&handle);
    SUCCEEDS(async_call_later(loop, &handle, NS_PER_MS, trace_word, "later", &error));
    FAILS_WITH(ASYNC_RUNTIME,
               async_call_soon(loop, &handle, trace_word, "soon", &error));
    run_for_ms(5);
    EXPECT_TRACE("later");
}

static struct async_handle victim;

static void cancel_victim(void *argument) {
    trace("%s", (const char *)argument);
    async_handle_cancel(&victim);
}

Test(async_handle, a_callback_may_cancel_another_of_the_same_turn) {
    async_call_soon(loop, NULL, cancel_victim, "canceller", &error);
    async_call_soon(loop, &victim, trace_word, "victim", &error);
    async_call_soon(loop, NULL, trace_word, "third", &error);
    run_for_ms(1);
    EXPECT_TRACE("canceller third");
}

Test(async_handle, the_farthest_moments_do_not_overflow) {
    struct async_handle far = {.loop = NULL};
    struct async_handle past = {.loop = NULL};
    SUCCEEDS(async_call_later(loop, &far, INT64_MAX, trace_word, "never", &error));
    SUCCEEDS(async_call_later(loop, &past, INT64_MIN, trace_word, "at once", &error));
    run_for_ms(1);
    EXPECT_TRACE("at once");
    async_handle_cancel(&far);
}

/* -- From other threads ----------------------------------------------------------- */

enum { THREADS = 4, CALLS = 2000 };
static int next_of[THREADS];
static int calls;

static void check_order(void *argument) {
    intptr_t word = (intptr_t)argument;
    int thread = (int)(word / CALLS);
    cr_assert_eq(next_of[thread]++, word % CALLS);
    if (++calls == THREADS * CALLS) {
        async_loop_stop(loop);
    }
}

static void *call_many(void *argument) {
    struct async_error own;
    for (intptr_t i = 0; i < CALLS; i++) {
        intptr_t word = (intptr_t)argument * CALLS + i;
        cr_assert(async_call_soon_threadsafe(loop, check_order, (void *)word, &own));
    }
    return NULL;
}

Test(async_handle, calls_from_threads_wake_the_loop_and_keep_their_order) {
    pthread_t threads[THREADS];
    for (intptr_t i = 0; i < THREADS; i++) {
        cr_assert_eq(pthread_create(&threads[i], NULL, call_many, (void *)i), 0);
    }
    SUCCEEDS(async_run_forever(loop, &error));
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        cr_expect_eq(next_of[i], CALLS);
    }
}

/* In real time. */
static int64_t due_ns;

static void check_time(void *argument) {
    (void)argument;
    cr_expect_geq(clock_now_ns(), due_ns);
    async_loop_stop(loop);
}

Test(async_handle, a_timer_is_never_early) {
    async_loop_free(loop);
    loop = async_new_event_loop(&error);
    for (int i = 0; i < 30; i++) {
        due_ns = async_time_ns(loop) + 300 * NS_PER_US + i * 777;
        async_call_at(loop, NULL, due_ns, check_time, NULL, &error);
        SUCCEEDS(async_run_forever(loop, &error));
    }
}

/* The order of callbacks, tasks and timers, by turns of the loop and by its clock. */
#include "tests/async/pairs/pair.h"

static void say(void *word) {
    trace("%s at %ld", (const char *)word, (long)now_ms());
}

static bool soon(const char *word, struct async_error *error) {
    return async_call_soon(async_get_running_loop(), NULL, say, (void *)word, error);
}

static bool later(int64_t ms, const char *word, struct async_error *error) {
    return async_call_later(async_get_running_loop(), NULL, ms * NS_PER_MS, say,
                            (void *)word, error);
}

/* Traces its name at each of so many turns. */
ACTOR(count) {
    bool ok = true;
    for (int64_t i = 1; ok && i <= self->number; i++) {
        trace("%s %ld", self->name, (long)i);
        ok = async_sleep(0, error);
    }
    return ok;
}

PAIR(ordering, callbacks_come_in_the_order_of_call_soon) {
    bool ok = soon("a", error) && soon("b", error) && soon("c", error);
    trace("body");
    return ok && turns(1, error);
}

static void say_and_add(void *word) {
    say(word);
    soon("added", NULL);
}

PAIR(ordering, a_callback_added_by_a_callback_comes_in_the_next_batch) {
    struct async_loop *loop = async_get_running_loop();
    bool ok = async_call_soon(loop, NULL, say_and_add, (void *)"first", error) &&
              soon("second", error) && turns(1, error);
    trace("a turn later");
    ok = ok && turns(1, error);
    trace("two turns later");
    return ok;
}

PAIR(ordering, a_cancelled_handle_is_not_called) {
    struct async_handle handle = {0};
    bool ok =
        soon("a", error) &&
        async_call_soon(async_get_running_loop(), &handle, say, (void *)"b", error) &&
        soon("c", error);
    async_handle_cancel(&handle);
    return ok && turns(1, error);
}

static void cancel_handle(void *handle) {
    trace("cancelling");
    async_handle_cancel(handle);
}

PAIR(ordering, a_handle_is_cancelled_by_a_callback_of_its_own_batch) {
    struct async_loop *loop = async_get_running_loop();
    struct async_handle handle = {0};
    bool ok = async_call_soon(loop, NULL, cancel_handle, &handle, error) &&
              async_call_soon(loop, &handle, say, (void *)"never", error) &&
              soon("c", error);
    return ok && turns(2, error);
}

PAIR(ordering, timers_come_in_the_order_of_their_times) {
    bool ok = later(3, "three", error) && later(1, "one", error) &&
              later(2, "two", error) && async_sleep(4 * NS_PER_MS, error);
    trace("body at %ld", (long)now_ms());
    return ok;
}

PAIR(ordering, a_timer_of_no_delay_comes_after_ready_callbacks) {
    bool ok = later(0, "timer", error) && soon("soon", error) && turns(1, error);
    trace("a turn later");
    return ok && turns(1, error);
}

PAIR(ordering, a_timer_of_the_past_is_called_at_once) {
    bool ok = later(-5, "past", error) && turns(2, error);
    trace("two turns later at %ld", (long)now_ms());
    return ok;
}

PAIR(ordering, a_cancelled_timer_takes_no_time) {
    struct async_handle handle = {0};
    bool ok = async_call_later(async_get_running_loop(), &handle, 9 * NS_PER_MS, say,
                               (void *)"never", error) &&
              later(2, "two", error) && async_sleep(NS_PER_MS, error);
    async_handle_cancel(&handle);
    ok = ok && async_sleep(3 * NS_PER_MS, error);
    trace("body at %ld", (long)now_ms());
    return ok;
}

PAIR(ordering, call_at_takes_the_loops_own_time) {
    struct async_loop *loop = async_get_running_loop();
    int64_t at_ns = async_time_ns(loop) + 5 * NS_PER_MS;
    bool ok = async_call_at(loop, NULL, at_ns, say, (void *)"at", error) &&
              later(4, "later", error);
    return ok && async_sleep(6 * NS_PER_MS, error);
}

PAIR(ordering, sleep_zero_yields_exactly_once) {
    return async_gather(ASYNC_LIST(AS(count, "a", NULL, 3), AS(count, "b", NULL, 2),
                                   AS(count, "c", NULL, 3)),
                        false, NULL, error);
}

PAIR(ordering, a_negative_sleep_is_a_sleep_of_zero) {
    bool ok = soon("soon", error) && async_sleep(-NS_PER_S, error);
    trace("body at %ld", (long)now_ms());
    return ok;
}

PAIR(ordering, a_task_begins_at_the_next_turn) {
    struct async_awaitable *task = async_create_task(AS(count, "task", NULL, 1));
    trace("made");
    bool ok = turns(1, error);
    trace("a turn later, done %d", async_done(task));
    ok = ok && turns(1, error);
    trace("two turns later, done %d", async_done(task));
    async_release(task);
    return ok;
}

PAIR(ordering, tasks_and_callbacks_share_one_order) {
    struct async_awaitable *a = async_create_task(AS(count, "a", NULL, 2));
    bool ok = soon("soon", error);
    struct async_awaitable *b = async_create_task(AS(count, "b", NULL, 2));
    settle("a", a);
    settle("b", b);
    return ok;
}

PAIR(ordering, a_task_that_is_awaited_wakes_its_waiter_a_turn_later) {
    struct async_awaitable *task = async_create_task(AS(count, "task", NULL, 1));
    bool ok = turns(1, error) && soon("before its end", error);
    settle("task", task);
    return ok;
}

PAIR(ordering, a_done_future_is_awaited_without_a_turn) {
    struct async_awaitable *task = async_create_task(AS(count, "task", NULL, 1));
    bool ok = turns(3, error) && soon("a turn", error);
    settle("task", task);
    return ok && turns(1, error);
}

PAIR(ordering, a_coroutine_is_awaited_without_a_turn) {
    bool ok = soon("a turn", error);
    trace("before");
    ok = ok && async_await(AS(count, "inside", NULL, 0), NULL, error);
    trace("after");
    return ok && turns(1, error);
}

PAIR(ordering, two_coroutines_that_are_awaited_run_one_after_the_other) {
    return async_await(AS(count, "a", NULL, 2), NULL, error) &&
           async_await(AS(count, "b", NULL, 2), NULL, error);
}

PAIR(ordering, call_soon_threadsafe_shares_this_order) {
    struct async_loop *loop = async_get_running_loop();
    bool ok = async_call_soon_threadsafe(loop, say, (void *)"a", error) &&
              async_call_soon_threadsafe(loop, say, (void *)"b", error);
    return ok && turns(1, error) && soon("c", error) && turns(1, error);
}

ACTOR(spawn) {
    trace("%s %ld", self->name, (long)self->number);
    if (self->number > 0) {
        async_release(async_create_task(AS(spawn, self->name, NULL, self->number - 1)));
    }
    return true;
}

PAIR(ordering, a_task_that_makes_a_task_does_not_starve_the_others) {
    async_release(async_create_task(AS(spawn, "a", NULL, 2)));
    async_release(async_create_task(AS(spawn, "b", NULL, 2)));
    return async_await(AS(count, "body", NULL, 3), NULL, error);
}

ACTOR(await_it) {
    bool ok = async_await(self->thing, NULL, error);
    return trace_end(self->name, ok, error);
}

PAIR(ordering, tasks_that_await_one_future_go_on_in_the_order_of_asking) {
    struct async_awaitable *future = async_create_future(NULL);
    struct async_awaitable *a = async_create_task(AS(await_it, "a", future));
    struct async_awaitable *b = async_create_task(AS(await_it, "b", future));
    bool ok = turns(1, error) && async_set_result(future, NULL, error) &&
              soon("behind them", error) && turns(1, error);
    settle("b", b);
    settle("a", a);
    async_release(future);
    return ok;
}

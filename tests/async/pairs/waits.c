/* wait() and wait_for(): conditions, time limits, and events at the moment of the
 * limit. */
#include "tests/async/pairs/pair.h"

/* Sleeps so many milliseconds. Its result is its name. */
ACTOR(nap) {
    *value = (void *)self->name;
    bool ok = async_sleep(self->number * NS_PER_MS, error);
    trace("%s %s at %ld", self->name, ok ? "woke" : async_error_name(error->kind),
          (long)now_ms());
    return ok;
}

ACTOR(fail_later) {
    return nap_body(self, value, error) &&
           async_fail_with(error, ASYNC_INVALID_ARGUMENT, "%s", self->name);
}

ACTOR(swallow) {
    if (!nap_body(self, value, error)) {
        async_error_clear(error);
    }
    return async_sleep(2 * NS_PER_MS, error);
}

ACTOR(fail_at_the_cancellation) {
    return nap_body(self, value, error) ||
           async_fail_with(error, ASYNC_INVALID_ARGUMENT, "%s", self->name);
}

static struct async_awaitable *start(const char *name, int64_t ms) {
    return async_create_task(AS(nap, name, NULL, ms));
}

static void set_future(void *future) {
    async_set_result(future, (void *)"set", NULL);
}

static void cancel_it(void *task) {
    trace("cancel %d at %ld", async_cancel(task), (long)now_ms());
}

/* -- wait() ------------------------------------------------------------------------ */

/* Waits for three tasks. The middle one ends first and may fail. */
static bool trace_wait(async_function *middle, int64_t timeout_ns,
                       enum async_return_when when, struct async_error *error) {
    struct async_awaitable *all[] = {
        start("a", 5),
        async_create_task(async_coroutine_copy(middle, (&(struct actor){"b", NULL, 2}),
                                               sizeof(struct actor))),
        start("c", 9),
    };
    size_t done_count;
    bool ok = async_wait(all, 3, timeout_ns, when, &done_count, error);
    if (ok) {
        trace("%zu done at %ld", done_count, (long)now_ms());
    }
    for (int i = 0; i < 3; i++) {
        trace("%c done %d", "abc"[i], async_done(all[i]));
    }
    for (int i = 0; i < 3; i++) {
        settle((const char *[]){"a", "b", "c"}[i], all[i]);
    }
    return ok;
}

PAIR(waits, first_completed_waits_for_the_first) {
    return trace_wait(nap, ASYNC_FOREVER, ASYNC_FIRST_COMPLETED, error);
}

PAIR(waits, first_exception_waits_for_the_first_failure) {
    return trace_wait(fail_later, ASYNC_FOREVER, ASYNC_FIRST_EXCEPTION, error);
}

PAIR(waits, first_exception_without_a_failure_waits_for_all) {
    return trace_wait(nap, ASYNC_FOREVER, ASYNC_FIRST_EXCEPTION, error);
}

PAIR(waits, all_completed_ignores_a_failure) {
    return trace_wait(fail_later, ASYNC_FOREVER, ASYNC_ALL_COMPLETED, error);
}

PAIR(waits, a_timeout_is_no_failure_and_cancels_nothing) {
    return trace_wait(nap, 3 * NS_PER_MS, ASYNC_ALL_COMPLETED, error);
}

PAIR(waits, a_cancelled_task_is_no_exception) {
    struct async_awaitable *a = start("a", 5);
    struct async_awaitable *b = start("b", 3);
    size_t done_count;
    bool ok = turns(1, error);
    async_cancel(a);
    ok = ok && async_wait(ASYNC_LIST(a, b), ASYNC_FOREVER, ASYNC_FIRST_EXCEPTION,
                          &done_count, error);
    trace("%zu done at %ld", done_count, (long)now_ms());
    async_release(a);
    async_release(b);
    return ok;
}

PAIR(waits, a_done_future_takes_one_turn) {
    struct async_awaitable *a = async_create_future(NULL);
    struct async_awaitable *b = start("b", 5);
    size_t done_count;
    bool ok = async_set_result(a, NULL, error) &&
              async_call_soon(async_get_running_loop(), NULL, cancel_it, b, error) &&
              async_wait(ASYNC_LIST(a, b), ASYNC_FOREVER, ASYNC_FIRST_COMPLETED,
                         &done_count, error);
    trace("%zu done", done_count);
    settle("b", b);
    async_release(a);
    return ok;
}

ACTOR(wait_for_thing) {
    struct async_awaitable *thing = self->thing;
    return async_wait(&thing, 1, ASYNC_FOREVER, ASYNC_ALL_COMPLETED, NULL, error);
}

PAIR(waits, a_cancelled_wait_cancels_no_task) {
    struct async_awaitable *a = start("a", 5);
    struct async_awaitable *waiter = async_create_task(AS(wait_for_thing, "", a));
    bool ok = async_sleep(NS_PER_MS, error);
    async_cancel(waiter);
    settle("waiter", waiter);
    settle("a", a);
    return ok;
}

PAIR(waits, an_empty_list_is_refused) {
    return async_wait(NULL, 0, ASYNC_FOREVER, ASYNC_ALL_COMPLETED, NULL, error);
}

/* -- wait_for() -------------------------------------------------------------------- */

static bool trace_wait_for(struct async_awaitable *awaitable, int64_t timeout_ns,
                           struct async_error *error) {
    void *value = NULL;
    bool ok = async_wait_for(awaitable, timeout_ns, &value, error);
    trace("%s at %ld", ok ? (const char *)value : async_error_name(error->kind),
          (long)now_ms());
    return ok;
}

PAIR(waits, in_time_it_has_the_result) {
    return trace_wait_for(AS(nap, "a", NULL, 2), 5 * NS_PER_MS, error) &&
           async_sleep(9 * NS_PER_MS, error);
}

PAIR(waits, a_late_coroutine_is_cancelled) {
    trace_wait_for(AS(nap, "a", NULL, 5), 2 * NS_PER_MS, error);
    return true;
}

PAIR(waits, a_failure_in_time_is_passed_on) {
    trace_wait_for(AS(fail_later, "a", NULL, 2), 5 * NS_PER_MS, error);
    return true;
}

PAIR(waits, without_a_limit_it_is_an_await) {
    return trace_wait_for(AS(nap, "a", NULL, 2), ASYNC_FOREVER, error);
}

PAIR(waits, a_coroutine_that_swallows_the_timeout_has_a_result) {
    return trace_wait_for(AS(swallow, "a", NULL, 5), 2 * NS_PER_MS, error);
}

PAIR(waits, a_failure_at_the_timeout_is_the_failure) {
    trace_wait_for(AS(fail_at_the_cancellation, "a", NULL, 5), 2 * NS_PER_MS, error);
    return true;
}

PAIR(waits, a_limit_of_zero_begins_nothing) {
    trace_wait_for(AS(nap, "a", NULL, 0), 0, error);
    return true;
}

PAIR(waits, a_negative_limit_is_a_limit_of_zero) {
    trace_wait_for(AS(nap, "a", NULL, 0), -NS_PER_S, error);
    return true;
}

PAIR(waits, a_limit_of_zero_takes_a_done_future) {
    struct async_awaitable *a = start("a", 1);
    bool ok = async_sleep(2 * NS_PER_MS, error) && trace_wait_for(a, 0, error);
    async_release(a);
    return ok;
}

ACTOR(wait_for_future) {
    return trace_wait_for(self->thing, self->number * NS_PER_MS, error);
}

/* For at most two timers of one moment: asyncio calls two of them in the order in which
 * they were made, but not three. */
static bool at(int64_t ms, async_callback *callback, void *argument,
               struct async_error *error) {
    return async_call_later(async_get_running_loop(), NULL, ms * NS_PER_MS, callback,
                            argument, error);
}

PAIR(waits, a_result_right_after_the_timeout_is_in_time) {
    struct async_awaitable *future = async_create_future(NULL);
    struct async_awaitable *waiter =
        async_create_task(AS(wait_for_future, "", future, 3));
    bool ok = turns(1, error) && at(3, set_future, future, error);
    settle("waiter", waiter);
    async_release(future);
    return ok;
}

PAIR(waits, a_result_right_before_the_timeout_is_in_time) {
    struct async_awaitable *future = async_create_future(NULL);
    bool ok = at(3, set_future, future, error);
    settle("waiter", async_create_task(AS(wait_for_future, "", future, 3)));
    async_release(future);
    return ok;
}

PAIR(waits, a_cancellation_right_after_the_timeout_is_no_timeout) {
    struct async_awaitable *future = async_create_future(NULL);
    struct async_awaitable *waiter =
        async_create_task(AS(wait_for_future, "", future, 3));
    bool ok = turns(1, error) && at(3, cancel_it, waiter, error);
    settle("waiter", waiter);
    trace("inner cancelled %d", async_cancelled(future));
    async_release(future);
    return ok;
}

PAIR(waits, a_cancellation_right_before_the_timeout_is_no_timeout) {
    struct async_awaitable *future = async_create_future(NULL);
    struct async_awaitable *waiter =
        async_create_task(AS(wait_for_future, "", future, 3));
    bool ok = at(3, cancel_it, waiter, error);
    settle("waiter", waiter);
    trace("inner cancelled %d", async_cancelled(future));
    async_release(future);
    return ok;
}

PAIR(waits, with_a_result_and_then_a_cancellation_the_result_wins) {
    struct async_awaitable *future = async_create_future(NULL);
    struct async_awaitable *waiter =
        async_create_task(AS(wait_for_future, "", future, 5));
    bool ok = turns(1, error);
    set_future(future);
    cancel_it(waiter);
    settle("waiter", waiter);
    async_release(future);
    return ok;
}

PAIR(waits, with_a_cancellation_and_then_a_result_the_result_wins) {
    struct async_awaitable *future = async_create_future(NULL);
    struct async_awaitable *waiter =
        async_create_task(AS(wait_for_future, "", future, 5));
    bool ok = turns(1, error);
    cancel_it(waiter);
    set_future(future);
    settle("waiter", waiter);
    async_release(future);
    return ok;
}

ACTOR(wait_for_a_nap) {
    return trace_wait_for(AS(nap, self->name, NULL, 9), self->number * NS_PER_MS,
                          error);
}

PAIR(waits, a_cancellation_from_outside_cancels_the_inner_task_first) {
    struct async_awaitable *waiter =
        async_create_task(AS(wait_for_a_nap, "a", NULL, 5));
    bool ok = async_sleep(2 * NS_PER_MS, error);
    cancel_it(waiter);
    settle("waiter", waiter);
    return ok;
}

ACTOR(wait_for_one_that_swallows) {
    return trace_wait_for(AS(swallow, self->name, NULL, 9), self->number * NS_PER_MS,
                          error);
}

PAIR(waits, it_is_cancelled_even_if_the_inner_task_swallows_it) {
    struct async_awaitable *waiter =
        async_create_task(AS(wait_for_one_that_swallows, "a", NULL, 5));
    bool ok = async_sleep(2 * NS_PER_MS, error);
    cancel_it(waiter);
    settle("waiter", waiter);
    return ok;
}

PAIR(waits, a_cancellation_ends_the_wait_for_a_late_inner_task) {
    struct async_awaitable *waiter =
        async_create_task(AS(wait_for_one_that_swallows, "a", NULL, 2));
    bool ok = async_sleep(3 * NS_PER_MS, error);
    cancel_it(waiter);
    settle("waiter", waiter);
    trace("waiter ended at %ld", (long)now_ms());
    return ok && async_sleep(5 * NS_PER_MS, error);
}

PAIR(waits, a_future_cancelled_by_another_task_is_no_timeout) {
    struct async_awaitable *future = async_create_future(NULL);
    struct async_awaitable *waiter =
        async_create_task(AS(wait_for_future, "", future, 5));
    bool ok = turns(1, error);
    async_cancel(future);
    settle("waiter", waiter);
    async_release(future);
    return ok;
}

PAIR(waits, an_inner_limit_ends_before_the_outer_limit) {
    if (!async_wait_for(AS(wait_for_a_nap, "a", NULL, 2), 5 * NS_PER_MS, NULL, error)) {
        trace("outer %s at %ld", async_error_name(error->kind), (long)now_ms());
    }
    return true;
}

PAIR(waits, the_outer_limit_cancels_the_inner_wait) {
    if (!async_wait_for(AS(wait_for_a_nap, "a", NULL, 5), 2 * NS_PER_MS, NULL, error)) {
        trace("outer %s at %ld", async_error_name(error->kind), (long)now_ms());
    }
    return true;
}

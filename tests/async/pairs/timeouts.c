/* Timeouts and shields: a time limit, a cancellation from outside, and the blocks that
 * each reaches. */
#include "tests/async/pairs/pair.h"

ACTOR(nap) {
    bool ok = async_sleep(self->number * NS_PER_MS, error);
    trace("%s %s at %ld", self->name, ok ? "woke" : async_error_name(error->kind),
          (long)now_ms());
    return ok;
}

ACTOR(fail_later) {
    return nap_body(self, value, error) &&
           async_fail_with(error, ASYNC_INVALID_ARGUMENT, "%s", self->name);
}

static bool nap_here(const char *name, int64_t ms, struct async_error *error) {
    return async_await(AS(nap, name, NULL, ms), NULL, error);
}

static bool leave(const char *name, struct async_timeout *timeout, bool ok,
                  struct async_error *error) {
    ok = async_timeout_exit(timeout, ok, error);
    trace("%s %s at %ld, expired %d, cancelling %d", name,
          ok ? "done" : async_error_name(error->kind), (long)now_ms(),
          async_timeout_expired(timeout), async_cancelling(async_current_task()));
    return ok;
}

static bool enter(struct async_timeout *timeout, int64_t ms,
                  struct async_error *error) {
    return async_timeout_enter(timeout, ms * NS_PER_MS, error);
}

static void cancel_it(void *task) {
    trace("cancel %d at %ld", async_cancel(task), (long)now_ms());
}

PAIR(timeouts, a_block_in_time_is_left_alone) {
    struct async_timeout timeout;
    bool ok = enter(&timeout, 5, error) && nap_here("a", 2, error);
    return leave("timeout", &timeout, ok, error) && nap_here("afterwards", 9, error);
}

PAIR(timeouts, a_late_block_fails) {
    struct async_timeout timeout;
    bool ok = enter(&timeout, 2, error) && nap_here("a", 5, error);
    leave("timeout", &timeout, ok, error);
    return nap_here("afterwards", 1, error);
}

/* A nap of 9 ms in two nested timeouts. Traces how each of them ends. */
static bool nest(int64_t outer_ms, int64_t inner_ms, struct async_error *error) {
    struct async_timeout outer;
    struct async_timeout inner;
    bool ok = enter(&outer, outer_ms, error) && enter(&inner, inner_ms, error) &&
              nap_here("a", 9, error);
    ok = leave("inner", &inner, ok, error);
    return leave("outer", &outer, ok, error);
}

PAIR(timeouts, of_two_nested_the_inner_expires_first) {
    nest(5, 2, error);
    return true;
}

PAIR(timeouts, of_two_nested_the_outer_expires_first) {
    nest(2, 5, error);
    return true;
}

PAIR(timeouts, of_two_in_one_turn_the_outer_counts) {
    nest(2, 2, error);
    return true;
}

PAIR(timeouts, it_may_be_moved_to_later) {
    struct async_timeout timeout;
    bool ok = enter(&timeout, 3, error) && nap_here("a", 2, error);
    int64_t now_ns = async_time_ns(async_get_running_loop());
    ok = ok && async_timeout_reschedule(&timeout, now_ns + 5 * NS_PER_MS, error) &&
         nap_here("b", 4, error) && nap_here("c", 4, error);
    leave("timeout", &timeout, ok, error);
    return true;
}

PAIR(timeouts, it_may_be_removed) {
    struct async_timeout timeout;
    bool ok = enter(&timeout, 3, error) &&
              async_timeout_reschedule(&timeout, ASYNC_FOREVER, error) &&
              nap_here("a", 9, error);
    return leave("timeout", &timeout, ok, error);
}

PAIR(timeouts, without_a_limit_it_may_get_one) {
    struct async_timeout timeout;
    bool ok =
        async_timeout_enter(&timeout, ASYNC_FOREVER, error) && nap_here("a", 2, error);
    int64_t now_ns = async_time_ns(async_get_running_loop());
    ok = ok && async_timeout_reschedule(&timeout, now_ns, error) &&
         nap_here("b", 2, error);
    leave("timeout", &timeout, ok, error);
    return true;
}

PAIR(timeouts, an_ended_timeout_cannot_be_moved) {
    struct async_timeout timeout;
    bool ok = enter(&timeout, 3, error) && leave("timeout", &timeout, true, error) &&
              async_timeout_reschedule(&timeout, 0, error);
    trace("%s", async_error_name(error->kind));
    trace("%s", error->message);
    return !ok;
}

PAIR(timeouts, a_timeout_of_zero_expires_at_the_first_wait) {
    struct async_timeout timeout;
    bool ok = enter(&timeout, 0, error);
    trace("body");
    ok = ok && nap_here("a", 2, error);
    leave("timeout", &timeout, ok, error);
    return true;
}

PAIR(timeouts, without_a_wait_it_never_expires) {
    struct async_timeout timeout;
    return enter(&timeout, -1, error) && leave("timeout", &timeout, true, error) &&
           nap_here("afterwards", 1, error);
}

PAIR(timeouts, a_failure_of_the_body_is_not_hidden) {
    struct async_timeout timeout;
    bool ok = enter(&timeout, 5, error) &&
              async_await(AS(fail_later, "a", NULL, 2), NULL, error);
    leave("timeout", &timeout, ok, error);
    return true;
}

PAIR(timeouts, a_block_that_swallows_it_is_done_but_it_has_expired) {
    struct async_timeout timeout;
    bool ok = enter(&timeout, 2, error) && nap_here("a", 5, error);
    trace("swallowed %d", !ok);
    async_error_clear(error);
    return leave("timeout", &timeout, true, error) && nap_here("afterwards", 1, error);
}

PAIR(timeouts, a_cleanup_after_it_has_no_limit) {
    struct async_timeout timeout;
    bool ok = enter(&timeout, 2, error) && nap_here("a", 5, error);
    struct async_error own;
    nap_here("cleanup", 9, &own);
    leave("timeout", &timeout, ok, error);
    return true;
}

PAIR(timeouts, in_a_cleanup_it_limits_the_cleanup) {
    struct async_timeout timeout;
    struct async_error own;
    bool ok = async_await(AS(fail_later, "a", NULL, 1), NULL, error);
    bool is_clean = enter(&timeout, 2, &own) && nap_here("cleanup", 9, &own);
    leave("timeout", &timeout, is_clean, &own);
    return ok;
}

ACTOR(nap_in_time) {
    struct async_timeout timeout;
    bool ok = enter(&timeout, self->number, error) && nap_here(self->name, 9, error);
    return leave("timeout", &timeout, ok, error);
}

PAIR(timeouts, a_cancellation_from_outside_is_no_timeout) {
    struct async_awaitable *task = async_create_task(AS(nap_in_time, "a", NULL, 5));
    bool ok = async_sleep(2 * NS_PER_MS, error);
    cancel_it(task);
    settle("task", task);
    return ok;
}

PAIR(timeouts, a_cancellation_right_after_it_is_no_timeout) {
    struct async_awaitable *task = async_create_task(AS(nap_in_time, "a", NULL, 2));
    bool ok =
        turns(1, error) && async_call_later(async_get_running_loop(), NULL,
                                            2 * NS_PER_MS, cancel_it, task, error);
    settle("task", task);
    return ok;
}

/* -- shield() ---------------------------------------------------------------------- */

ACTOR(shield_it) {
    bool ok = async_shield(self->thing, NULL, error);
    return trace_end(self->name, ok, error);
}

static bool shield_a_task(async_function *function, bool cancels_inner,
                          struct async_error *error) {
    struct async_awaitable *inner = async_create_task(async_coroutine_copy(
        function, (&(struct actor){"inner", NULL, 5}), sizeof(struct actor)));
    struct async_awaitable *outer = async_create_task(AS(shield_it, "outer", inner));
    bool ok = async_sleep(2 * NS_PER_MS, error);
    cancel_it(cancels_inner ? inner : outer);
    settle("outer", outer);
    if (async_done(inner)) {
        trace("inner is done");
    }
    ok = ok && async_sleep(5 * NS_PER_MS, error);
    trace("inner done %d, cancelled %d", async_done(inner), async_cancelled(inner));
    async_release(inner);
    return ok;
}

PAIR(timeouts, a_shielded_task_goes_on_if_its_waiter_is_cancelled) {
    return shield_a_task(nap, false, error);
}

PAIR(timeouts, a_shielded_task_that_is_cancelled_cancels_its_waiter) {
    return shield_a_task(nap, true, error);
}

PAIR(timeouts, a_failure_of_a_shielded_task_without_a_waiter_is_reported) {
    return shield_a_task(fail_later, false, error);
}

PAIR(timeouts, a_failure_of_a_shielded_task_fails_its_waiter) {
    settle("outer",
           async_create_task(AS(shield_it, "outer", AS(fail_later, "inner", NULL, 2))));
    return true;
}

PAIR(timeouts, a_shield_in_wait_for_outlives_the_limit) {
    struct async_awaitable *inner = async_create_task(AS(nap, "inner", NULL, 5));
    struct async_awaitable *shield = async_shield_future(inner);
    if (!async_wait_for(shield, 2 * NS_PER_MS, NULL, error)) {
        trace("%s at %ld", async_error_name(error->kind), (long)now_ms());
    }
    async_release(shield);
    settle("inner", inner);
    return true;
}

PAIR(timeouts, a_shield_of_a_done_future_is_the_future) {
    struct async_awaitable *inner = async_create_future(NULL);
    bool ok = async_set_result(inner, NULL, error);
    struct async_awaitable *shield = async_shield_future(inner);
    trace("itself %d", shield == inner);
    async_release(shield);
    async_release(inner);
    return ok;
}

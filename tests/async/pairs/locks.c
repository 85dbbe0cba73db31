/* Locks: the order of the tasks that get one, and cancelled tasks. */
#include "tests/async/pairs/pair.h"

/* Holds a lock for so many milliseconds. */
ACTOR(use) {
    struct async_lock *lock = self->thing;
    if (!async_lock_acquire(lock, error)) {
        return trace_end(self->name, false, error);
    }
    trace("%s acquired at %ld", self->name, (long)now_ms());
    bool ok = async_sleep(self->number * NS_PER_MS, error);
    async_lock_release(lock, NULL);
    trace("%s released", self->name);
    return ok;
}

static struct async_awaitable *start(const char *name, struct async_lock *lock) {
    return async_create_task(AS(use, name, lock, 1));
}

static void trace_locked(const struct async_lock *lock) {
    trace("locked %d", async_lock_locked(lock));
}

static void trace_a_turn(void *argument) {
    (void)argument;
    trace("a turn");
}

PAIR(locks, a_free_lock_is_taken_without_a_turn) {
    struct async_lock lock = {0};
    struct async_handle soon = {0};
    async_call_soon(async_get_running_loop(), &soon, trace_a_turn, NULL, error);
    bool ok = async_lock_acquire(&lock, error);
    trace_locked(&lock);
    async_lock_release(&lock, error);
    trace_locked(&lock);
    async_handle_cancel(&soon);
    return ok;
}

PAIR(locks, tasks_get_it_in_the_order_of_asking) {
    struct async_lock lock = {0};
    struct async_awaitable *a = async_create_task(AS(use, "a", &lock, 3));
    struct async_awaitable *b = async_create_task(AS(use, "b", &lock, 1));
    struct async_awaitable *c = async_create_task(AS(use, "c", &lock, 2));
    settle("a", a);
    settle("b", b);
    settle("c", c);
    return true;
}

ACTOR(use_three_times) {
    bool ok = true;
    for (int i = 0; ok && i < 3; i++) {
        ok = async_await(AS(use, self->name, self->thing, 1), NULL, error);
    }
    return ok;
}

PAIR(locks, a_task_that_asks_again_waits_behind_the_others) {
    struct async_lock lock = {0};
    return async_gather(ASYNC_LIST(AS(use_three_times, "greedy", &lock),
                                   AS(use, "b", &lock, 1), AS(use, "c", &lock, 1)),
                        false, NULL, error);
}

PAIR(locks, a_cancelled_waiter_is_skipped) {
    struct async_lock lock = {.is_locked = true};
    struct async_awaitable *b = start("b", &lock);
    struct async_awaitable *c = start("c", &lock);
    bool ok = turns(2, error);
    async_cancel(b);
    settle("b", b);
    async_lock_release(&lock, NULL);
    settle("c", c);
    return ok;
}

PAIR(locks, a_woken_task_that_is_cancelled_passes_it_on) {
    struct async_lock lock = {.is_locked = true};
    struct async_awaitable *b = start("b", &lock);
    struct async_awaitable *c = start("c", &lock);
    bool ok = turns(2, error);
    async_lock_release(&lock, NULL);
    async_cancel(b);
    settle("b", b);
    settle("c", c);
    return ok;
}

PAIR(locks, a_release_skips_a_task_cancelled_before) {
    struct async_lock lock = {.is_locked = true};
    struct async_awaitable *b = start("b", &lock);
    struct async_awaitable *c = start("c", &lock);
    bool ok = turns(2, error);
    async_cancel(b);
    async_lock_release(&lock, NULL);
    settle("b", b);
    settle("c", c);
    return ok;
}

PAIR(locks, a_newcomer_takes_it_if_all_waiting_are_cancelled) {
    struct async_lock lock = {.is_locked = true};
    struct async_awaitable *b = start("b", &lock);
    struct async_awaitable *c = start("c", &lock);
    bool ok = turns(2, error);
    async_cancel(b);
    async_cancel(c);
    async_lock_release(&lock, NULL);
    ok = ok && async_lock_acquire(&lock, error);
    trace("newcomer acquired");
    settle("b", b);
    settle("c", c);
    async_lock_release(&lock, NULL);
    trace_locked(&lock);
    return ok;
}

PAIR(locks, a_newcomer_waits_behind_a_woken_task) {
    struct async_lock lock = {.is_locked = true};
    struct async_awaitable *b = start("b", &lock);
    bool ok = turns(2, error);
    async_lock_release(&lock, NULL);
    trace_locked(&lock);
    ok = ok && async_await(AS(use, "newcomer", &lock, 1), NULL, error);
    settle("b", b);
    return ok;
}

PAIR(locks, the_last_woken_task_that_is_cancelled_leaves_it_free) {
    struct async_lock lock = {.is_locked = true};
    struct async_awaitable *b = start("b", &lock);
    bool ok = turns(2, error);
    async_lock_release(&lock, NULL);
    async_cancel(b);
    settle("b", b);
    trace_locked(&lock);
    return ok && async_await(AS(use, "a", &lock, 1), NULL, error);
}

ACTOR(acquire) {
    return async_lock_acquire(self->thing, error);
}

PAIR(locks, a_task_that_timed_out_does_not_get_it_later) {
    struct async_lock lock = {.is_locked = true};
    if (!async_wait_for(AS(acquire, "late", &lock), 5 * NS_PER_MS, NULL, error)) {
        trace("%s at %ld", async_error_name(error->kind), (long)now_ms());
    }
    async_lock_release(&lock, NULL);
    bool ok = turns(3, error);
    trace_locked(&lock);
    return ok;
}

PAIR(locks, releasing_a_free_lock_is_refused) {
    struct async_lock lock = {0};
    if (!async_lock_release(&lock, error)) {
        trace("%s %s", async_error_name(error->kind), error->message);
    }
    return true;
}

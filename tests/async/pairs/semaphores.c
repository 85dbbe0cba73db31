/* Semaphores: a limited number of tasks, in order, and no place is lost. */
#include "tests/async/pairs/pair.h"

ACTOR(use) {
    struct async_semaphore *semaphore = self->thing;
    if (!async_semaphore_acquire(semaphore, error)) {
        return trace_end(self->name, false, error);
    }
    trace("%s acquired at %ld", self->name, (long)now_ms());
    bool ok = async_sleep(self->number * NS_PER_MS, error);
    async_semaphore_release(semaphore, NULL);
    return ok;
}

static struct async_awaitable *start(const char *name,
                                     struct async_semaphore *semaphore) {
    return async_create_task(AS(use, name, semaphore, 1));
}

static void trace_locked(const struct async_semaphore *semaphore) {
    trace("locked %d", async_semaphore_locked(semaphore));
}

PAIR(semaphores, its_number_of_tasks_enter_in_the_order_of_asking) {
    struct async_semaphore semaphore;
    async_semaphore_init(&semaphore, 2, NULL);
    bool ok = async_gather(
        ASYNC_LIST(AS(use, "a", &semaphore, 5), AS(use, "b", &semaphore, 3),
                   AS(use, "c", &semaphore, 4), AS(use, "d", &semaphore, 6),
                   AS(use, "e", &semaphore, 1)),
        false, NULL, error);
    trace_locked(&semaphore);
    return ok;
}

ACTOR(use_three_times) {
    bool ok = true;
    for (int i = 0; ok && i < 3; i++) {
        ok = async_await(AS(use, self->name, self->thing, 1), NULL, error);
    }
    return ok;
}

PAIR(semaphores, a_task_that_asks_again_waits_behind_the_others) {
    struct async_semaphore semaphore;
    async_semaphore_init(&semaphore, 1, NULL);
    return async_gather(ASYNC_LIST(AS(use_three_times, "greedy", &semaphore),
                                   AS(use, "b", &semaphore, 1),
                                   AS(use, "c", &semaphore, 1)),
                        false, NULL, error);
}

PAIR(semaphores, a_released_place_goes_to_the_first_waiting_task_at_once) {
    struct async_semaphore semaphore = {0};
    struct async_awaitable *a = start("a", &semaphore);
    bool ok = turns(2, error);
    async_semaphore_release(&semaphore, NULL);
    trace_locked(&semaphore);
    struct async_awaitable *b = start("b", &semaphore);
    settle("a", a);
    settle("b", b);
    return ok;
}

PAIR(semaphores, a_cancelled_waiter_is_skipped) {
    struct async_semaphore semaphore = {0};
    struct async_awaitable *a = start("a", &semaphore);
    struct async_awaitable *b = start("b", &semaphore);
    struct async_awaitable *c = start("c", &semaphore);
    bool ok = turns(2, error);
    async_cancel(a);
    async_semaphore_release(&semaphore, NULL);
    settle("a", a);
    settle("b", b);
    settle("c", c);
    return ok;
}

PAIR(semaphores, a_woken_task_that_is_cancelled_passes_its_place_on) {
    struct async_semaphore semaphore = {0};
    struct async_awaitable *a = start("a", &semaphore);
    struct async_awaitable *b = start("b", &semaphore);
    bool ok = turns(2, error);
    async_semaphore_release(&semaphore, NULL);
    async_cancel(a);
    settle("a", a);
    settle("b", b);
    trace_locked(&semaphore);
    return ok;
}

PAIR(semaphores, the_last_woken_task_that_is_cancelled_gives_it_back) {
    struct async_semaphore semaphore = {0};
    struct async_awaitable *a = start("a", &semaphore);
    bool ok = turns(2, error);
    async_semaphore_release(&semaphore, NULL);
    async_cancel(a);
    settle("a", a);
    trace_locked(&semaphore);
    ok = ok && async_semaphore_acquire(&semaphore, error);
    trace_locked(&semaphore);
    return ok;
}

PAIR(semaphores, several_releases_at_once_wake_several) {
    struct async_semaphore semaphore = {0};
    struct async_awaitable *a = start("a", &semaphore);
    struct async_awaitable *b = start("b", &semaphore);
    struct async_awaitable *c = start("c", &semaphore);
    bool ok = turns(2, error);
    for (int i = 0; i < 4; i++) {
        async_semaphore_release(&semaphore, NULL);
    }
    trace_locked(&semaphore);
    settle("a", a);
    settle("b", b);
    settle("c", c);
    trace_locked(&semaphore);
    return ok;
}

PAIR(semaphores, a_newcomer_enters_if_all_waiting_are_cancelled) {
    struct async_semaphore semaphore = {0};
    struct async_awaitable *a = start("a", &semaphore);
    struct async_awaitable *b = start("b", &semaphore);
    bool ok = turns(2, error);
    async_cancel(a);
    async_cancel(b);
    async_semaphore_release(&semaphore, NULL);
    trace_locked(&semaphore);
    ok = ok && async_semaphore_acquire(&semaphore, error);
    trace("newcomer acquired");
    settle("a", a);
    settle("b", b);
    return ok;
}

PAIR(semaphores, a_bounded_semaphore_refuses_a_release_too_many) {
    struct async_semaphore semaphore;
    async_bounded_semaphore_init(&semaphore, 2, NULL);
    bool ok = async_semaphore_acquire(&semaphore, error) &&
              async_semaphore_release(&semaphore, error);
    if (ok && !async_semaphore_release(&semaphore, error)) {
        trace("%s %s", async_error_name(error->kind), error->message);
    }
    ok = ok && async_semaphore_acquire(&semaphore, error) &&
         async_semaphore_acquire(&semaphore, error);
    trace_locked(&semaphore);
    return ok;
}

PAIR(semaphores, an_unbounded_semaphore_grows) {
    struct async_semaphore semaphore = {0};
    for (int i = 0; i < 3; i++) {
        async_semaphore_release(&semaphore, NULL);
    }
    bool ok = true;
    for (int i = 0; ok && i < 3; i++) {
        ok = async_semaphore_acquire(&semaphore, error);
        trace_locked(&semaphore);
    }
    return ok;
}

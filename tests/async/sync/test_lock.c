/* async/sync/lock.c: the cases that the pairs (pairs/locks.c) do not cover. */
#include "async/lock.h"

#include "tests/async/support.h"

#include <stdlib.h>

Test(async_lock, a_free_lock_needs_no_loop) {
    struct async_lock lock;
    struct async_error error = {.kind = ASYNC_OK};
    async_lock_init(&lock);
    SUCCEEDS(async_lock_acquire(&lock, &error));
    cr_expect(async_lock_locked(&lock));
    SUCCEEDS(async_lock_release(&lock, &error));
    cr_expect_not(async_lock_locked(&lock));
}

Test(async_lock, a_taken_lock_fails_outside_a_task) {
    struct async_lock lock = {.is_locked = true};
    struct async_error error = {.kind = ASYNC_OK};
    FAILS_WITH(ASYNC_RUNTIME, async_lock_acquire(&lock, &error));
    cr_expect_eq(lock.line.first, NULL);
}

static void acquire_in_a_callback(void *argument) {
    struct async_error error = {.kind = ASYNC_OK};
    FAILS_WITH(ASYNC_RUNTIME, async_lock_acquire(argument, &error));
}

ASYNC_TEST(async_lock, a_taken_lock_fails_in_a_callback) {
    struct async_lock lock = {.is_locked = true};
    bool ok = async_call_soon(async_get_running_loop(), NULL, acquire_in_a_callback,
                              &lock, error) &&
              turns(2, error);
    cr_expect_null(lock.line.first);
    return ok;
}

ACTOR(acquire) {
    return async_lock_acquire(self->thing, error);
}

ACTOR(wait_until_closed) {
    bool ok = async_lock_acquire(self->thing, error);
    cr_expect_not(ok);
    cr_expect_eq(error->kind, ASYNC_CLOSED);
    return false;
}

static struct async_loop *open_loop(void) {
    struct async_loop *loop = new_loop();
    async_set_exception_handler(loop, ignore_reports, NULL);
    return loop;
}

Test(async_lock, a_loop_that_closes_empties_the_line) {
    struct async_lock lock = {.is_locked = true};
    struct async_loop *loop = open_loop();
    for (int i = 0; i < 3; i++) {
        async_release(async_loop_create_task(loop, AS(wait_until_closed, "w", &lock)));
    }
    run_turns(loop, 3);
    cr_assert_not_null(lock.line.first);
    async_loop_free(loop);
    cr_expect_null(lock.line.first);
    cr_expect_eq(lock.line.woken_count, 0);
}

Test(async_lock, a_loop_that_closes_before_the_woken_task_runs_leaves_it_free) {
    struct async_lock lock = {.is_locked = true};
    struct async_loop *loop = open_loop();
    for (int i = 0; i < 3; i++) {
        async_release(async_loop_create_task(loop, AS(wait_until_closed, "w", &lock)));
    }
    run_turns(loop, 3);
    async_lock_release(&lock, NULL);
    async_loop_free(loop);
    cr_expect_null(lock.line.first);
    cr_expect_eq(lock.line.woken_count, 0);
    cr_expect_not(async_lock_locked(&lock));
}

Test(async_lock, one_loop_after_another_may_use_a_lock) {
    struct async_lock lock = {.is_locked = false};
    for (int i = 0; i < 2; i++) {
        struct async_loop *loop = open_loop();
        run_coroutine_in(loop, AS(acquire, "a", &lock));
        async_lock_release(&lock, NULL);
        async_loop_free(loop);
    }
}

Test(async_lock, tasks_of_two_loops_cannot_wait_for_one_lock) {
    struct async_lock lock = {.is_locked = true};
    struct async_loop *first = open_loop();
    struct async_loop *second = open_loop();
    struct async_error error = {.kind = ASYNC_OK};
    async_release(async_loop_create_task(first, AS(wait_until_closed, "w", &lock)));
    run_turns(first, 3);
    FAILS_WITH(ASYNC_RUNTIME,
               async_run_until_complete(second, AS(acquire, "a", &lock), NULL, &error));
    cr_expect_str_eq(error.message, "lock is bound to a different event loop");
    async_loop_free(second);
    async_loop_free(first);
}

/* -- Many tasks, cancelled at random ----------------------------------------------- */

enum { CROWD = 300, ROUNDS = 20 };

struct crowd {
    struct async_lock lock;
    struct async_awaitable *tasks[CROWD];
    int holders;
    int entries;
};

ACTOR(work) {
    struct crowd *crowd = self->thing;
    for (int i = 0; i < ROUNDS; i++) {
        if (!async_lock_acquire(&crowd->lock, error)) {
            return false;
        }
        cr_assert_eq(++crowd->holders, 1);
        crowd->entries++;
        bool ok = turns(rand() % 3, error);
        cr_assert_eq(crowd->holders--, 1);
        async_lock_release(&crowd->lock, NULL);
        if (!ok) {
            return false;
        }
    }
    return true;
}

ASYNC_TEST(async_lock, it_is_never_held_twice_nor_lost_if_a_crowd_is_cancelled) {
    struct crowd *crowd = calloc(1, sizeof *crowd);
    srand(4);
    for (int i = 0; i < CROWD; i++) {
        crowd->tasks[i] = async_create_task(AS(work, "w", crowd));
    }
    int cancelled = 0;
    for (int step = 0; step < 2000; step++) {
        cr_assert(turns(1, error));
        cancelled += rand() % 8 == 0 && async_cancel(crowd->tasks[rand() % CROWD]);
    }
    int finished = 0;
    for (int i = 0; i < CROWD; i++) {
        finished += end_of(crowd->tasks[i]) == ASYNC_OK;
    }
    cr_expect_gt(cancelled, 50);
    cr_expect_gt(finished, 50);
    cr_expect_geq(crowd->entries, finished * ROUNDS);
    cr_expect_not(async_lock_locked(&crowd->lock));
    cr_expect_null(crowd->lock.line.first);
    cr_expect_eq(crowd->lock.line.woken_count, 0);
    free(crowd);
    return true;
}

/* async/sync/lock.c: what the pairs with Python (pairs/locks.c) do not show. */
#include "async/lock.h"

#include "tests/async/actor.h"

#include <stdlib.h>

Test(async_lock, needs_no_loop_where_nobody_waits) {
    struct async_lock lock;
    struct async_error error = {.kind = ASYNC_OK};
    async_lock_init(&lock);
    cr_expect(async_lock_acquire(&lock, &error));
    cr_expect(async_lock_locked(&lock));
    cr_expect(async_lock_release(&lock, &error));
    cr_expect_not(async_lock_locked(&lock));
}

Test(async_lock, cannot_wait_outside_a_task) {
    struct async_lock lock = {.is_locked = true};
    struct async_error error = {.kind = ASYNC_OK};
    cr_expect_not(async_lock_acquire(&lock, &error));
    cr_expect_eq(error.kind, ASYNC_RUNTIME);
    cr_expect_eq(lock.line.first, NULL);
}

static void acquire_in_a_callback(void *argument) {
    struct async_error error = {.kind = ASYNC_OK};
    cr_expect_not(async_lock_acquire(argument, &error));
    cr_expect_eq(error.kind, ASYNC_RUNTIME);
}

ASYNC_TEST(async_lock, cannot_wait_in_a_callback) {
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

/* What a task that is torn out of its wait leaves behind. */
ACTOR(wait_to_the_end) {
    bool ok = async_lock_acquire(self->thing, error);
    cr_expect_not(ok);
    cr_expect_eq(error->kind, ASYNC_CLOSED);
    return false;
}

static void ignore(struct async_loop *loop, const struct async_report *report,
                   void *context) {
    (void)loop, (void)report, (void)context;
}

static struct async_loop *open_loop(void) {
    struct async_error error;
    struct async_loop *loop = async_new_event_loop(&error);
    cr_assert(loop, "%s", error.message);
    async_set_exception_handler(loop, ignore, NULL);
    alarm(ASYNC_HANG_S);
    return loop;
}

static bool wait_a_turn(void *argument, void **value, struct async_error *error) {
    (void)argument, (void)value;
    return turns(2, error);
}

Test(async_lock, a_loop_that_closes_empties_the_line) {
    struct async_lock lock = {.is_locked = true};
    struct async_loop *loop = open_loop();
    for (int i = 0; i < 3; i++) {
        async_release(async_loop_create_task(loop, AS(wait_to_the_end, "w", &lock)));
    }
    cr_assert(
        async_run_until_complete(loop, async_coroutine(wait_a_turn, NULL), NULL, NULL));
    cr_assert_not_null(lock.line.first);
    async_loop_free(loop);
    cr_expect_null(lock.line.first);
    cr_expect_eq(lock.line.woken_count, 0);
}

Test(async_lock, a_loop_that_closes_at_the_hand_over_leaves_it_free) {
    struct async_lock lock = {.is_locked = true};
    struct async_loop *loop = open_loop();
    for (int i = 0; i < 3; i++) {
        async_release(async_loop_create_task(loop, AS(wait_to_the_end, "w", &lock)));
    }
    cr_assert(
        async_run_until_complete(loop, async_coroutine(wait_a_turn, NULL), NULL, NULL));
    async_lock_release(&lock, NULL);
    async_loop_free(loop);
    cr_expect_null(lock.line.first);
    cr_expect_eq(lock.line.woken_count, 0);
    cr_expect_not(async_lock_locked(&lock));
}

Test(async_lock, one_loop_after_another_may_use_it) {
    struct async_lock lock = {.is_locked = false};
    for (int i = 0; i < 2; i++) {
        struct async_loop *loop = open_loop();
        struct async_error error = {.kind = ASYNC_OK};
        cr_expect(async_run_until_complete(loop, AS(acquire, "a", &lock), NULL, &error),
                  "%s", error.message);
        async_lock_release(&lock, NULL);
        async_loop_free(loop);
    }
}

Test(async_lock, tasks_of_two_loops_do_not_stand_in_one_line) {
    struct async_lock lock = {.is_locked = true};
    struct async_loop *first = open_loop();
    struct async_loop *second = open_loop();
    struct async_error error = {.kind = ASYNC_OK};
    async_release(async_loop_create_task(first, AS(wait_to_the_end, "w", &lock)));
    cr_assert(async_run_until_complete(first, async_coroutine(wait_a_turn, NULL), NULL,
                                       NULL));
    cr_expect_not(
        async_run_until_complete(second, AS(acquire, "a", &lock), NULL, &error));
    cr_expect_eq(error.kind, ASYNC_RUNTIME);
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

ASYNC_TEST(async_lock, is_never_held_twice_nor_lost_when_a_crowd_is_cancelled) {
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

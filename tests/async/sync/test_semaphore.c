/* async/sync/semaphore.c: the cases that the pairs (pairs/semaphores.c) do not
 * cover. */
#include "async/semaphore.h"

#include "tests/async/support.h"

#include <stdlib.h>

enum { CROWD = 300, ROUNDS = 20, PLACES = 7 };

struct crowd {
    struct async_semaphore semaphore;
    struct async_awaitable *tasks[CROWD];
    int inside;
    int most_inside;
};

ACTOR(work) {
    struct crowd *crowd = self->thing;
    for (int i = 0; i < ROUNDS; i++) {
        if (!async_semaphore_acquire(&crowd->semaphore, error)) {
            return false;
        }
        crowd->inside++;
        cr_assert_leq(crowd->inside, PLACES);
        if (crowd->inside > crowd->most_inside) {
            crowd->most_inside = crowd->inside;
        }
        bool ok = turns(rand() % 4, error);
        crowd->inside--;
        SUCCEEDS(async_semaphore_release(&crowd->semaphore, error));
        if (!ok) {
            return false;
        }
    }
    return true;
}

ASYNC_TEST(async_semaphore, no_place_is_lost_or_won_if_a_crowd_is_cancelled) {
    struct crowd *crowd = calloc(1, sizeof *crowd);
    async_bounded_semaphore_init(&crowd->semaphore, PLACES, NULL);
    srand(5);
    for (int i = 0; i < CROWD; i++) {
        crowd->tasks[i] = async_create_task(AS(work, "w", crowd));
    }
    int cancelled = 0;
    for (int step = 0; step < 500; step++) {
        cr_assert(turns(1, error));
        cancelled += rand() % 3 == 0 && async_cancel(crowd->tasks[rand() % CROWD]);
    }
    int finished = 0;
    for (int i = 0; i < CROWD; i++) {
        finished += end_of(crowd->tasks[i]) == ASYNC_OK;
    }
    cr_expect_gt(cancelled, 50);
    cr_expect_gt(finished, 50);
    cr_expect_eq(crowd->most_inside, PLACES);
    cr_expect_eq(crowd->semaphore.value, PLACES);
    cr_expect_not(async_semaphore_locked(&crowd->semaphore));
    free(crowd);
    return true;
}

/* As in CPython 3.13: the tasks that came before the woken task has run get their
 * places in order, too. */
ACTOR(enter) {
    int *order = self->thing;
    bool ok = async_semaphore_acquire((void *)self->name, error);
    *order = *order * 10 + (int)self->number;
    return ok;
}

ASYNC_TEST(async_semaphore, tasks_that_come_after_the_wake_up_are_served_in_order) {
    struct async_semaphore semaphore = {0};
    int order = 0;
    struct async_awaitable *tasks[3];
    tasks[0] = async_create_task(AS(enter, (char *)&semaphore, &order, 1));
    bool ok = turns(2, error);
    for (int i = 0; i < 3; i++) {
        async_semaphore_release(&semaphore, NULL);
    }
    cr_expect(async_semaphore_locked(&semaphore), "the woken task has run already");
    tasks[1] = async_create_task(AS(enter, (char *)&semaphore, &order, 2));
    tasks[2] = async_create_task(AS(enter, (char *)&semaphore, &order, 3));
    for (int i = 0; i < 3; i++) {
        cr_expect_eq(end_of(tasks[i]), ASYNC_OK);
    }
    cr_expect_eq(order, 123);
    cr_expect_eq(semaphore.value, 0);
    return ok;
}

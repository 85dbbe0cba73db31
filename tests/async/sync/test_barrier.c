/* async/sync/barrier.c: the cases that the pairs (pairs/barriers.c) do not cover. */
#include "async/barrier.h"

#include "tests/async/support.h"

enum { PARTIES = 50, LAPS = 100 };

struct race {
    struct async_barrier barrier;
    int laps[PARTIES];
    size_t indices; /* the sum of all that async_barrier_wait() gave */
};

/* No party is more than one lap ahead of another. */
ACTOR(run_laps) {
    struct race *race = self->thing;
    for (int lap = 0; lap < LAPS; lap++) {
        size_t index;
        race->laps[self->number] = lap;
        if (!async_barrier_wait(&race->barrier, &index, error)) {
            return false;
        }
        race->indices += index;
        for (int i = 0; i < PARTIES; i++) {
            cr_assert(race->laps[i] == lap || race->laps[i] == lap + 1);
        }
    }
    return true;
}

ASYNC_TEST(async_barrier, it_keeps_a_crowd_in_step) {
    static struct race race;
    struct async_awaitable *tasks[PARTIES];
    bool ok = async_barrier_init(&race.barrier, PARTIES, error);
    for (int i = 0; i < PARTIES; i++) {
        tasks[i] = async_create_task(AS(run_laps, "r", &race, i));
    }
    for (int i = 0; i < PARTIES; i++) {
        cr_expect_eq(end_of(tasks[i]), ASYNC_OK);
    }
    cr_expect_eq(race.indices, (size_t)LAPS * PARTIES * (PARTIES - 1) / 2,
                 "not each index once a lap");
    return ok;
}

ASYNC_TEST(async_barrier, a_single_party_never_waits_and_needs_no_index) {
    struct async_barrier barrier;
    return async_barrier_init(&barrier, 1, error) &&
           async_barrier_wait(&barrier, NULL, error) &&
           async_barrier_wait(&barrier, NULL, error);
}

ACTOR(wait_until_closed) {
    bool ok = async_barrier_wait(self->thing, NULL, error);
    cr_expect_not(ok);
    cr_expect_eq(error->kind, ASYNC_CLOSED);
    return ok;
}

Test(async_barrier, a_loop_that_closes_empties_it) {
    struct async_barrier barrier;
    struct async_loop *loop = new_loop();
    async_set_exception_handler(loop, ignore_reports, NULL);
    cr_assert(async_barrier_init(&barrier, 5, NULL));
    for (int i = 0; i < 4; i++) {
        async_release(
            async_loop_create_task(loop, AS(wait_until_closed, "w", &barrier)));
    }
    run_turns(loop, 5);
    cr_expect_eq(async_barrier_n_waiting(&barrier), 4);
    async_loop_free(loop);
    cr_expect_eq(async_barrier_n_waiting(&barrier), 0);
    cr_expect_null(barrier.changed.line.first);
}

/* async/sync/barrier.c: what the pairs with Python (pairs/barriers.c) do not
 * show. */
#include "async/barrier.h"

#include "tests/async/actor.h"

enum { PARTIES = 50, LAPS = 100 };

struct race {
    struct async_barrier barrier;
    int laps[PARTIES];
    size_t indices; /* the sum of those of one lap */
};

/* Nobody is more than a lap ahead of anybody. */
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

ASYNC_TEST(async_barrier, keeps_a_crowd_in_step) {
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
                 "each index once a lap");
    return ok;
}

ASYNC_TEST(async_barrier, one_party_never_waits_and_needs_no_index) {
    struct async_barrier barrier;
    return async_barrier_init(&barrier, 1, error) &&
           async_barrier_wait(&barrier, NULL, error) &&
           async_barrier_wait(&barrier, NULL, error);
}

static void ignore(struct async_loop *loop, const struct async_report *report,
                   void *context) {
    (void)loop, (void)report, (void)context;
}

ACTOR(wait_to_the_end) {
    bool ok = async_barrier_wait(self->thing, NULL, error);
    cr_expect_not(ok);
    cr_expect_eq(error->kind, ASYNC_CLOSED);
    return ok;
}

static bool wait_a_turn(void *argument, void **value, struct async_error *error) {
    (void)argument, (void)value;
    return turns(4, error);
}

Test(async_barrier, a_loop_that_closes_empties_it) {
    struct async_barrier barrier;
    struct async_loop *loop = async_new_event_loop(NULL);
    cr_assert(loop && async_barrier_init(&barrier, 5, NULL));
    alarm(ASYNC_HANG_S);
    async_set_exception_handler(loop, ignore, NULL);
    for (int i = 0; i < 4; i++) {
        async_release(async_loop_create_task(loop, AS(wait_to_the_end, "w", &barrier)));
    }
    cr_assert(
        async_run_until_complete(loop, async_coroutine(wait_a_turn, NULL), NULL, NULL));
    cr_expect_eq(async_barrier_n_waiting(&barrier), 4);
    async_loop_free(loop);
    cr_expect_eq(async_barrier_n_waiting(&barrier), 0);
    cr_expect_null(barrier.changed.line.first);
}

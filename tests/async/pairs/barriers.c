/* Barriers: filling, draining, broken, reset. */
#include "tests/async/pairs/pair.h"

ACTOR(wait_there) {
    size_t index;
    if (!async_sleep(self->number * NS_PER_MS, error)) {
        return false;
    }
    if (!async_barrier_wait(self->thing, &index, error)) {
        return trace_end(self->name, false, error);
    }
    trace("%s passed as %zu at %ld", self->name, index, (long)now_ms());
    return true;
}

static struct async_awaitable *start(const char *name, struct async_barrier *barrier) {
    return async_create_task(AS(wait_there, name, barrier));
}

static void look(const struct async_barrier *barrier) {
    trace("waiting %zu of %zu broken %d", async_barrier_n_waiting(barrier),
          async_barrier_parties(barrier), async_barrier_broken(barrier));
}

PAIR(barriers, all_go_on_when_the_last_party_has_come) {
    struct async_barrier barrier;
    bool ok = async_barrier_init(&barrier, 3, error);
    struct async_awaitable *a = async_create_task(AS(wait_there, "a", &barrier, 2));
    struct async_awaitable *b = async_create_task(AS(wait_there, "b", &barrier, 7));
    struct async_awaitable *c = async_create_task(AS(wait_there, "c", &barrier, 4));
    ok = ok && async_sleep(5 * NS_PER_MS, error);
    look(&barrier);
    settle("a", a);
    settle("b", b);
    settle("c", c);
    look(&barrier);
    return ok;
}

ACTOR(run_laps) {
    bool ok = true;
    for (int lap = 0; ok && lap < 3; lap++) {
        trace("%s lap %d", self->name, lap);
        ok = async_await(AS(wait_there, self->name, self->thing), NULL, error);
    }
    return ok;
}

PAIR(barriers, no_party_laps_the_others) {
    struct async_barrier barrier;
    return async_barrier_init(&barrier, 2, error) &&
           async_gather(
               ASYNC_LIST(AS(run_laps, "a", &barrier), AS(run_laps, "b", &barrier)),
               false, NULL, error);
}

PAIR(barriers, the_next_round_waits_until_this_one_has_left) {
    static const char *const names[] = {"a", "b", "c", "d", "e"};
    struct async_barrier barrier;
    struct async_awaitable *tasks[5];
    bool ok = async_barrier_init(&barrier, 2, error);
    for (int i = 0; i < 5; i++) {
        tasks[i] = start(names[i], &barrier);
    }
    for (int i = 0; i < 4; i++) {
        settle(names[i], tasks[i]);
    }
    look(&barrier);
    async_cancel(tasks[4]);
    settle("e", tasks[4]);
    look(&barrier);
    return ok;
}

PAIR(barriers, abort_breaks_it_for_waiting_and_later_tasks) {
    struct async_barrier barrier;
    bool ok = async_barrier_init(&barrier, 3, error);
    struct async_awaitable *a = start("a", &barrier);
    struct async_awaitable *b = start("b", &barrier);
    ok = ok && turns(3, error) && async_barrier_abort(&barrier, error);
    look(&barrier);
    settle("a", a);
    settle("b", b);
    trace_end("c", async_await(AS(wait_there, "c", &barrier), NULL, error), error);
    ok = ok && async_barrier_reset(&barrier, error);
    look(&barrier);
    return ok;
}

PAIR(barriers, reset_fails_waiting_tasks_and_makes_it_new) {
    struct async_barrier barrier;
    bool ok = async_barrier_init(&barrier, 2, error);
    struct async_awaitable *a = start("a", &barrier);
    ok = ok && turns(3, error) && async_barrier_reset(&barrier, error);
    look(&barrier);
    struct async_awaitable *b = start("b", &barrier);
    settle("a", a);
    struct async_awaitable *c = start("c", &barrier);
    settle("b", b);
    settle("c", c);
    return ok;
}

PAIR(barriers, a_cancelled_task_does_not_count) {
    struct async_barrier barrier;
    bool ok = async_barrier_init(&barrier, 2, error);
    struct async_awaitable *a = start("a", &barrier);
    ok = ok && turns(3, error);
    look(&barrier);
    async_cancel(a);
    settle("a", a);
    look(&barrier);
    struct async_awaitable *b = start("b", &barrier);
    ok = ok && turns(5, error);
    trace("b waits %d", !async_done(b));
    struct async_awaitable *c = start("c", &barrier);
    settle("b", b);
    settle("c", c);
    return ok;
}

PAIR(barriers, a_task_cancelled_after_the_last_has_come_fails_alone) {
    struct async_barrier barrier;
    bool ok = async_barrier_init(&barrier, 3, error);
    struct async_awaitable *a = start("a", &barrier);
    struct async_awaitable *b = start("b", &barrier);
    struct async_awaitable *c = start("c", &barrier);
    ok = ok && turns(2, error);
    async_cancel(a);
    settle("a", a);
    settle("b", b);
    settle("c", c);
    look(&barrier);
    return ok;
}

PAIR(barriers, without_parties_it_is_refused) {
    struct async_barrier barrier;
    if (!async_barrier_init(&barrier, 0, error)) {
        trace("%s %s", async_error_name(error->kind), error->message);
    }
    return true;
}

/* async/wait/as_completed.c: what the pairs with Python (pairs/as_completed.c)
 * do not show. */
#include "async/as_completed.h"

#include "tests/async/actor.h"

#include <stdlib.h>

enum { CROWD = 2000 };

ACTOR(nap) {
    *value = (void *)(intptr_t)self->number;
    return async_sleep(self->number * NS_PER_MS, error);
}

ASYNC_TEST(async_as_completed, a_crowd_comes_in_order) {
    struct async_awaitable *crowd[CROWD];
    for (int i = 0; i < CROWD; i++) {
        crowd[i] = AS(nap, "n", NULL, 1 + i * 997 % CROWD);
    }
    struct async_as_completed all;
    struct async_awaitable *next;
    bool ok = async_as_completed_open(&all, crowd, CROWD, ASYNC_FOREVER, error);
    for (intptr_t i = 1; i <= CROWD; i++) {
        void *value = NULL;
        cr_assert(async_as_completed_next(&all, &next, error));
        cr_assert(async_result(next, &value, error));
        cr_assert_eq((intptr_t)value, i);
    }
    ok = ok && async_as_completed_next(&all, &next, error);
    cr_expect_null(next);
    async_as_completed_close(&all);
    return ok;
}

struct shared {
    struct async_as_completed all;
    int64_t sum;
};

ACTOR(take_all) {
    struct shared *shared = self->thing;
    struct async_awaitable *next;
    bool ok;
    while ((ok = async_as_completed_next(&shared->all, &next, error)) && next) {
        void *number = NULL;
        async_result(next, &number, NULL);
        shared->sum += (intptr_t)number;
    }
    return ok;
}

/* Four ask for three: the fourth is told at once that there is no more. */
ASYNC_TEST(async_as_completed, several_tasks_may_ask) {
    struct shared shared = {.sum = 0};
    bool ok =
        async_as_completed_open(&shared.all,
                                ASYNC_LIST(AS(nap, "a", NULL, 1), AS(nap, "b", NULL, 2),
                                           AS(nap, "c", NULL, 4)),
                                ASYNC_FOREVER, error) &&
        async_gather(ASYNC_LIST(AS(take_all, "1", &shared), AS(take_all, "2", &shared),
                                AS(take_all, "3", &shared), AS(take_all, "4", &shared)),
                     false, NULL, error);
    cr_expect_eq(shared.sum, 7);
    async_as_completed_close(&shared.all);
    return ok;
}

ASYNC_TEST(async_as_completed, who_was_cancelled_may_ask_again) {
    struct shared shared = {.sum = 0};
    bool ok = async_as_completed_open(
        &shared.all, ASYNC_LIST(AS(nap, "a", NULL, 1), AS(nap, "b", NULL, 2)),
        ASYNC_FOREVER, error);
    struct async_awaitable *taker = async_create_task(AS(take_all, "1", &shared));
    ok = ok && turns(2, error);
    async_cancel(taker);
    cr_expect_eq(end_of(taker), ASYNC_CANCELLED);
    ok = ok && async_await(AS(take_all, "2", &shared), NULL, error);
    cr_expect_eq(shared.sum, 3);
    async_as_completed_close(&shared.all);
    return ok;
}

Test(async_as_completed, needs_a_loop_and_ends_what_it_was_given) {
    struct async_as_completed all;
    struct async_error error = {.kind = ASYNC_OK};
    struct async_awaitable *same = AS(nap, "b", NULL, 1);
    cr_expect_not(async_as_completed_open(
        &all, ASYNC_LIST(AS(nap, "a", NULL, 1), same, same, NULL), ASYNC_FOREVER,
        &error));
    cr_expect_eq(error.kind, ASYNC_RUNTIME);
    async_as_completed_close(&all);
}

/* Nothing that was given away may go on unseen, nor leak. */
ASYNC_TEST(async_as_completed, one_that_could_not_be_made_ends_the_others) {
    struct async_as_completed all;
    struct async_error failure = {.kind = ASYNC_OK};
    cr_expect_not(async_as_completed_open(
        &all, ASYNC_LIST(AS(nap, "a", NULL, 50), NULL, AS(nap, "c", NULL, 50)),
        ASYNC_FOREVER, &failure));
    cr_expect_eq(failure.kind, ASYNC_NO_MEMORY);
    int64_t begin_ns = async_time_ns(async_get_running_loop());
    bool ok = turns(3, error);
    cr_expect_eq(async_all_tasks(async_get_running_loop(), NULL, 0), 1);
    cr_expect_eq(async_time_ns(async_get_running_loop()), begin_ns);
    return ok;
}

ASYNC_TEST(async_as_completed, closed_between_an_end_and_its_news_it_forgets) {
    struct async_as_completed all;
    struct async_awaitable *future = async_create_future(NULL);
    bool ok = async_as_completed_open(&all, &future, 1, NS_PER_S, error) &&
              async_set_result(future, NULL, error);
    async_as_completed_close(&all);
    async_release(future);
    return ok && turns(3, error);
}

static void ignore(struct async_loop *loop, const struct async_report *report,
                   void *context) {
    (void)loop, (void)report, (void)context;
}

ACTOR(wait_to_the_end) {
    struct shared *shared = self->thing;
    bool ok =
        async_as_completed_open(&shared->all, ASYNC_LIST(AS(nap, "a", NULL, 1000000)),
                                NS_PER_S, error) &&
        async_await(AS(take_all, "1", shared), NULL, error);
    cr_expect_not(ok);
    cr_expect_eq(error->kind, ASYNC_CLOSED);
    async_as_completed_close(&shared->all);
    return false;
}

static bool wait_a_turn(void *argument, void **value, struct async_error *error) {
    (void)argument, (void)value;
    return turns(4, error);
}

Test(async_as_completed, a_loop_that_closes_ends_the_waiting) {
    struct shared shared = {.sum = 0};
    struct async_loop *loop = async_new_event_loop(NULL);
    cr_assert(loop);
    alarm(ASYNC_HANG_S);
    async_set_exception_handler(loop, ignore, NULL);
    async_release(async_loop_create_task(loop, AS(wait_to_the_end, "w", &shared)));
    cr_assert(
        async_run_until_complete(loop, async_coroutine(wait_a_turn, NULL), NULL, NULL));
    async_loop_free(loop);
}

/* async/wait/as_completed.c: the cases that the pairs (pairs/as_completed.c) do not
 * cover. */
#include "async/as_completed.h"

#include "tests/async/support.h"

#include <stdlib.h>

enum { CROWD = 2000 };

ACTOR(nap) {
    *value = (void *)(intptr_t)self->number;
    return async_sleep(self->number * NS_PER_MS, error);
}

ASYNC_TEST(async_as_completed, a_crowd_comes_in_the_order_of_completion) {
    struct async_awaitable *crowd[CROWD];
    for (int i = 0; i < CROWD; i++) {
        crowd[i] = AS(nap, "n", NULL, 1 + i * 997 % CROWD);
    }
    struct async_as_completed all;
    struct async_awaitable *next;
    bool ok = async_as_completed_open(&all, crowd, CROWD, ASYNC_FOREVER, error);
    for (intptr_t i = 1; i <= CROWD; i++) {
        void *value = NULL;
        SUCCEEDS(async_as_completed_next(&all, &next, error));
        SUCCEEDS(async_result(next, &value, error));
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

/* Four tasks ask for three results: the fourth learns at once that there is no more. */
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

ASYNC_TEST(async_as_completed, after_a_cancelled_wait_another_task_may_ask) {
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

Test(async_as_completed, without_a_loop_it_fails_and_frees_its_coroutines) {
    struct async_as_completed all;
    struct async_error error = {.kind = ASYNC_OK};
    struct async_awaitable *same = AS(nap, "b", NULL, 1);
    FAILS_WITH(ASYNC_RUNTIME,
               async_as_completed_open(
                   &all, ASYNC_LIST(AS(nap, "a", NULL, 1), same, same, NULL),
                   ASYNC_FOREVER, &error));
    async_as_completed_close(&all);
}

/* The other coroutines may neither go on as tasks nor leak. */
ASYNC_TEST(async_as_completed, a_coroutine_that_could_not_be_made_ends_the_others) {
    struct async_as_completed all;
    struct async_error failure = {.kind = ASYNC_OK};
    cr_expect_not(async_as_completed_open(
        &all, ASYNC_LIST(AS(nap, "a", NULL, 50), NULL, AS(nap, "c", NULL, 50)),
        ASYNC_FOREVER, &failure));
    cr_expect_eq(failure.kind, ASYNC_INVALID_ARGUMENT);
    int64_t begin_ns = async_time_ns(async_get_running_loop());
    bool ok = turns(3, error);
    cr_expect_eq(async_all_tasks(async_get_running_loop(), NULL, 0), 1);
    cr_expect_eq(async_time_ns(async_get_running_loop()), begin_ns);
    return ok;
}

ASYNC_TEST(async_as_completed, it_may_be_closed_between_an_end_and_its_callback) {
    struct async_as_completed all;
    struct async_awaitable *future = async_create_future(NULL);
    bool ok = async_as_completed_open(&all, &future, 1, NS_PER_S, error) &&
              async_set_result(future, NULL, error);
    async_as_completed_close(&all);
    async_release(future);
    return ok && turns(3, error);
}

ACTOR(wait_until_closed) {
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

Test(async_as_completed, a_loop_that_closes_ends_the_wait) {
    struct shared shared = {.sum = 0};
    struct async_loop *loop = new_loop();
    async_set_exception_handler(loop, ignore_reports, NULL);
    async_release(async_loop_create_task(loop, AS(wait_until_closed, "w", &shared)));
    run_turns(loop, 6);
    async_loop_free(loop);
}

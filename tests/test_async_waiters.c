/* models/async/waiters.c: tasks that wait for one moment. */
#include "models/async/waiters.h"
#include "tests/loopback.h"

#include <errno.h>

struct station {
    struct async_waiters waiters;
    int order[3];
    int count;
    int failed;
};

struct passenger {
    struct station *station;
    int number;
};

static bool wait_there(void *argument, void **value, struct async_error *error) {
    struct passenger *passenger = argument;
    struct station *station = passenger->station;
    (void)value;
    bool ok = async_waiters_wait(&station->waiters, "train", error);
    if (ok) {
        station->order[station->count++] = passenger->number;
    } else if (error->kind == ASYNC_SYSTEM) {
        station->failed += error->code == EPIPE;
    }
    return ok;
}

static bool meet(void *argument, void **value, struct async_error *error) {
    struct station station = {.count = 0};
    struct async_error failure;
    struct async_awaitable *tasks[3];
    (void)argument, (void)value;
    for (int i = 0; i < 3; i++) {
        struct passenger passenger = {&station, i};
        tasks[i] = async_create_task(
            async_coroutine_copy(wait_there, &passenger, sizeof passenger));
    }
    GOES_WELL(async_sleep(0, error));
    async_cancel(tasks[1]);
    async_waiters_wake(&station.waiters, NULL); /* the second was cancelled before */
    FAILS_WITH(ASYNC_CANCELLED, async_gather(tasks, 3, false, NULL, error));
    cr_expect_eq(station.count, 2);
    cr_expect(station.order[0] == 0 && station.order[1] == 2);
    cr_expect_null(station.waiters.first);
    for (int i = 0; i < 3; i++) {
        async_release(tasks[i]);
    }
    struct passenger late = {&station, 4};
    tasks[0] = async_create_task(async_coroutine(wait_there, &late));
    GOES_WELL(async_sleep(0, error));
    async_fail_system(&failure, EPIPE, "train");
    async_waiters_wake(&station.waiters, &failure);
    FAILS_WITH(ASYNC_SYSTEM, async_await(tasks[0], NULL, error));
    cr_expect_eq(station.failed, 1);
    async_release(tasks[0]);
    return true;
}

Test(async_waiters, all_go_on_in_order_but_who_was_cancelled) {
    run_cleanly(meet, NULL);
}

Test(async_waiters, need_a_task) {
    struct async_waiters waiters = {.first = NULL};
    struct async_error error;
    cr_expect_not(async_waiters_wait(&waiters, "train", &error));
    cr_expect_eq(error.kind, ASYNC_RUNTIME);
}

/* async/sync/queue.c: the cases that the pairs (pairs/queues.c) do not cover. */
#include "async/queue.h"

#include "tests/async/support.h"

#include <stdlib.h>

Test(async_queue, a_call_that_need_not_wait_needs_no_loop) {
    struct async_queue queue = {.maxsize = 1};
    struct async_error error = {.kind = ASYNC_OK};
    int item = 0;
    void *got = NULL;
    SUCCEEDS(async_queue_put(&queue, &item, &error));
    FAILS_WITH(ASYNC_RUNTIME, async_queue_put(&queue, &item, &error));
    SUCCEEDS(async_queue_get(&queue, &got, &error));
    cr_expect_eq(got, &item);
    FAILS_WITH(ASYNC_RUNTIME, async_queue_get(&queue, &got, &error));
    async_queue_close(&queue);
    async_queue_close(&queue);
}

Test(async_queue, empty_and_full_have_their_own_errors) {
    struct async_queue queue = {.maxsize = 2};
    struct async_error error = {.kind = ASYNC_OK};
    void *got;
    FAILS_WITH(ASYNC_QUEUE_EMPTY, async_queue_get_nowait(&queue, &got, &error));
    async_queue_put_nowait(&queue, NULL, NULL);
    async_queue_put_nowait(&queue, NULL, NULL);
    FAILS_WITH(ASYNC_QUEUE_FULL, async_queue_put_nowait(&queue, NULL, &error));
    cr_expect_str_eq(error.message, "the queue is full: 2 items");
    SUCCEEDS(async_queue_get_nowait(&queue, NULL, &error));
    SUCCEEDS(async_queue_get(&queue, NULL, &error));
    cr_expect_eq(async_queue_qsize(&queue), 0);
    async_queue_close(&queue);
}

static int by_first_letter(const void *a, const void *b) {
    return *(const char *)a - *(const char *)b;
}

/* In Python equal priorities compare the next member of a tuple. Here the item that was
 * put first comes out first. */
Test(async_queue, equal_priorities_come_in_the_order_of_putting) {
    static char words[][4] = {"b1", "a1", "b2", "a2", "b3", "a3", "a4", "b4"};
    struct async_queue queue;
    async_priority_queue_init(&queue, 0, by_first_letter);
    for (int i = 0; i < 8; i++) {
        async_queue_put_nowait(&queue, words[i], NULL);
    }
    static const char *const expected[] = {"a1", "a2", "a3", "a4",
                                           "b1", "b2", "b3", "b4"};
    for (int i = 0; i < 8; i++) {
        void *word = NULL;
        cr_assert(async_queue_get_nowait(&queue, &word, NULL));
        cr_expect_str_eq(word, expected[i]);
    }
    async_queue_close(&queue);
}

/* -- Makers and users, cancelled at random ----------------------------------------- */

enum { MAKERS = 40, USERS = 60, MOST = 5 };

struct market {
    struct async_queue queue;
    struct async_awaitable *tasks[MAKERS + USERS];
    int64_t put;
    int64_t got;
};

ACTOR(make) {
    struct market *market = self->thing;
    for (int i = 0; i < self->number; i++) {
        if (!async_queue_put(&market->queue, market, error)) {
            return false;
        }
        market->put++;
        cr_assert_leq(async_queue_qsize(&market->queue), MOST);
        if (!turns(rand() % 3, error)) {
            return false;
        }
    }
    return true;
}

ACTOR(consume) {
    struct market *market = self->thing;
    for (;;) {
        void *item;
        if (!async_queue_get(&market->queue, &item, error)) {
            return false;
        }
        cr_assert_eq(item, market);
        market->got++;
        async_queue_task_done(&market->queue, NULL);
        if (!turns(rand() % 3, error)) {
            return false;
        }
    }
}

/* All makers end that are not cancelled, although most users are cancelled meanwhile.
 * So no wake-up is lost. */
ASYNC_TEST(async_queue, no_item_is_lost_if_makers_and_users_are_cancelled) {
    struct market *market = calloc(1, sizeof *market);
    async_queue_init(&market->queue, MOST);
    srand(7);
    for (int i = 0; i < MAKERS + USERS; i++) {
        market->tasks[i] = async_create_task(i < MAKERS ? AS(make, "m", market, 200)
                                                        : AS(consume, "u", market));
    }
    int cancelled = 0;
    for (int step = 0; step < 400; step++) {
        cr_assert(turns(1, error));
        /* The last two users are never cancelled. */
        int which = rand() % (MAKERS + USERS - 2);
        cancelled += rand() % 5 == 0 && async_cancel(market->tasks[which]);
    }
    int finished = 0;
    for (int i = 0; i < MAKERS; i++) {
        finished += end_of(market->tasks[i]) == ASYNC_OK;
    }
    bool ok = async_queue_join(&market->queue, error);
    for (int i = MAKERS; i < MAKERS + USERS; i++) {
        async_cancel(market->tasks[i]);
        cr_expect_eq(end_of(market->tasks[i]), ASYNC_CANCELLED);
    }
    cr_expect_gt(cancelled, 30);
    cr_expect_gt(finished, 5);
    cr_expect_eq(market->put, market->got);
    cr_expect_geq(market->put, finished * 200);
    cr_expect(async_queue_empty(&market->queue));
    async_queue_close(&market->queue);
    free(market);
    return ok;
}

ACTOR(join) {
    return async_queue_join(self->thing, error);
}

ACTOR(get) {
    void *item;
    return async_queue_get(self->thing, &item, error);
}

Test(async_queue, a_loop_that_closes_empties_all_lines) {
    struct async_queue empty = {.maxsize = 1};
    struct async_queue joined = {.maxsize = 1};
    struct async_loop *loop = new_loop();
    async_set_exception_handler(loop, ignore_reports, NULL);
    async_queue_put_nowait(&joined, NULL, NULL);
    for (int i = 0; i < 3; i++) {
        async_release(async_loop_create_task(loop, AS(get, "g", &empty)));
        async_release(async_loop_create_task(loop, AS(join, "j", &joined)));
    }
    run_turns(loop, 3);
    async_queue_put_nowait(&empty, NULL, NULL); /* wakes one task, which never runs */
    async_loop_free(loop);
    cr_expect_null(empty.getters.first);
    cr_expect_eq(empty.getters.woken_count, 0);
    cr_expect_null(joined.finished.line.first);
    cr_expect_eq(async_queue_qsize(&empty), 1);
    async_queue_close(&empty);
    async_queue_close(&joined);
}

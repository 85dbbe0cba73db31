/* Queues: order, limits, and cancelled waits. Each item is a number in a pointer. */
#include "tests/async/pairs/pair.h"

static void *item_of(int64_t number) {
    return (void *)(intptr_t)number;
}

static long number_of(const void *item) {
    return (long)(intptr_t)item;
}

ACTOR(get) {
    void *item;
    if (!async_queue_get(self->thing, &item, error)) {
        return trace_end(self->name, false, error);
    }
    trace("%s got %ld", self->name, number_of(item));
    return true;
}

ACTOR(put) {
    if (!async_queue_put(self->thing, item_of(self->number), error)) {
        return trace_end(self->name, false, error);
    }
    trace("%s put %ld", self->name, (long)self->number);
    return true;
}

static struct async_awaitable *start_get(const char *name, struct async_queue *queue) {
    return async_create_task(AS(get, name, queue));
}

static struct async_awaitable *start_put(const char *name, struct async_queue *queue,
                                         int64_t number) {
    return async_create_task(AS(put, name, queue, number));
}

static void put_now(struct async_queue *queue, int64_t number) {
    async_queue_put_nowait(queue, item_of(number), NULL);
}

static void trace_next(const char *name, struct async_queue *queue) {
    void *item;
    if (async_queue_get_nowait(queue, &item, NULL)) {
        trace("%s %ld", name, number_of(item));
    }
}

static void drain(struct async_queue *queue) {
    while (!async_queue_empty(queue)) {
        trace_next("item", queue);
    }
}

static void look(const struct async_queue *queue) {
    trace("size %zu of %zu empty %d full %d", async_queue_qsize(queue),
          async_queue_maxsize(queue), async_queue_empty(queue),
          async_queue_full(queue));
}

PAIR(queues, first_in_is_first_out) {
    struct async_queue queue = {0};
    for (int number = 1; number < 40; number++) {
        put_now(&queue, number);
        if (number % 3 == 0) {
            trace_next("item", &queue);
        }
    }
    look(&queue);
    drain(&queue);
    async_queue_close(&queue);
    return true;
}

PAIR(queues, last_in_is_first_out) {
    struct async_queue queue;
    async_lifo_queue_init(&queue, 0);
    for (int number = 1; number < 20; number++) {
        put_now(&queue, number);
        if (number % 4 == 0) {
            trace_next("item", &queue);
        }
    }
    drain(&queue);
    async_queue_close(&queue);
    return true;
}

static int by_number(const void *a, const void *b) {
    return (int)(number_of(a) - number_of(b));
}

PAIR(queues, the_least_item_is_first_out) {
    struct async_queue queue;
    async_priority_queue_init(&queue, 0, by_number);
    for (int number = 1; number < 40; number++) {
        put_now(&queue, number * 17 % 23);
        if (number % 5 == 0) {
            trace_next("item", &queue);
        }
    }
    drain(&queue);
    async_queue_close(&queue);
    return true;
}

ACTOR(produce) {
    bool ok = true;
    for (int number = 1; ok && number < 6; number++) {
        ok = async_await(AS(put, self->name, self->thing, number), NULL, error);
    }
    return ok;
}

ACTOR(consume) {
    bool ok = true;
    for (int i = 0; ok && i < 5; i++) {
        ok = async_await(AS(get, self->name, self->thing), NULL, error);
    }
    return ok;
}

PAIR(queues, full_and_empty_queues_make_tasks_wait) {
    struct async_queue queue;
    async_queue_init(&queue, 1);
    bool ok = async_gather(
        ASYNC_LIST(AS(consume, "consumer", &queue), AS(produce, "producer", &queue)),
        false, NULL, error);
    look(&queue);
    async_queue_close(&queue);
    return ok;
}

PAIR(queues, a_limit_of_three) {
    static const char *const names[] = {"p1", "p2", "p3", "p4", "p5"};
    struct async_queue queue;
    async_queue_init(&queue, 3);
    struct async_awaitable *tasks[5];
    for (int i = 0; i < 5; i++) {
        tasks[i] = start_put(names[i], &queue, i + 1);
    }
    bool ok = turns(2, error);
    look(&queue);
    for (int i = 0; ok && i < 5; i++) {
        ok = async_await(AS(get, "main", &queue), NULL, error);
        look(&queue);
    }
    ok = ok && async_gather(tasks, 5, false, NULL, error);
    for (int i = 0; i < 5; i++) {
        async_release(tasks[i]);
    }
    async_queue_close(&queue);
    return ok;
}

PAIR(queues, full_and_empty_are_errors_of_the_nowait_calls) {
    struct async_queue queue;
    void *item;
    async_queue_init(&queue, 2);
    if (!async_queue_get_nowait(&queue, &item, error)) {
        trace("%s", async_error_name(error->kind));
    }
    put_now(&queue, 1);
    put_now(&queue, 2);
    if (!async_queue_put_nowait(&queue, item_of(3), error)) {
        trace("%s", async_error_name(error->kind));
    }
    look(&queue);
    async_queue_close(&queue);
    return true;
}

PAIR(queues, items_go_to_getters_in_the_order_of_waiting) {
    struct async_queue queue = {0};
    struct async_awaitable *tasks[] = {start_get("a", &queue), start_get("b", &queue),
                                       start_get("c", &queue)};
    bool ok = turns(2, error);
    for (int number = 1; number < 4; number++) {
        put_now(&queue, number);
    }
    ok = ok && async_gather(tasks, 3, false, NULL, error);
    for (int i = 0; i < 3; i++) {
        async_release(tasks[i]);
    }
    async_queue_close(&queue);
    return ok;
}

PAIR(queues, a_cancelled_getter_takes_nothing) {
    struct async_queue queue = {0};
    struct async_awaitable *a = start_get("a", &queue);
    struct async_awaitable *b = start_get("b", &queue);
    bool ok = turns(2, error);
    async_cancel(a);
    put_now(&queue, 1);
    settle("a", a);
    settle("b", b);
    async_queue_close(&queue);
    return ok;
}

PAIR(queues, a_woken_getter_that_is_cancelled_wakes_the_next) {
    struct async_queue queue = {0};
    struct async_awaitable *a = start_get("a", &queue);
    struct async_awaitable *b = start_get("b", &queue);
    bool ok = turns(2, error);
    put_now(&queue, 1);
    async_cancel(a);
    settle("a", a);
    settle("b", b);
    look(&queue);
    async_queue_close(&queue);
    return ok;
}

PAIR(queues, the_last_woken_getter_that_is_cancelled_leaves_the_item) {
    struct async_queue queue = {0};
    struct async_awaitable *a = start_get("a", &queue);
    bool ok = turns(2, error);
    put_now(&queue, 1);
    async_cancel(a);
    settle("a", a);
    look(&queue);
    ok = ok && async_await(AS(get, "b", &queue), NULL, error);
    async_queue_close(&queue);
    return ok;
}

PAIR(queues, a_cancelled_putter_puts_nothing) {
    struct async_queue queue;
    async_queue_init(&queue, 1);
    put_now(&queue, 0);
    struct async_awaitable *a = start_put("a", &queue, 1);
    struct async_awaitable *b = start_put("b", &queue, 2);
    bool ok = turns(2, error);
    async_cancel(a);
    trace_next("item", &queue);
    settle("a", a);
    settle("b", b);
    drain(&queue);
    async_queue_close(&queue);
    return ok;
}

PAIR(queues, a_woken_putter_that_is_cancelled_wakes_the_next) {
    struct async_queue queue;
    async_queue_init(&queue, 1);
    put_now(&queue, 0);
    struct async_awaitable *a = start_put("a", &queue, 1);
    struct async_awaitable *b = start_put("b", &queue, 2);
    bool ok = turns(2, error);
    trace_next("item", &queue);
    async_cancel(a);
    settle("a", a);
    settle("b", b);
    drain(&queue);
    async_queue_close(&queue);
    return ok;
}

PAIR(queues, a_woken_getter_that_comes_too_late_waits_again) {
    struct async_queue queue = {0};
    struct async_awaitable *a = start_get("a", &queue);
    struct async_awaitable *b = start_get("b", &queue);
    bool ok = turns(2, error);
    put_now(&queue, 1);
    trace_next("quicker", &queue);
    ok = ok && turns(3, error);
    put_now(&queue, 2);
    put_now(&queue, 3);
    settle("a", a);
    settle("b", b);
    async_queue_close(&queue);
    return ok;
}

PAIR(queues, a_woken_putter_that_comes_too_late_waits_again) {
    struct async_queue queue;
    async_queue_init(&queue, 1);
    put_now(&queue, 0);
    struct async_awaitable *a = start_put("a", &queue, 1);
    bool ok = turns(2, error);
    trace_next("item", &queue);
    put_now(&queue, 2);
    ok = ok && turns(3, error);
    trace("a waits %d", !async_done(a));
    trace_next("item", &queue);
    settle("a", a);
    drain(&queue);
    async_queue_close(&queue);
    return ok;
}

ACTOR(get_silently) {
    return async_queue_get(self->thing, value, error);
}

PAIR(queues, waiting_for_an_item_may_time_out) {
    struct async_queue queue = {0};
    bool ok =
        async_wait_for(AS(get_silently, "late", &queue), 3 * NS_PER_MS, NULL, error);
    trace_end("late", ok, error);
    trace("at %ld", (long)now_ms());
    put_now(&queue, 1);
    look(&queue);
    async_queue_close(&queue);
    return true;
}

ACTOR(work) {
    for (;;) {
        void *item;
        if (!async_queue_get(self->thing, &item, error) ||
            !async_sleep(number_of(item) * NS_PER_MS, error)) {
            return false;
        }
        trace("%s did %ld at %ld", self->name, number_of(item), (long)now_ms());
        async_queue_task_done(self->thing, NULL);
    }
}

PAIR(queues, join_waits_until_all_items_are_done) {
    static const int numbers[] = {3, 1, 4, 8, 5, 9};
    struct async_queue queue = {0};
    for (int i = 0; i < 6; i++) {
        put_now(&queue, numbers[i]);
    }
    struct async_awaitable *a = async_create_task(AS(work, "a", &queue));
    struct async_awaitable *b = async_create_task(AS(work, "b", &queue));
    bool ok = async_queue_join(&queue, error);
    trace("joined at %ld", (long)now_ms());
    async_cancel(a);
    async_cancel(b);
    settle("a", a);
    settle("b", b);
    async_queue_close(&queue);
    return ok;
}

static void trace_a_turn(void *argument) {
    (void)argument;
    trace("a turn");
}

PAIR(queues, join_on_an_idle_queue_does_not_wait) {
    struct async_queue queue = {0};
    struct async_handle soon = {0};
    void *item;
    async_call_soon(async_get_running_loop(), &soon, trace_a_turn, NULL, error);
    bool ok = async_queue_join(&queue, error);
    put_now(&queue, 1);
    ok = ok && async_queue_get_nowait(&queue, &item, error) &&
         async_queue_task_done(&queue, error) && async_queue_join(&queue, error);
    trace("joined twice");
    async_handle_cancel(&soon);
    async_queue_close(&queue);
    return ok;
}

ACTOR(join) {
    bool ok = async_queue_join(self->thing, error);
    trace("%s joined", self->name);
    return ok;
}

PAIR(queues, join_waits_for_items_put_before_the_last_is_done) {
    struct async_queue queue = {0};
    put_now(&queue, 1);
    struct async_awaitable *a = async_create_task(AS(join, "a", &queue));
    bool ok = turns(2, error);
    put_now(&queue, 2);
    ok = ok && async_queue_task_done(&queue, error) && turns(2, error);
    trace("a waits %d", !async_done(a));
    ok = ok && async_queue_task_done(&queue, error);
    put_now(&queue, 3);
    struct async_awaitable *b = async_create_task(AS(join, "b", &queue));
    settle("a", a);
    ok = ok && turns(2, error);
    trace("b waits %d", !async_done(b));
    ok = ok && async_queue_task_done(&queue, error);
    settle("b", b);
    async_queue_close(&queue);
    return ok;
}

PAIR(queues, more_task_done_than_put_is_refused) {
    struct async_queue queue = {0};
    put_now(&queue, 1);
    bool ok = async_queue_task_done(&queue, error);
    if (!async_queue_task_done(&queue, error)) {
        trace("%s %s", async_error_name(error->kind), error->message);
    }
    async_queue_close(&queue);
    return ok;
}

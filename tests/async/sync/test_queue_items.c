/* async/sync/queue_items.c: ring, stack and heap agree with a simple oracle. */
#include "async/sync/queue_items.h"

#include <criterion/criterion.h>
#include <stdlib.h>

enum { STEPS = 20000, MOST = 1000 };

static int by_value(const void *a, const void *b) {
    return *(const int *)a - *(const int *)b;
}

/* Returns the index of the item that has to come next, in the order of putting. */
static int next_of(int *const items[], int count, int order) {
    if (order == ASYNC_QUEUE_LIFO) {
        return count - 1;
    }
    int next = 0;
    for (int i = 1; order == ASYNC_QUEUE_PRIORITY && i < count; i++) {
        if (*items[i] < *items[next]) {
            next = i; /* of equal items the first comes first */
        }
    }
    return next;
}

/* Random adding and taking; compares each item by its address. */
static void compare_with_oracle(struct async_queue *queue) {
    static int values[STEPS];
    int *oracle[MOST];
    int count = 0;
    srand(6);
    for (int step = 0; step < STEPS; step++) {
        /* For 1500 steps more items come than go, then more go: the ring turns as it
         * grows. */
        bool is_rising = step / 1500 % 2 == 0;
        if (count < MOST && rand() % 5 < (is_rising ? 3 : 2)) {
            values[step] = rand() % 50;
            cr_assert(async_queue_items_add(queue, &values[step]));
            oracle[count++] = &values[step];
        } else if (count > 0) {
            int next = next_of(oracle, count, (int)queue->order);
            cr_assert_eq(async_queue_items_take(queue), oracle[next], "step %d", step);
            count--;
            for (int i = next; i < count; i++) {
                oracle[i] = oracle[i + 1];
            }
        }
        cr_assert_eq(queue->count, (size_t)count);
    }
    cr_expect_gt(queue->capacity, 64, "the queue has hardly grown");
    async_queue_close(queue);
}

Test(async_queue_items, a_ring_agrees_with_its_oracle) {
    struct async_queue queue;
    async_queue_init(&queue, 0);
    compare_with_oracle(&queue);
}

Test(async_queue_items, a_stack_agrees_with_its_oracle) {
    struct async_queue queue;
    async_lifo_queue_init(&queue, 0);
    compare_with_oracle(&queue);
}

Test(async_queue_items, a_heap_agrees_with_its_oracle_even_for_equal_items) {
    struct async_queue queue;
    async_priority_queue_init(&queue, 0, by_value);
    compare_with_oracle(&queue);
}

Test(async_queue_items, reserved_memory_is_not_allocated_again) {
    struct async_queue queue = {.count = 0};
    int item = 0;
    cr_assert(async_queue_items_reserve(&queue, 100));
    const struct async_queue_item *items = queue.items;
    for (int i = 0; i < 100; i++) {
        cr_assert(async_queue_items_add(&queue, &item));
    }
    cr_expect_eq(queue.items, items);
    for (int round = 0; round < 1000; round++) {
        async_queue_items_take(&queue);
        cr_assert(async_queue_items_add(&queue, &item));
    }
    cr_expect_eq(queue.items, items);
    async_queue_close(&queue);
}

Test(async_queue_items, more_memory_than_exists_is_refused) {
    struct async_queue queue = {.count = 0};
    struct async_error error = {.kind = ASYNC_OK};
    cr_expect_not(async_queue_reserve(&queue, PTRDIFF_MAX, &error));
    cr_expect_eq(error.kind, ASYNC_NO_MEMORY);
    cr_expect_eq(queue.capacity, 0);
}

/* Waiting in a queue, and waking. As in asyncio, a wake-up is only a hint: the woken
 * task looks again, because another task may have been quicker. */
#include "async/queue.h"
#include "async/loop/argument.h"
#include "async/sync/queue_items.h"
#include "async/sync/line.h"

#include <stdlib.h>

void async_queue_init(struct async_queue *queue, size_t maxsize) {
    *queue = (struct async_queue){.order = ASYNC_QUEUE_FIFO, .maxsize = maxsize};
}

void async_lifo_queue_init(struct async_queue *queue, size_t maxsize) {
    *queue = (struct async_queue){.order = ASYNC_QUEUE_LIFO, .maxsize = maxsize};
}

void async_priority_queue_init(struct async_queue *queue, size_t maxsize,
                               async_queue_compare *compare) {
    *queue = (struct async_queue){
        .order = ASYNC_QUEUE_PRIORITY, .maxsize = maxsize, .compare = compare};
}

void async_queue_close(struct async_queue *queue) {
    free(queue->items);
    *queue = (struct async_queue){.order = ASYNC_QUEUE_FIFO};
}

bool async_queue_reserve(struct async_queue *queue, size_t capacity,
                         struct async_error *error) {
    if (!async_argument_size("capacity", capacity, error)) {
        return false;
    }
    return async_queue_items_reserve(queue, capacity) ||
           async_fail_with(error, ASYNC_NO_MEMORY,
                           "out of memory for a queue of %zu items", capacity);
}

bool async_queue_put_nowait(struct async_queue *queue, void *item,
                            struct async_error *error) {
    if (async_queue_full(queue)) {
        return async_fail_with(error, ASYNC_QUEUE_FULL, "the queue is full: %zu items",
                               queue->count);
    }
    if (!async_queue_items_add(queue, item)) {
        return async_fail_with(error, ASYNC_NO_MEMORY,
                               "out of memory for one more item in a queue of %zu",
                               queue->count);
    }
    queue->unfinished_count++;
    async_event_clear(&queue->finished);
    async_line_wake(&queue->getters);
    return true;
}

bool async_queue_put(struct async_queue *queue, void *item, struct async_error *error) {
    bool is_woken = false;
    while (async_queue_full(queue)) {
        if (!async_line_wait(&queue->putters, "queue.put", &is_woken, error)) {
            if (is_woken && !async_queue_full(queue)) {
                /* It was woken for a place, which the next task can take. */
                async_line_wake(&queue->putters);
            }
            return false;
        }
    }
    if (!async_queue_put_nowait(queue, item, error)) {
        if (is_woken) {
            /* Memory is out; the next task may get some. */
            async_line_wake(&queue->putters);
        }
        return false;
    }
    return true;
}

bool async_queue_get_nowait(struct async_queue *queue, void **item,
                            struct async_error *error) {
    if (async_queue_empty(queue)) {
        return async_fail_with(error, ASYNC_QUEUE_EMPTY, "the queue is empty");
    }
    void *taken = async_queue_items_take(queue);
    if (item) {
        *item = taken;
    }
    async_line_wake(&queue->putters);
    return true;
}

bool async_queue_get(struct async_queue *queue, void **item,
                     struct async_error *error) {
    while (async_queue_empty(queue)) {
        bool is_woken;
        if (!async_line_wait(&queue->getters, "queue.get", &is_woken, error)) {
            if (is_woken && !async_queue_empty(queue)) {
                /* It was woken for an item, which the next task can take. */
                async_line_wake(&queue->getters);
            }
            return false;
        }
    }
    return async_queue_get_nowait(queue, item, error);
}

bool async_queue_task_done(struct async_queue *queue, struct async_error *error) {
    if (queue->unfinished_count == 0) {
        return async_fail_with(error, ASYNC_INVALID_ARGUMENT,
                               "task_done() called too many times");
    }
    if (--queue->unfinished_count == 0) {
        async_event_set(&queue->finished);
    }
    return true;
}

bool async_queue_join(struct async_queue *queue, struct async_error *error) {
    return queue->unfinished_count == 0 || async_event_wait(&queue->finished, error);
}

size_t async_queue_qsize(const struct async_queue *queue) {
    return queue->count;
}

size_t async_queue_maxsize(const struct async_queue *queue) {
    return queue->maxsize;
}

bool async_queue_empty(const struct async_queue *queue) {
    return queue->count == 0;
}

bool async_queue_full(const struct async_queue *queue) {
    return queue->maxsize > 0 && queue->count >= queue->maxsize;
}

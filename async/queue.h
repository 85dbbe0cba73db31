/* Queues between tasks that produce items and tasks that consume them.
 * async_queue_put() waits while the queue is full, async_queue_get() while it is empty,
 * both in the order of arrival.
 *
 *   struct async_queue queue;
 *   async_queue_init(&queue, 10);
 *   ... async_queue_put(&queue, order, error) ...        // in one task
 *   ... async_queue_get(&queue, &order, error) ...       // in another
 *   async_queue_close(&queue);
 *
 * Items are pointers that the queue never looks at (but for their priority) and never
 * frees. */
#ifndef SIMUL_ASYNC_QUEUE_H
#define SIMUL_ASYNC_QUEUE_H

#include "async/event.h"

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Below 0 if `a` comes out before `b`, above 0 if after it; of two items that compare
 * 0, the one that was put first comes out first. */
typedef int async_queue_compare(const void *a, const void *b);

struct async_queue_item {
    void *item;
    uint64_t number; /* in the order of putting; decides if priorities are equal */
};

/* In the caller's storage, which has to outlive every task that waits. A zeroed queue
 * is first in, first out, without a limit. Its fields belong to the library. */
struct async_queue {
    enum { ASYNC_QUEUE_FIFO, ASYNC_QUEUE_LIFO, ASYNC_QUEUE_PRIORITY } order;
    async_queue_compare *compare;
    size_t maxsize;                 /* 0: no limit */
    struct async_queue_item *items; /* a ring, or a heap */
    size_t capacity;                /* a power of two, or 0 */
    size_t first;                   /* of the ring */
    size_t count;
    uint64_t next_number;
    struct async_line getters;
    struct async_line putters;
    size_t unfinished_count;
    struct async_event finished;
};

/* `asyncio.Queue(maxsize)`, `asyncio.LifoQueue(maxsize)`,
 * `asyncio.PriorityQueue(maxsize)`: the least item comes out first. maxsize 0 means no
 * limit. */
void async_queue_init(struct async_queue *queue, size_t maxsize);
void async_lifo_queue_init(struct async_queue *queue, size_t maxsize);
void async_priority_queue_init(struct async_queue *queue, size_t maxsize,
                               async_queue_compare *compare);

/* Frees the queue's memory, but not the items in it. No task may still wait. The struct
 * is zeroed then, and may be closed again. */
void async_queue_close(struct async_queue *queue);

/* Not in asyncio: allocates room for `capacity` items, so that putting them cannot fail
 * with ASYNC_NO_MEMORY. Fails with ASYNC_NO_MEMORY itself, or with
 * ASYNC_INVALID_ARGUMENT if `capacity` is a negative number. */
bool async_queue_reserve(struct async_queue *queue, size_t capacity,
                         struct async_error *error);

/* `await queue.put(item)`, `await queue.get()`: wait while the queue is full, or empty.
 * async_queue_get() drops the item if `item` is NULL. If a call fails, nothing was put
 * or taken. Fail with ASYNC_CANCELLED; with ASYNC_NO_MEMORY (only put); with
 * ASYNC_RUNTIME if they would have to wait outside a task or beside tasks of another
 * loop. */
bool async_queue_put(struct async_queue *queue, void *item, struct async_error *error);
bool async_queue_get(struct async_queue *queue, void **item, struct async_error *error);

/* `queue.put_nowait(item)`, `queue.get_nowait()`: never wait, so callbacks may call
 * them too. Put fails with ASYNC_QUEUE_FULL or ASYNC_NO_MEMORY, get with
 * ASYNC_QUEUE_EMPTY. */
bool async_queue_put_nowait(struct async_queue *queue, void *item,
                            struct async_error *error);
bool async_queue_get_nowait(struct async_queue *queue, void **item,
                            struct async_error *error);

/* `queue.task_done()`: the work on one item that was taken is finished. Fails with
 * ASYNC_INVALID_ARGUMENT (ValueError) "task_done() called too many times". */
bool async_queue_task_done(struct async_queue *queue, struct async_error *error);

/* `await queue.join()`: waits until async_queue_task_done() was called for every item
 * that was put. Fails with ASYNC_CANCELLED, or with ASYNC_RUNTIME as async_queue_get()
 * does. */
bool async_queue_join(struct async_queue *queue, struct async_error *error);

/* `queue.qsize()`, `queue.maxsize`, `queue.empty()`, `queue.full()`. */
size_t async_queue_qsize(const struct async_queue *queue);
size_t async_queue_maxsize(const struct async_queue *queue);
bool async_queue_empty(const struct async_queue *queue);
bool async_queue_full(const struct async_queue *queue);

#ifdef __cplusplus
}
#endif

#endif

/* Queues: between those who make and those who use. Put waits while it is full, get
 * while it is empty, both in the order of coming.
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

/* Below 0: `a` comes out before `b`; above: after it; 0: who was put first does. */
typedef int async_queue_compare(const void *a, const void *b);

struct async_queue_item {
    void *item;
    uint64_t number; /* in the order of putting: breaks ties of priority */
};

/* In the caller's storage, which outlives all who wait. Zeroed: first in, first out,
 * without a limit. Fields are the library's. */
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

/* `asyncio.Queue(maxsize)`, `asyncio.LifoQueue(maxsize)`, `asyncio.PriorityQueue(
 * maxsize)`: least first. maxsize 0: no limit. */
void async_queue_init(struct async_queue *queue, size_t maxsize);
void async_lifo_queue_init(struct async_queue *queue, size_t maxsize);
void async_priority_queue_init(struct async_queue *queue, size_t maxsize,
                               async_queue_compare *compare);

/* Gives back its memory, not the items in it; nobody may still wait. It is zeroed, and
 * may be closed again. */
void async_queue_close(struct async_queue *queue);

/* Not in asyncio: room for so many at once, so that putting them cannot fail for want
 * of memory. ASYNC_NO_MEMORY. */
bool async_queue_reserve(struct async_queue *queue, size_t capacity,
                         struct async_error *error);

/* `await queue.put(item)`, `await queue.get()`: wait while it is full, or empty. What
 * get() gets is not asked for where `item` is NULL: it is dropped. False:
 * nothing was put, or got: ASYNC_CANCELLED; ASYNC_NO_MEMORY (put); ASYNC_RUNTIME: it
 * would have to wait outside a task, or tasks of another loop wait. */
bool async_queue_put(struct async_queue *queue, void *item, struct async_error *error);
bool async_queue_get(struct async_queue *queue, void **item, struct async_error *error);

/* `queue.put_nowait(item)`, `queue.get_nowait()`: never wait; a callback may, too.
 * ASYNC_QUEUE_FULL, ASYNC_QUEUE_EMPTY; ASYNC_NO_MEMORY (put). */
bool async_queue_put_nowait(struct async_queue *queue, void *item,
                            struct async_error *error);
bool async_queue_get_nowait(struct async_queue *queue, void **item,
                            struct async_error *error);

/* `queue.task_done()`: what one get() got is worked off. ASYNC_INVALID_ARGUMENT
 * (ValueError): "task_done() called too many times". */
bool async_queue_task_done(struct async_queue *queue, struct async_error *error);

/* `await queue.join()`: until task_done() was called for all that was put.
 * ASYNC_CANCELLED; ASYNC_RUNTIME as with get. */
bool async_queue_join(struct async_queue *queue, struct async_error *error);

/* `queue.qsize()`, `queue.maxsize`, `queue.empty()`, `queue.full()`. */
size_t async_queue_qsize(const struct async_queue *queue);
size_t async_queue_maxsize(const struct async_queue *queue);
bool async_queue_empty(const struct async_queue *queue);
bool async_queue_full(const struct async_queue *queue);

#endif

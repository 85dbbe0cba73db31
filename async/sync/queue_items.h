/* The items of a queue and their order, for queue.c alone; not installed. */
#ifndef SIMUL_ASYNC_SYNC_QUEUE_ITEMS_H
#define SIMUL_ASYNC_SYNC_QUEUE_ITEMS_H

#include "async/queue.h"

/* Adds an item at its place in the queue's order. Amortised O(1); in a heap O(log n).
 * False: out of memory. */
bool async_queue_items_add(struct async_queue *queue, void *item);

/* Takes out the next item. The queue must not be empty. */
void *async_queue_items_take(struct async_queue *queue);

/* Makes room for `capacity` items. False: out of memory. */
bool async_queue_items_reserve(struct async_queue *queue, size_t capacity);

#endif

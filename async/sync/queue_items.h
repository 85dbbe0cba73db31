/* What lies in a queue and how it comes out, for queue.c alone; not installed. */
#ifndef SIMUL_ASYNC_SYNC_QUEUE_ITEMS_H
#define SIMUL_ASYNC_SYNC_QUEUE_ITEMS_H

#include "async/queue.h"

/* Adds an item where the queue's order wants it. Amortised O(1), a heap O(log n).
 * False: out of memory. */
bool async_queue_items_add(struct async_queue *queue, void *item);

/* Takes out the next; there is one. */
void *async_queue_items_take(struct async_queue *queue);

/* Room for so many. False: out of memory. */
bool async_queue_items_reserve(struct async_queue *queue, size_t capacity);

#endif

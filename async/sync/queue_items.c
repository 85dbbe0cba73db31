/* One array for all three orders: a ring, from which FIFO takes the first item and LIFO
 * the last, or a binary heap. It grows by doubling and never shrinks: after its largest
 * size, a queue allocates no more. */
#include "async/sync/queue_items.h"

#include <stdlib.h>

enum { FIRST_CAPACITY = 16 };

/* A place of the ring, and of the heap, which keeps `first` at 0. */
static struct async_queue_item *at(const struct async_queue *queue, size_t place) {
    return &queue->items[(queue->first + place) & (queue->capacity - 1)];
}

bool async_queue_items_reserve(struct async_queue *queue, size_t capacity) {
    size_t larger = queue->capacity ? queue->capacity : FIRST_CAPACITY;
    while (larger < capacity) {
        if (larger > PTRDIFF_MAX / 2 / sizeof(struct async_queue_item)) {
            return false; /* no object can be so large */
        }
        larger *= 2;
    }
    if (larger == queue->capacity) {
        return true;
    }
    struct async_queue_item *items = malloc(larger * sizeof(*items));
    if (!items) {
        return false;
    }
    /* In the new array the ring begins at 0. */
    for (size_t i = 0; i < queue->count; i++) {
        items[i] = *at(queue, i);
    }
    free(queue->items);
    queue->items = items;
    queue->capacity = larger;
    queue->first = 0;
    return true;
}

static bool is_before(const struct async_queue *queue, const struct async_queue_item *a,
                      const struct async_queue_item *b) {
    int order = queue->compare(a->item, b->item);
    return order != 0 ? order < 0 : a->number < b->number;
}

/* Moves the hole at `place` up until `added` fits into it. */
static void sift_up(struct async_queue *queue, size_t place,
                    struct async_queue_item added) {
    struct async_queue_item *heap = queue->items;
    while (place > 0) {
        size_t parent = (place - 1) / 2;
        if (!is_before(queue, &added, &heap[parent])) {
            break;
        }
        heap[place] = heap[parent];
        place = parent;
    }
    heap[place] = added;
}

/* Moves the hole at the top down, to the smaller child each time, until `moved` fits
 * into it. */
static void sift_down(struct async_queue *queue, struct async_queue_item moved) {
    struct async_queue_item *heap = queue->items;
    size_t place = 0;
    for (size_t child; (child = 2 * place + 1) < queue->count; place = child) {
        if (child + 1 < queue->count &&
            is_before(queue, &heap[child + 1], &heap[child])) {
            child++;
        }
        if (!is_before(queue, &heap[child], &moved)) {
            break;
        }
        heap[place] = heap[child];
    }
    heap[place] = moved;
}

bool async_queue_items_add(struct async_queue *queue, void *item) {
    if (queue->count == queue->capacity &&
        !async_queue_items_reserve(queue, queue->count + 1)) {
        return false;
    }
    struct async_queue_item added = {.item = item, .number = queue->next_number++};
    if (queue->order == ASYNC_QUEUE_PRIORITY) {
        sift_up(queue, queue->count, added);
    } else {
        *at(queue, queue->count) = added;
    }
    queue->count++;
    return true;
}

void *async_queue_items_take(struct async_queue *queue) {
    queue->count--;
    void *item;
    switch (queue->order) {
    case ASYNC_QUEUE_LIFO:
        return at(queue, queue->count)->item;
    case ASYNC_QUEUE_PRIORITY:
        item = queue->items[0].item;
        if (queue->count > 0) {
            sift_down(queue, queue->items[queue->count]);
        }
        return item;
    default:
        item = at(queue, 0)->item;
        queue->first = (queue->first + 1) & (queue->capacity - 1);
        return item;
    }
}

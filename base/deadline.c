/* A 4-ary heap of deadlines behind one timerfd. With four children a node, the heap is
 * half as deep as a binary heap, and the children of a node lie on at most two cache
 * lines. */
#include "base/deadline.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timerfd.h>
#include <unistd.h>

enum { CHILDREN = 4 };

bool deadlines_open(struct deadlines *deadlines, struct error *error) {
    *deadlines = (struct deadlines){.fd = -1};
    deadlines->fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    if (deadlines->fd < 0) {
        return error_failed(error, "cannot open a timer: %s", strerror(errno));
    }
    return true;
}

void deadlines_close(struct deadlines *deadlines) {
    if (deadlines->fd > 0) {
        close(deadlines->fd);
    }
    free(deadlines->heap);
    *deadlines = (struct deadlines){.fd = -1};
}

static bool is_before(const struct deadline *a, const struct deadline *b) {
    return a->at_ns != b->at_ns ? a->at_ns < b->at_ns : a->order < b->order;
}

static void put(struct deadlines *deadlines, size_t index, struct deadline *deadline) {
    deadlines->heap[index] = deadline;
    deadline->position = index + 1;
}

static void sift_up(struct deadlines *deadlines, size_t index) {
    struct deadline *moving = deadlines->heap[index];
    while (index > 0) {
        size_t parent = (index - 1) / CHILDREN;
        if (!is_before(moving, deadlines->heap[parent])) {
            break;
        }
        put(deadlines, index, deadlines->heap[parent]);
        index = parent;
    }
    put(deadlines, index, moving);
}

static void sift_down(struct deadlines *deadlines, size_t index) {
    struct deadline *moving = deadlines->heap[index];
    for (;;) {
        size_t first = index * CHILDREN + 1;
        if (first >= deadlines->count) {
            break;
        }
        size_t end = first + CHILDREN;
        end = end < deadlines->count ? end : deadlines->count;
        size_t least = first;
        for (size_t i = first + 1; i < end; i++) {
            if (is_before(deadlines->heap[i], deadlines->heap[least])) {
                least = i;
            }
        }
        if (!is_before(deadlines->heap[least], moving)) {
            break;
        }
        put(deadlines, index, deadlines->heap[least]);
        index = least;
    }
    put(deadlines, index, moving);
}

bool deadlines_add(struct deadlines *deadlines, struct deadline *deadline,
                   int64_t at_ns) {
    if (deadlines->count == deadlines->capacity) {
        size_t capacity = deadlines->capacity ? 2 * deadlines->capacity : 64;
        struct deadline **heap =
            realloc(deadlines->heap, capacity * sizeof *deadlines->heap);
        if (!heap) {
            return false;
        }
        deadlines->heap = heap;
        deadlines->capacity = capacity;
    }
    deadline->at_ns = at_ns;
    deadline->order = deadlines->next_order++;
    put(deadlines, deadlines->count++, deadline);
    sift_up(deadlines, deadlines->count - 1);
    return true;
}

void deadlines_remove(struct deadlines *deadlines, struct deadline *deadline) {
    if (deadline->position == 0) {
        return;
    }
    size_t hole = deadline->position - 1;
    deadline->position = 0;
    struct deadline *last = deadlines->heap[--deadlines->count];
    if (last == deadline) {
        return;
    }
    put(deadlines, hole, last);
    sift_down(deadlines, hole);
    sift_up(deadlines, last->position - 1);
}

struct deadline *deadlines_pop_due(struct deadlines *deadlines, int64_t now_ns) {
    if (deadlines->count == 0 || deadlines->heap[0]->at_ns > now_ns) {
        return NULL;
    }
    struct deadline *due = deadlines->heap[0];
    deadlines_remove(deadlines, due);
    return due;
}

void deadlines_arm(struct deadlines *deadlines) {
    if (deadlines->count == 0) {
        return; /* a needless wake-up costs less than the call that disarms the timer */
    }
    int64_t at_ns = deadlines->heap[0]->at_ns;
    at_ns = at_ns > 0 ? at_ns : 1; /* 0 would disarm the timer */
    if (at_ns == deadlines->armed_ns) {
        return;
    }
    struct itimerspec at = {
        .it_value = {.tv_sec = at_ns / 1000000000, .tv_nsec = at_ns % 1000000000}};
    if (timerfd_settime(deadlines->fd, TFD_TIMER_ABSTIME, &at, NULL) == 0) {
        deadlines->armed_ns = at_ns;
    }
}

void deadlines_acknowledge(struct deadlines *deadlines) {
    uint64_t expirations;
    if (read(deadlines->fd, &expirations, sizeof expirations) > 0) {
        deadlines->armed_ns = 0;
    }
}

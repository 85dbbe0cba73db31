/* Deadlines to the nanosecond: a heap behind one timerfd, which an event loop can
 * watch. libuv's own timers count milliseconds and fire up to 1 ms early. */
#ifndef SIMUL_BASE_DEADLINE_H
#define SIMUL_BASE_DEADLINE_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* One deadline, embedded in the struct that waits for it. A zeroed deadline is not
 * waiting. */
struct deadline {
    int64_t at_ns;   /* on clock_now_ns() */
    uint64_t order;  /* breaks ties: the deadline that was added first is due first */
    size_t position; /* in the heap, from 1; 0: not waiting */
};

struct deadlines {
    struct deadline **heap;
    size_t count;
    size_t capacity;
    uint64_t next_order;
    int64_t armed_ns; /* the time that the timerfd is set to; 0: none */
    int fd;           /* the timerfd: readable from armed_ns on */
};

/* Opens the timerfd. Fails if the process has no descriptor left. */
bool deadlines_open(struct deadlines *deadlines, struct error *error);
void deadlines_close(struct deadlines *deadlines);

/* Adds a deadline that is not waiting. It must not move in memory until it is due or
 * removed. O(log n). Returns false if memory is short. */
bool deadlines_add(struct deadlines *deadlines, struct deadline *deadline,
                   int64_t at_ns);

/* Removes a deadline; does nothing if it is not waiting. O(log n). */
void deadlines_remove(struct deadlines *deadlines, struct deadline *deadline);

/* Removes and returns the earliest deadline if it is at or before now_ns, else returns
 * NULL. So a deadline never comes early. O(log n). */
struct deadline *deadlines_pop_due(struct deadlines *deadlines, int64_t now_ns);

/* Sets the timerfd to the earliest deadline. Costs a system call only if the earliest
 * deadline has changed. */
void deadlines_arm(struct deadlines *deadlines);

/* Call this if fd is readable. fd is then not readable until the time of the next
 * deadlines_arm(). */
void deadlines_acknowledge(struct deadlines *deadlines);

#ifdef __cplusplus
}
#endif

#endif

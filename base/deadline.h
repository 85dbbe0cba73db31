/* Deadlines to the nanosecond: a heap of them behind one timerfd, which an event loop
 * can watch. libuv's own timers have a grain of 1 ms and fire up to 1 ms early. */
#ifndef SIMUL_BASE_DEADLINE_H
#define SIMUL_BASE_DEADLINE_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One deadline, embedded in what waits for it. Zeroed: not waiting. */
struct deadline {
    int64_t at_ns;   /* on clock_now_ns() */
    uint64_t order;  /* breaks ties: what was added first is due first */
    size_t position; /* 1-based place in the heap; 0: not waiting */
};

struct deadlines {
    struct deadline **heap;
    size_t count;
    size_t capacity;
    uint64_t next_order;
    int64_t armed_ns; /* what the timerfd is set to; 0: nothing */
    int fd;           /* readable when deadlines_arm()'s moment has come */
};

/* Opens the timerfd. Fails where the process has no descriptor left. */
bool deadlines_open(struct deadlines *deadlines, struct error *error);
void deadlines_close(struct deadlines *deadlines);

/* Adds a deadline that is not waiting; the caller keeps it where it is until it is due
 * or removed. O(log n). False: out of memory. */
bool deadlines_add(struct deadlines *deadlines, struct deadline *deadline,
                   int64_t at_ns);

/* Takes one out before its time; one that is not waiting is left alone. O(log n). */
void deadlines_remove(struct deadlines *deadlines, struct deadline *deadline);

/* Takes out and returns the earliest deadline that lies at or before now_ns, else NULL.
 * Never early: a deadline is due when the clock has reached it. */
struct deadline *deadlines_pop_due(struct deadlines *deadlines, int64_t now_ns);

/* Sets the timerfd to the earliest deadline; a system call only
 * where that has changed. */
void deadlines_arm(struct deadlines *deadlines);

/* To be called when fd is readable: makes it wait for the next deadlines_arm(). */
void deadlines_acknowledge(struct deadlines *deadlines);

#endif

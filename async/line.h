/* A line of waiting tasks, as it stands in every lock, event and queue. Its fields are
 * the library's. Zeroed: nobody waits. Lines are fair: first come, first served. */
#ifndef SIMUL_ASYNC_LINE_H
#define SIMUL_ASYNC_LINE_H

#include <stddef.h>

struct async_waiter;

struct async_line {
    struct async_waiter *first; /* lives on the stack of the task that waits */
    struct async_waiter *last;
    size_t woken_count; /* left the line, and have not run since */
};

#endif

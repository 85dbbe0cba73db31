/* The line of waiting tasks in every lock, event and queue. A zeroed line is empty.
 * Lines are fair: first come, first served. The fields belong to the library. */
#ifndef SIMUL_ASYNC_LINE_H
#define SIMUL_ASYNC_LINE_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

struct async_waiter;

struct async_line {
    struct async_waiter *first; /* on the stack of the task that waits */
    struct async_waiter *last;
    size_t woken_count; /* tasks that were woken and have not run since */
};

#ifdef __cplusplus
}
#endif

#endif

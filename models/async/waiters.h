/* Tasks that wait for the same moment: a circle of futures on their stacks. For the
 * library's own files. */
#ifndef SIMUL_MODELS_ASYNC_WAITERS_H
#define SIMUL_MODELS_ASYNC_WAITERS_H

#include "models/async/core.h"

struct async_waiter;

/* Zeroed: nobody waits. */
struct async_waiters {
    struct async_waiter *first;
    struct async_waiter *last;
};

/* The calling task waits until it is woken. False: it was cancelled, or woken with a
 * failure. `label` is what async_describe() shows. */
bool async_waiters_wait(struct async_waiters *waiters, const char *label,
                        struct async_error *error);

/* Everybody who waits now goes on, in order; with that failure, where it is not NULL.
 */
void async_waiters_wake(struct async_waiters *waiters,
                        const struct async_error *failure);

#endif

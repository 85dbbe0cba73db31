/* The threads behind an executor, which know of no loop; not installed. */
#ifndef SIMUL_ASYNC_THREAD_EXECUTOR_CORE_H
#define SIMUL_ASYNC_THREAD_EXECUTOR_CORE_H

#include "async/executor.h"

/* One function to be run by one of the threads, in the storage of who wants it. */
struct async_work {
    struct async_work *next; /* in the line */
    void (*run)(struct async_work *work);
    /* Called by the thread when it has run; the executor does not look at it again. */
    void (*ran)(struct async_work *work);
    bool is_waiting; /* for a thread */
    bool is_over;
};

/* Hands it in. False: no thread could be started, and there is none. */
bool async_executor_submit(struct async_executor *executor, struct async_work *work,
                           struct async_error *error);

/* Its memory outlives async_executor_free() as long as somebody holds it: results may
 * still be on their way to a loop. Any thread. */
void async_executor_hold(struct async_executor *executor);
void async_executor_drop(struct async_executor *executor);

/* Takes back what no thread has begun. False: one has. */
bool async_executor_withdraw(struct async_executor *executor, struct async_work *work);

/* Blocks until it has run. */
void async_executor_join(struct async_executor *executor, struct async_work *work);

#endif

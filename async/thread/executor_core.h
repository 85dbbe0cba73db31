/* The threads of an executor, which know nothing of loops; not installed. */
#ifndef SIMUL_ASYNC_THREAD_EXECUTOR_CORE_H
#define SIMUL_ASYNC_THREAD_EXECUTOR_CORE_H

#include "async/executor.h"

/* One function that a thread will run. It lies in the storage of the caller. */
struct async_work {
    struct async_work *next; /* in the line */
    void (*run)(struct async_work *work);
    /* Called by the thread after run(); the executor does not use the work again. */
    void (*ran)(struct async_work *work);
    bool is_waiting; /* it waits for a thread */
    bool is_over;
};

/* Puts a work into the line. False: there is no thread, and none could be started. */
bool async_executor_submit(struct async_executor *executor, struct async_work *work,
                           struct async_error *error);

/* While an executor is held, its memory outlives async_executor_free(): results may
 * still be on their way to a loop. From any thread. */
void async_executor_hold(struct async_executor *executor);
void async_executor_drop(struct async_executor *executor);

/* Takes a work back that no thread has begun. False: a thread has begun it. */
bool async_executor_withdraw(struct async_executor *executor, struct async_work *work);

/* Blocks until it has run. */
void async_executor_join(struct async_executor *executor, struct async_work *work);

#endif

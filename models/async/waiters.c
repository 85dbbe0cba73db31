/* A line of tasks. Each takes itself out when it goes on, however that came. */
#include "models/async/waiters.h"

struct async_waiter {
    struct async_awaitable future;
    struct async_waiter *next;
    struct async_waiter *previous;
};

static void add(struct async_waiters *waiters, struct async_waiter *waiter) {
    waiter->next = NULL;
    waiter->previous = waiters->last;
    *(waiters->last ? &waiters->last->next : &waiters->first) = waiter;
    waiters->last = waiter;
}

static void take_out(struct async_waiters *waiters, struct async_waiter *waiter) {
    *(waiter->previous ? &waiter->previous->next : &waiters->first) = waiter->next;
    *(waiter->next ? &waiter->next->previous : &waiters->last) = waiter->previous;
}

bool async_waiters_wait(struct async_waiters *waiters, const char *label,
                        struct async_error *error) {
    struct async_awaitable *task = async_need_current_task(label, error);
    if (!task) {
        return false;
    }
    struct async_waiter waiter;
    async_future_open(&waiter.future, task->loop, label);
    add(waiters, &waiter);
    bool ok = async_await(&waiter.future, NULL, error);
    take_out(waiters, &waiter);
    async_future_close(&waiter.future);
    return ok;
}

void async_waiters_wake(struct async_waiters *waiters,
                        const struct async_error *failure) {
    for (struct async_waiter *waiter = waiters->first; waiter; waiter = waiter->next) {
        if (failure) {
            async_future_break(&waiter->future, failure);
        } else {
            async_future_wake(&waiter->future, NULL);
        }
    }
}

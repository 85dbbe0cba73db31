/* A semaphore: a limited number of tasks at a time. */
#ifndef SIMUL_ASYNC_SEMAPHORE_H
#define SIMUL_ASYNC_SEMAPHORE_H

#include "async/error.h"
#include "async/line.h"

#ifdef __cplusplus
extern "C" {
#endif

/* In the caller's storage, which has to outlive every task that waits. A zeroed
 * semaphore has no free place (asyncio's default is 1). Nothing has to be freed. */
struct async_semaphore {
    struct async_line line;
    size_t value; /* free places */
    size_t bound; /* value never gets larger than this */
    bool is_bounded;
};

/* `asyncio.Semaphore(value)`. Fails with ASYNC_INVALID_ARGUMENT (ValueError) if `value`
 * is a negative number; the semaphore has no place then. */
bool async_semaphore_init(struct async_semaphore *semaphore, size_t value,
                          struct async_error *error);

/* `asyncio.BoundedSemaphore(value)`: refuses more releases than acquires. Fails as
 * async_semaphore_init() does. */
bool async_bounded_semaphore_init(struct async_semaphore *semaphore, size_t value,
                                  struct async_error *error);

/* `await semaphore.acquire()`: takes a place, in the order of asking; waits if none is
 * free. If the call fails, no place was taken. Fails with ASYNC_CANCELLED, or with
 * ASYNC_RUNTIME as async_lock_acquire() does. */
bool async_semaphore_acquire(struct async_semaphore *semaphore,
                             struct async_error *error);

/* `semaphore.release()`: any task or callback may call it; it never waits. Fails with
 * ASYNC_INVALID_ARGUMENT (ValueError) "BoundedSemaphore released too many times". */
bool async_semaphore_release(struct async_semaphore *semaphore,
                             struct async_error *error);

/* `semaphore.locked()`: true if async_semaphore_acquire() would have to wait, because
 * no place is free or other tasks came before. */
bool async_semaphore_locked(const struct async_semaphore *semaphore);

#ifdef __cplusplus
}
#endif

#endif

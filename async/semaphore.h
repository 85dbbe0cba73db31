/* A semaphore: so many at a time. */
#ifndef SIMUL_ASYNC_SEMAPHORE_H
#define SIMUL_ASYNC_SEMAPHORE_H

#include "async/error.h"
#include "async/line.h"

/* In the caller's storage, which outlives all who wait. Zeroed: none is free (asyncio's
 * default is 1). Nothing is to be given back. */
struct async_semaphore {
    struct async_line line;
    size_t value; /* how many may still enter */
    size_t bound; /* value never gets larger than this */
    bool is_bounded;
};

/* `asyncio.Semaphore(value)`. */
void async_semaphore_init(struct async_semaphore *semaphore, size_t value);

/* `asyncio.BoundedSemaphore(value)`: more releases than acquires are refused. */
void async_bounded_semaphore_init(struct async_semaphore *semaphore, size_t value);

/* `await semaphore.acquire()`: waits until one is free and takes it, in the order of
 * asking. False: none was taken: ASYNC_CANCELLED; ASYNC_RUNTIME as with a lock. */
bool async_semaphore_acquire(struct async_semaphore *semaphore,
                             struct async_error *error);

/* `semaphore.release()`: any task may, a callback too; it never waits.
 * ASYNC_INVALID_ARGUMENT (ValueError): "BoundedSemaphore released too many times". */
bool async_semaphore_release(struct async_semaphore *semaphore,
                             struct async_error *error);

/* `semaphore.locked()`: would acquire() have to wait, because none is free, or because
 * others were there before? */
bool async_semaphore_locked(const struct async_semaphore *semaphore);

#endif

/* A lock: one task at a time. Needed only where something is awaited between two steps
 * that belong together: without an await in between, no other task runs.
 *
 *   if (!async_lock_acquire(&lock, error)) return false;
 *   bool ok = read(file, error) && write(file, error);
 *   async_lock_release(&lock, NULL);
 *   return ok;
 */
#ifndef SIMUL_ASYNC_LOCK_H
#define SIMUL_ASYNC_LOCK_H

#include "async/error.h"
#include "async/line.h"

/* In the caller's storage, which outlives all who wait. Zeroed: unlocked. Nothing is to
 * be given back. */
struct async_lock {
    struct async_line line;
    bool is_locked;
};

void async_lock_init(struct async_lock *lock);

/* `await lock.acquire()`: waits until it is free and takes it, in the order of asking;
 * does not wait where it is free. False: it was not taken: ASYNC_CANCELLED; or
 * ASYNC_RUNTIME: it would have to wait outside a task, or tasks of another loop wait.
 */
bool async_lock_acquire(struct async_lock *lock, struct async_error *error);

/* `lock.release()`: the first in line gets it. Any task may do that, a callback too; it
 * never waits. ASYNC_RUNTIME: "Lock is not acquired." */
bool async_lock_release(struct async_lock *lock, struct async_error *error);

/* `lock.locked()`. */
bool async_lock_locked(const struct async_lock *lock);

#endif

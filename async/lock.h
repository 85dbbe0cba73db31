/* A lock: one task at a time. It is needed only if a task awaits something between two
 * steps that belong together: without an await in between, no other task runs.
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

#ifdef __cplusplus
extern "C" {
#endif

/* In the caller's storage, which has to outlive every task that waits. A zeroed lock is
 * unlocked. Nothing has to be freed. */
struct async_lock {
    struct async_line line;
    bool is_locked;
};

void async_lock_init(struct async_lock *lock);

/* `await lock.acquire()`: takes the lock, in the order of asking; waits if it is not
 * free. If the call fails, the lock was not taken. Fails with ASYNC_CANCELLED, or with
 * ASYNC_RUNTIME if it would have to wait outside a task or beside tasks of another
 * loop. */
bool async_lock_acquire(struct async_lock *lock, struct async_error *error);

/* `lock.release()`: frees the lock and wakes the first task in line, which takes it.
 * Any task or callback may release it. Never waits. Fails with ASYNC_RUNTIME "Lock is
 * not acquired." */
bool async_lock_release(struct async_lock *lock, struct async_error *error);

/* `lock.locked()`. */
bool async_lock_locked(const struct async_lock *lock);

#ifdef __cplusplus
}
#endif

#endif

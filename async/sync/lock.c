/* A lock is handed over in two steps, as in asyncio: release() frees it and wakes the
 * first waiter, which takes it when it runs. No other task takes it in between, because
 * a waiter is not overtaken. */
#include "async/lock.h"
#include "async/sync/line.h"

void async_lock_init(struct async_lock *lock) {
    *lock = (struct async_lock){.is_locked = false};
}

bool async_lock_acquire(struct async_lock *lock, struct async_error *error) {
    if (!lock->is_locked && !async_line_is_taken(&lock->line)) {
        lock->is_locked = true;
        return true;
    }
    bool is_woken;
    if (!async_line_wait(&lock->line, "lock", &is_woken, error)) {
        /* Cancelled at the moment of the hand-over, or while it stood first: the lock
         * is free, and no other code will wake the next waiter. */
        if (!lock->is_locked) {
            async_line_wake_only_one(&lock->line);
        }
        return false;
    }
    lock->is_locked = true;
    return true;
}

bool async_lock_release(struct async_lock *lock, struct async_error *error) {
    if (!lock->is_locked) {
        return async_fail_with(error, ASYNC_RUNTIME, "Lock is not acquired.");
    }
    lock->is_locked = false;
    async_line_wake_only_one(&lock->line);
    return true;
}

bool async_lock_locked(const struct async_lock *lock) {
    return lock->is_locked;
}

/* A condition: tasks that hold a lock give it up until another task notifies them that
 * the data behind the lock has changed.
 *
 *   if (!async_condition_acquire(&changed, error)) return false;
 *   bool ok = async_condition_wait_for(&changed, has_guests, table, error);
 *   ...
 *   async_condition_release(&changed, NULL);   // the lock is held in both cases
 */
#ifndef SIMUL_ASYNC_CONDITION_H
#define SIMUL_ASYNC_CONDITION_H

#include "async/lock.h"

#ifdef __cplusplus
extern "C" {
#endif

/* In the caller's storage, which has to outlive every task that waits. A zeroed
 * condition has a lock of its own, which is unlocked. Nothing has to be freed. */
struct async_condition {
    struct async_lock *lock; /* the caller's; NULL: own_lock is used */
    struct async_lock own_lock;
    struct async_line line;
};

/* `asyncio.Condition(lock)`; NULL gives it a lock of its own. Several conditions may
 * share a lock. */
void async_condition_init(struct async_condition *condition, struct async_lock *lock);

/* The same as async_lock_acquire(), async_lock_release() and async_lock_locked() of the
 * condition's lock. */
bool async_condition_acquire(struct async_condition *condition,
                             struct async_error *error);
bool async_condition_release(struct async_condition *condition,
                             struct async_error *error);
bool async_condition_locked(const struct async_condition *condition);

/* `await condition.wait()`: releases the lock, waits to be notified, and takes the lock
 * again. A cancelled task takes the lock again too before the call fails with
 * ASYNC_CANCELLED, however often it is cancelled; its notification goes to the next
 * task. Only a call that fails with ASYNC_CLOSED may return without the lock. Fails
 * with ASYNC_RUNTIME "cannot wait on un-acquired lock". */
bool async_condition_wait(struct async_condition *condition, struct async_error *error);

/* `await condition.wait_for(predicate)`: waits until predicate(argument) returns true;
 * does not wait if it returns true at once. The predicate is called with the lock held.
 * Fails as async_condition_wait() does. */
typedef bool async_predicate(void *argument);
bool async_condition_wait_for(struct async_condition *condition,
                              async_predicate *predicate, void *argument,
                              struct async_error *error);

/* `condition.notify(count)`, `condition.notify_all()`: wakes up to `count` tasks, or
 * all, in the order of arrival. They go on one after the other, as each gets the lock.
 * Fails with ASYNC_RUNTIME "cannot notify on un-acquired lock". */
bool async_condition_notify(struct async_condition *condition, size_t count,
                            struct async_error *error);
bool async_condition_notify_all(struct async_condition *condition,
                                struct async_error *error);

#ifdef __cplusplus
}
#endif

#endif

/* A condition: a lock, and tasks that gave it up until somebody says that what it
 * guards has changed.
 *
 *   if (!async_condition_acquire(&changed, error)) return false;
 *   bool ok = async_condition_wait_for(&changed, has_guests, table, error);
 *   ...
 *   async_condition_release(&changed, NULL);   // held in both cases
 */
#ifndef SIMUL_ASYNC_CONDITION_H
#define SIMUL_ASYNC_CONDITION_H

#include "async/lock.h"

/* In the caller's storage, which outlives all who wait. Zeroed: with a lock of its own,
 * unlocked. Nothing is to be given back. */
struct async_condition {
    struct async_lock *lock; /* of somebody else; NULL: own_lock */
    struct async_lock own_lock;
    struct async_line line;
};

/* `asyncio.Condition(lock)`; NULL: a lock of its own. Several conditions may share a
 * lock. */
void async_condition_init(struct async_condition *condition, struct async_lock *lock);

/* Those of its lock. */
bool async_condition_acquire(struct async_condition *condition,
                             struct async_error *error);
bool async_condition_release(struct async_condition *condition,
                             struct async_error *error);
bool async_condition_locked(const struct async_condition *condition);

/* `await condition.wait()`: releases the lock, waits to be notified, and takes the lock
 * again, also where it fails: ASYNC_CANCELLED, however often, waits for the lock first.
 * Without the lock it comes back only with ASYNC_CLOSED. ASYNC_RUNTIME: "cannot wait on
 * un-acquired lock". A notification that meets a cancelled task goes to the next. */
bool async_condition_wait(struct async_condition *condition, struct async_error *error);

/* `await condition.wait_for(predicate)`: waits until predicate(argument), which is
 * called with the lock held, and not at all where it is true. Fails as
 * async_condition_wait() does. */
typedef bool async_predicate(void *argument);
bool async_condition_wait_for(struct async_condition *condition,
                              async_predicate *predicate, void *argument,
                              struct async_error *error);

/* `condition.notify(count)`, `condition.notify_all()`: wakes so many, in the order of
 * their coming; they go on one after the other, as they get the lock. ASYNC_RUNTIME:
 * "cannot notify on un-acquired lock". */
bool async_condition_notify(struct async_condition *condition, size_t count,
                            struct async_error *error);
bool async_condition_notify_all(struct async_condition *condition,
                                struct async_error *error);

#endif

/* Waits for a notification, then for the lock. async_condition_wait() has to take care
 * of a cancellation or an error between the two. */
#include "async/condition.h"
#include "async/sync/line.h"

#include <stdint.h>

static struct async_lock *lock_of(struct async_condition *condition) {
    return condition->lock ? condition->lock : &condition->own_lock;
}

void async_condition_init(struct async_condition *condition, struct async_lock *lock) {
    *condition = (struct async_condition){.lock = lock};
}

bool async_condition_acquire(struct async_condition *condition,
                             struct async_error *error) {
    return async_lock_acquire(lock_of(condition), error);
}

bool async_condition_release(struct async_condition *condition,
                             struct async_error *error) {
    return async_lock_release(lock_of(condition), error);
}

bool async_condition_locked(const struct async_condition *condition) {
    return async_lock_locked(condition->lock ? condition->lock : &condition->own_lock);
}

/* The caller goes on with the lock in any case, because its cleanup will release it.
 * Returns true if no attempt failed; else *error is the last failure. */
static bool take_back(struct async_lock *lock, struct async_error *error) {
    struct async_error failure;
    bool ok = true;
    while (!async_lock_acquire(lock, &failure)) {
        ok = async_error_copy(error, &failure);
        if (failure.kind != ASYNC_CANCELLED) {
            break; /* the loop was closed: the lock will never be released */
        }
    }
    return ok;
}

bool async_condition_wait(struct async_condition *condition,
                          struct async_error *error) {
    struct async_lock *lock = lock_of(condition);
    if (!lock->is_locked) {
        return async_fail_with(error, ASYNC_RUNTIME, "cannot wait on un-acquired lock");
    }
    async_lock_release(lock, NULL);
    bool is_notified;
    bool ok = async_line_wait(&condition->line, "condition", &is_notified, error);
    ok = take_back(lock, error) && ok;
    if (!ok && is_notified) {
        /* The notification goes to a task that can act on it. CPython 3.11 loses it
         * here; 3.13 also passes on a notification that never came, and so wakes some
         * tasks for nothing. */
        async_line_wake(&condition->line);
    }
    return ok;
}

bool async_condition_wait_for(struct async_condition *condition,
                              async_predicate *predicate, void *argument,
                              struct async_error *error) {
    while (!predicate(argument)) {
        if (!async_condition_wait(condition, error)) {
            return false;
        }
    }
    return true;
}

bool async_condition_notify(struct async_condition *condition, size_t count,
                            struct async_error *error) {
    if (!async_condition_locked(condition)) {
        return async_fail_with(error, ASYNC_RUNTIME,
                               "cannot notify on un-acquired lock");
    }
    while (count > 0 && async_line_wake(&condition->line)) {
        count--;
    }
    return true;
}

bool async_condition_notify_all(struct async_condition *condition,
                                struct async_error *error) {
    return async_condition_notify(condition, SIZE_MAX, error);
}

/* A time limit for a block of code: cancels the task that runs the block. As CPython's
 * Timeout. */
#include "async/loop/task_core.h"
#include "async/waiting.h"

static void on_time_up(void *argument) {
    struct async_timeout *timeout = argument;
    async_cancel(timeout->task);
    timeout->state = ASYNC_TIMEOUT_EXPIRING;
}

static bool schedule(struct async_timeout *timeout, int64_t when_ns,
                     struct async_error *error) {
    struct async_loop *loop = timeout->task->loop;
    timeout->when_ns = when_ns;
    async_handle_cancel(&timeout->handle);
    if (when_ns == ASYNC_FOREVER) {
        return true;
    }
    return when_ns <= async_time_ns(loop)
               ? async_call_soon(loop, &timeout->handle, on_time_up, timeout, error)
               : async_call_at(loop, &timeout->handle, when_ns, on_time_up, timeout,
                               error);
}

bool async_timeout_enter_at(struct async_timeout *timeout, int64_t when_ns,
                            struct async_error *error) {
    struct async_awaitable *task =
        async_need_current_task("async_timeout_enter()", error);
    *timeout = (struct async_timeout){.task = task};
    if (!task) {
        return false;
    }
    timeout->handle.loop = task->loop;
    timeout->cancelling = async_cancelling(task);
    if (!schedule(timeout, when_ns, error)) {
        return false;
    }
    timeout->state = ASYNC_TIMEOUT_ACTIVE;
    return true;
}

bool async_timeout_enter(struct async_timeout *timeout, int64_t delay_ns,
                         struct async_error *error) {
    struct async_loop *loop = async_get_running_loop();
    int64_t when_ns = ASYNC_FOREVER;
    if (loop && delay_ns != ASYNC_FOREVER &&
        __builtin_add_overflow(async_time_ns(loop), delay_ns, &when_ns)) {
        when_ns = delay_ns > 0 ? ASYNC_FOREVER : INT64_MIN;
    }
    return async_timeout_enter_at(timeout, when_ns, error);
}

bool async_timeout_exit(struct async_timeout *timeout, bool ok,
                        struct async_error *error) {
    async_handle_cancel(&timeout->handle);
    if (timeout->state == ASYNC_TIMEOUT_ACTIVE) {
        timeout->state = ASYNC_TIMEOUT_FINISHED;
    } else if (timeout->state == ASYNC_TIMEOUT_EXPIRING) {
        timeout->state = ASYNC_TIMEOUT_EXPIRED;
        bool is_ours = async_uncancel(timeout->task) <= timeout->cancelling;
        if (is_ours && !ok && error && error->kind == ASYNC_CANCELLED) {
            return async_fail_with(error, ASYNC_TIMEOUT, "%s", "");
        }
    }
    return ok;
}

bool async_timeout_reschedule(struct async_timeout *timeout, int64_t when_ns,
                              struct async_error *error) {
    static const char *const states[] = {
        [ASYNC_TIMEOUT_CREATED] = "created",   [ASYNC_TIMEOUT_ACTIVE] = "active",
        [ASYNC_TIMEOUT_EXPIRING] = "expiring", [ASYNC_TIMEOUT_EXPIRED] = "expired",
        [ASYNC_TIMEOUT_FINISHED] = "finished",
    };
    if (timeout->state == ASYNC_TIMEOUT_CREATED) {
        return async_fail_with(error, ASYNC_RUNTIME, "Timeout has not been entered");
    }
    if (timeout->state != ASYNC_TIMEOUT_ACTIVE) {
        return async_fail_with(error, ASYNC_RUNTIME,
                               "Cannot change state of %s Timeout",
                               states[timeout->state]);
    }
    return schedule(timeout, when_ns, error);
}

bool async_timeout_expired(const struct async_timeout *timeout) {
    return timeout->state == ASYNC_TIMEOUT_EXPIRING ||
           timeout->state == ASYNC_TIMEOUT_EXPIRED;
}

/* The one place where a task waits. */
#include "async/loop/task_core.h"

/* Fails one turn later, at the task's next step, because CPython's loop finds these
 * mistakes there. */
static bool refuse(struct async_task *task, const char *message,
                   struct async_error *error) {
    return async_task_yield(task, error) &&
           async_fail_with(error, ASYNC_RUNTIME, "%s", message);
}

static bool suspend_until_done(struct async_task *task, struct async_awaitable *future,
                               struct async_error *error) {
    async_future_watch(future, &task->step);
    task->waiting_for = future;
    if (task->must_cancel && async_cancel_with(future, task->cancel_message)) {
        task->must_cancel = false; /* the request has gone to the future */
    }
    return async_task_suspend(task, error);
}

bool async_await(struct async_awaitable *awaitable, void **value,
                 struct async_error *error) {
    if (async_done(awaitable) || !awaitable) {
        return async_result(awaitable, value, error);
    }
    /* This is a call, not a wait. So a task of a closed loop may still use coroutines
     * in its cleanup. */
    if (awaitable->kind == &async_coroutine_kind && async_current_task()) {
        return async_coroutine_call((struct async_task *)awaitable, value, error);
    }
    struct async_task *task =
        (struct async_task *)async_need_current_task("async_await()", error);
    if (!task) {
        async_give_up(awaitable);
        return false;
    }
    struct async_loop *loop = task->awaitable.loop;
    if (awaitable->loop != loop) {
        return refuse(task, "Task got Future attached to a different loop", error);
    }
    if (awaitable == &task->awaitable) {
        return refuse(task, "Task cannot await on itself", error);
    }
    async_retain(awaitable);
    bool ok = suspend_until_done(task, awaitable, error);
    if (ok) {
        ok = async_result(awaitable, value, error);
    } else if (async_done(awaitable) && !loop->is_closed) {
        awaitable->is_never_retrieved = false; /* CPython's wake-up reads it */
        if (async_cancelled(awaitable)) {
            async_result(awaitable, NULL, error); /* its message, not the task's */
        }
    }
    async_release(awaitable);
    return ok;
}

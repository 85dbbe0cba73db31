/* Waits for a time: a timer and a future on the task's own stack. */
#include "async/loop/task_core.h"
#include "async/waiting.h"

static void wake(void *argument) {
    async_future_wake(argument, NULL);
}

bool async_sleep(int64_t delay_ns, struct async_error *error) {
    struct async_awaitable *task = async_need_current_task("async_sleep()", error);
    if (!task) {
        return false;
    }
    if (delay_ns <= 0) {
        return async_task_yield((struct async_task *)task, error);
    }
    struct async_awaitable future;
    struct async_handle timer = {.loop = task->loop};
    async_future_open(&future, task->loop, "sleep");
    bool ok = async_call_later(task->loop, &timer, delay_ns, wake, &future, error);
    if (ok) {
        ok = async_await(&future, NULL, error);
        async_handle_cancel(&timer);
    }
    async_future_close(&future);
    return ok;
}

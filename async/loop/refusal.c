/* The reasons are static, so a task keeps only a number. A reason is never taken back:
 * NULL may be awaited several times. */
#include "async/loop/refusal.h"
#include "async/loop/task_core.h"

static _Thread_local enum async_refusal last_of_thread;

static const struct {
    enum async_error_kind kind;
    const char *message;
} reasons[] = {
    [ASYNC_NOT_REFUSED] = {ASYNC_INVALID_ARGUMENT,
                           "an awaitable is needed here, not NULL"},
    [ASYNC_NO_LOOP] = {ASYNC_RUNTIME, "no running event loop"},
    [ASYNC_LOOP_IS_CLOSED] = {ASYNC_RUNTIME, "Event loop is closed"},
    [ASYNC_OTHER_THREAD] = {ASYNC_RUNTIME,
                            "Non-thread-safe operation invoked on an event loop other "
                            "than the current one"},
    [ASYNC_NO_COROUTINE] = {ASYNC_INVALID_ARGUMENT,
                            "a coroutine was expected, not a task or a future"},
    [ASYNC_TOO_MANY] = {ASYNC_INVALID_ARGUMENT,
                        "a list cannot have so many awaitables; check its count"},
    [ASYNC_NEGATIVE_SIZE] = {ASYNC_INVALID_ARGUMENT,
                             "the size of an argument must be >= 0; check how it is "
                             "computed"},
    [ASYNC_OUT_OF_MEMORY] = {ASYNC_NO_MEMORY, "out of memory for an awaitable"},
};

bool async_refusal_check(enum async_refusal refusal, struct async_error *error) {
    return refusal == ASYNC_NOT_REFUSED ||
           async_fail_with(error, reasons[refusal].kind, "%s",
                           reasons[refusal].message);
}

/* NULL: no task runs. */
static struct async_task *current_task(void) {
    struct async_loop *loop = async_get_running_loop();
    return loop ? loop->current : NULL;
}

struct async_awaitable *async_refuse(enum async_refusal refusal) {
    struct async_task *task = current_task();
    if (refusal != ASYNC_NOT_REFUSED) {
        last_of_thread = refusal;
        if (task) {
            task->refusal = (uint8_t)refusal;
        }
    }
    return NULL;
}

bool async_refusal_fail(struct async_error *error) {
    const struct async_task *task = current_task();
    enum async_refusal refusal =
        task ? (enum async_refusal)task->refusal : ASYNC_NOT_REFUSED;
    refusal = refusal == ASYNC_NOT_REFUSED ? last_of_thread : refusal;
    return async_fail_with(error, reasons[refusal].kind, "%s",
                           reasons[refusal].message);
}

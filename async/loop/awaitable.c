/* The life of what can be awaited: owners, names, and the end. */
#include "async/awaitable.h"

#include "async/loop/task.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct async_awaitable *async_retain(struct async_awaitable *awaitable) {
    if (awaitable) {
        awaitable->references++;
    }
    return awaitable;
}

static void report_failure(struct async_awaitable *future) {
    char message[64];
    snprintf(message, sizeof message, "%s exception was never retrieved",
             future->kind->name);
    async_call_exception_handler(
        future->loop, &(struct async_report){.kind = ASYNC_REPORT_NEVER_RETRIEVED,
                                             .message = message,
                                             .awaitable = future,
                                             .error = future->failure});
}

/* The end of any of them, but for the storage. It may not be done: then nobody waits
 * for it any more, and nobody can set it. */
void async_future_close(struct async_awaitable *future) {
    future->references = 1; /* a handler may retain and release it */
    if (future->is_never_retrieved && !future->hides_failure) {
        report_failure(future);
    }
    if (future->kind->destroy) {
        future->kind->destroy(future);
    }
    async_loop_discard(&future->callbacks);
    async_failure_free(future->failure);
    free(future->name);
    if (future->loop) {
        async_loop_release(future->loop);
    }
}

void async_release(struct async_awaitable *awaitable) {
    if (!awaitable || --awaitable->references > 0) {
        return;
    }
    async_future_close(awaitable);
    if (!awaitable->is_on_stack) {
        free(awaitable);
    }
}

struct async_loop *async_get_loop(const struct async_awaitable *future) {
    return future ? future->loop : NULL;
}

const char *async_get_name(struct async_awaitable *awaitable) {
    if (!awaitable) {
        return "";
    }
    struct async_task *task = async_task_of(awaitable);
    if (!awaitable->name && task) {
        char name[32];
        snprintf(name, sizeof name, "Task-%" PRIu64, task->number);
        awaitable->name = strdup(name);
    }
    if (awaitable->name) {
        return awaitable->name;
    }
    return awaitable->label ? awaitable->label : "";
}

void async_set_name(struct async_awaitable *awaitable, const char *name) {
    if (!awaitable) {
        return;
    }
    char *copy = name ? strdup(name) : NULL;
    if (copy || !name) {
        free(awaitable->name);
        awaitable->name = copy;
    }
}

/* Runs a loop until an awaitable is done, and runs a whole program: async_run(). */
#include "async/loop/task_core.h"
#include "async/loop/check.h"
#include "async/waiting.h"

#include <stdlib.h>

struct until_done {
    struct async_node node;
    struct async_loop *loop;
};

static void stop(struct async_node *node) {
    async_loop_stop(ASYNC_OF(node, struct until_done, node)->loop);
}

bool async_run_until_complete(struct async_loop *loop,
                              struct async_awaitable *awaitable, void **value,
                              struct async_error *error) {
    bool is_new = awaitable && awaitable->kind == &async_coroutine_kind;
    if (!async_loop_check_startable(loop, error)) {
        async_give_up(awaitable);
        return false;
    }
    struct async_awaitable *future = async_ensure_future(awaitable, loop);
    if (!future) {
        return async_refusal_fail(error);
    }
    if (future->loop != loop) {
        async_release(future);
        return async_fail_with(error, ASYNC_INVALID_ARGUMENT,
                               "The future belongs to a different loop than the one "
                               "specified as the loop argument");
    }
    future->hides_end = future->hides_end || is_new;
    struct until_done until = {.node = {.run = stop}, .loop = loop};
    async_future_watch(future, &until.node);
    async_loop_run(loop);
    async_circle_remove(&until.node);
    bool ok = async_done(future) ? async_result(future, value, error)
                                 : async_fail_with(error, ASYNC_RUNTIME,
                                                   "Event loop stopped before Future "
                                                   "completed.");
    async_release(future);
    return ok;
}

/* Cancels the tasks that async_run() leaves behind. The caller holds them from here
 * on. */
static size_t cancel_all(struct async_loop *loop, struct async_awaitable ***tasks) {
    size_t count = async_all_tasks(loop, NULL, 0);
    *tasks = count > 0 ? malloc(count * sizeof **tasks) : NULL;
    if (!*tasks) {
        return 0; /* the loop's close ends them */
    }
    async_all_tasks(loop, *tasks, count);
    for (size_t i = 0; i < count; i++) {
        async_cancel(async_retain((*tasks)[i]));
    }
    return count;
}

static void end_all(struct async_loop *loop) {
    struct async_awaitable **tasks;
    size_t count = cancel_all(loop, &tasks);
    for (size_t i = 0; i < count; i++) {
        struct async_error error = {.kind = ASYNC_OK};
        bool ok = async_run_until_complete(loop, tasks[i], NULL, &error);
        if (!ok && async_done(tasks[i]) && error.kind != ASYNC_CANCELLED) {
            async_call_exception_handler(
                loop, &(struct async_report){
                          .kind = ASYNC_REPORT_SHUTDOWN,
                          .message = "unhandled exception during async_run() shutdown",
                          .awaitable = tasks[i],
                          .error = &error});
        }
        async_release(tasks[i]);
    }
    free(tasks);
}

bool async_run(struct async_awaitable *coroutine, void **value,
               struct async_error *error) {
    struct async_loop *loop = NULL;
    if (async_get_running_loop()) {
        async_fail_with(error, ASYNC_RUNTIME,
                        "async_run() cannot be called from a running event loop");
    } else if (coroutine && coroutine->kind != &async_coroutine_kind) {
        return async_fail_with(error, ASYNC_INVALID_ARGUMENT,
                               "a coroutine was expected");
    } else {
        loop = async_new_event_loop(error);
    }
    if (!loop) {
        async_give_up(coroutine);
        return false;
    }
    bool ok = async_run_until_complete(loop, coroutine, value, error);
    end_all(loop);
    async_loop_free(loop);
    return ok;
}

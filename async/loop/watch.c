/* Debug mode: a step or callback that takes too long is reported. */
#include "async/loop/task_core.h"

#include "base/clock.h"

/* Calls a node of the loop, and reports it if it took too long. */
static void call_watched(struct async_loop *loop, struct async_node *node) {
    struct async_task *task = async_task_of_step(node);
    struct async_awaitable *awaitable = task ? async_retain(&task->awaitable) : NULL;
    int64_t begin_ns = clock_now_ns();
    node->run(node);
    int64_t duration_ns = clock_now_ns() - begin_ns;
    if (duration_ns >= loop->slow_callback_ns) {
        char what[200] = "a callback";
        char message[248];
        if (awaitable) {
            async_describe(awaitable, what, sizeof what);
        }
        snprintf(message, sizeof message, "Executing %s took %.3f seconds", what,
                 (double)duration_ns / 1e9);
        async_call_exception_handler(
            loop, &(struct async_report){.kind = ASYNC_REPORT_SLOW,
                                         .message = message,
                                         .awaitable = awaitable,
                                         .duration_ns = duration_ns});
    }
    async_release(awaitable);
}

void async_set_debug(struct async_loop *loop, bool is_on) {
    loop->is_debug = is_on;
    loop->call_watched = is_on ? call_watched : NULL;
}

bool async_get_debug(const struct async_loop *loop) {
    return loop->is_debug;
}

void async_set_slow_callback_ns(struct async_loop *loop, int64_t duration_ns) {
    loop->slow_callback_ns = duration_ns;
}

/* The end of a loop: callbacks are forgotten, tasks clean up, handles are closed. */
#include "async/loop/event_loop.h"
#include "async/loop/check.h"
#include "async/loop/task.h"

#include <sched.h>

void async_loop_add_closer(struct async_loop *loop, struct async_closer *closer) {
    closer->next = loop->closers;
    loop->closers = closer;
}

/* Threads that are about to wake the loop: libuv aborts where that is closed already.
 */
static void wait_for_senders(const struct async_loop *loop) {
    while (atomic_load(&loop->senders) > 0) {
        sched_yield();
    }
}

static void discard_callbacks(struct async_loop *loop) {
    async_loop_receive(loop);
    async_loop_discard(&loop->batch);
    async_loop_discard(&loop->ready);
    while (loop->deadlines.count > 0) {
        struct deadline *deadline = loop->deadlines.heap[0];
        deadlines_remove(&loop->deadlines, deadline);
        async_handle_discard(&ASYNC_OF(deadline, struct async_handle, deadline)->node);
    }
}

/* First nothing may lead back to any of them, then one after the other comes to its
 * end, the youngest first: what lies on the stack of the task that created it is still
 * there. What a cleanup calls is refused, or forgotten below. */
static void unwind_tasks(struct async_loop *loop) {
    struct async_node *head = &loop->tasks;
    for (struct async_node *node = head->next; node != head; node = node->next) {
        async_circle_remove(&ASYNC_OF(node, struct async_task, member)->step);
    }
    struct async_loop *before = async_set_running_loop(loop);
    loop->fiber = (struct async_fiber){.stack = NULL};
    while (!async_circle_is_empty(head)) {
        async_task_unwind(ASYNC_OF(head->previous, struct async_task, member));
    }
    async_set_running_loop(before);
}

static void run_closers(struct async_loop *loop) {
    while (loop->closers) {
        struct async_closer *closer = loop->closers;
        loop->closers = closer->next;
        closer->close(closer);
    }
}

/* Close callbacks run in the next pass of libuv; a handle's may close another. */
static bool close_uv(struct async_loop *loop, struct async_error *error) {
    uv_close((uv_handle_t *)&loop->timer, NULL);
    uv_close((uv_handle_t *)&loop->waker, NULL);
    uv_close((uv_handle_t *)&loop->prepare, NULL);
    int status;
    for (int pass = 0; pass < 8; pass++) {
        uv_run(&loop->uv, UV_RUN_NOWAIT);
        status = uv_loop_close(&loop->uv);
        if (status == 0) {
            return true;
        }
    }
    return async_fail_with(error, ASYNC_RUNTIME,
                           "a libuv handle on the loop is still open; close it before "
                           "the loop");
}

bool async_loop_close(struct async_loop *loop, struct async_error *error) {
    if (!async_loop_check_process(loop, error)) {
        return false;
    }
    if (loop->is_running) {
        return async_fail_with(error, ASYNC_RUNTIME,
                               "Cannot close a running event loop");
    }
    if (loop->is_closed) {
        return true;
    }
    loop->references++; /* what is given back below may be the last of it */
    loop->is_closed = true;
    wait_for_senders(loop);
    discard_callbacks(loop);
    unwind_tasks(loop);
    run_closers(loop);
    discard_callbacks(loop);
    async_stacks_close(&loop->stacks);
    bool ok = close_uv(loop, error);
    deadlines_close(&loop->deadlines);
    async_loop_release(loop);
    return ok;
}

void async_loop_free(struct async_loop *loop) {
    if (!loop || !async_loop_close(loop, NULL)) {
        return; /* a handle of the user's still points into it, or it is the parent
                   process's: rather leak than dangle */
    }
    async_forget_event_loop(loop);
    async_loop_release(loop);
}

/* Callbacks that wait for their turn, for a time, or for a loop in another thread. */
#include "async/loop/event_loop.h"
#include "async/loop/check.h"

#include <stdlib.h>

static void run_handle(struct async_node *node) {
    struct async_handle *handle = ASYNC_OF(node, struct async_handle, node);
    async_callback *callback = handle->callback;
    void *argument = handle->argument;
    if (handle->is_owned) {
        free(handle);
    }
    callback(argument); /* the callback may use the storage again */
}

void async_handle_discard(struct async_node *node) {
    if (node->run == run_handle &&
        ASYNC_OF(node, struct async_handle, node)->is_owned) {
        free(ASYNC_OF(node, struct async_handle, node));
    }
}

static bool is_scheduled(const struct async_handle *handle) {
    return async_node_is_linked(&handle->node) || handle->deadline.position > 0;
}

/* Fills the caller's storage or, if that is NULL, storage of the library's own. Refuses
 * a handle that is scheduled, because overwriting it would break the line in which it
 * stands. */
static struct async_handle *fill(struct async_handle *handle, struct async_loop *loop,
                                 async_callback *callback, void *argument,
                                 struct async_error *error) {
    bool is_owned = !handle;
    if (is_owned) {
        handle = malloc(sizeof *handle);
        if (!handle) {
            async_fail_with(error, ASYNC_NO_MEMORY, "out of memory for a callback");
            return NULL;
        }
    } else if (is_scheduled(handle)) {
        async_fail_with(error, ASYNC_RUNTIME,
                        "the handle is scheduled already; cancel it first");
        return NULL;
    }
    *handle = (struct async_handle){
        .node = {.run = run_handle},
        .loop = loop,
        .callback = callback,
        .argument = argument,
        .is_owned = is_owned,
    };
    return handle;
}

bool async_call_soon(struct async_loop *loop, struct async_handle *handle,
                     async_callback *callback, void *argument,
                     struct async_error *error) {
    if (!async_loop_check(loop, error)) {
        return false;
    }
    handle = fill(handle, loop, callback, argument, error);
    if (handle) {
        async_loop_enqueue(loop, &handle->node);
    }
    return handle != NULL;
}

bool async_call_at(struct async_loop *loop, struct async_handle *handle,
                   int64_t when_ns, async_callback *callback, void *argument,
                   struct async_error *error) {
    if (!async_loop_check(loop, error)) {
        return false;
    }
    handle = fill(handle, loop, callback, argument, error);
    if (!handle) {
        return false;
    }
    if (!deadlines_add(&loop->deadlines, &handle->deadline, when_ns)) {
        async_handle_discard(&handle->node);
        return async_fail_with(error, ASYNC_NO_MEMORY, "out of memory for a deadline");
    }
    return true;
}

bool async_call_later(struct async_loop *loop, struct async_handle *handle,
                      int64_t delay_ns, async_callback *callback, void *argument,
                      struct async_error *error) {
    int64_t when_ns = 0;
    if (loop && __builtin_add_overflow(async_time_ns(loop), delay_ns, &when_ns)) {
        when_ns = delay_ns > 0 ? INT64_MAX : INT64_MIN;
    }
    return async_call_at(loop, handle, when_ns, callback, argument, error);
}

void async_handle_cancel(struct async_handle *handle) {
    async_circle_remove(&handle->node);
    if (handle->deadline.position > 0) {
        deadlines_remove(&handle->loop->deadlines, &handle->deadline);
    }
}

/* The loop's own thread may close the loop meanwhile. It waits for the threads that are
 * in here, and a thread that comes later sees that the loop is closed. */
bool async_call_soon_threadsafe(struct async_loop *loop, async_callback *callback,
                                void *argument, struct async_error *error) {
    if (!loop) {
        return async_loop_check_open(NULL, error);
    }
    atomic_fetch_add(&loop->senders, 1);
    bool ok = async_loop_check_open(loop, error);
    if (ok) {
        struct async_handle *handle = fill(NULL, loop, callback, argument, error);
        ok = handle != NULL;
        if (ok) {
            async_loop_send(handle);
        }
    }
    atomic_fetch_sub(&loop->senders, 1);
    return ok;
}

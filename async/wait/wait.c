/* Waits for some of many, or for one with a time limit. As CPython's _wait(),
 * wait_for() and _cancel_and_wait(). */
#include "async/loop/task_core.h"
#include "async/loop/argument.h"
#include "async/loop/refusal.h"
#include "async/waiting.h"

#include <stdlib.h>

/* -- async_wait() ------------------------------------------------------------------ */

struct waiting {
    struct async_awaitable waiter;
    size_t left;
    enum async_return_when return_when;
};

struct watch {
    struct async_node node;
    struct waiting *waiting;
    struct async_awaitable *future; /* retained */
};

static void wake(void *argument) {
    async_future_wake(argument, NULL);
}

static void on_one_done(struct async_node *node) {
    struct watch *watch = ASYNC_OF(node, struct watch, node);
    struct waiting *waiting = watch->waiting;
    waiting->left--;
    bool has_failed = watch->future->failure && !async_cancelled(watch->future);
    if (has_failed && waiting->return_when == ASYNC_FIRST_EXCEPTION) {
        watch->future->is_never_retrieved = false; /* CPython reads the error here */
    }
    if (waiting->left == 0 || waiting->return_when == ASYNC_FIRST_COMPLETED ||
        (waiting->return_when == ASYNC_FIRST_EXCEPTION && has_failed)) {
        async_future_wake(&waiting->waiter, NULL);
    }
}

static bool are_waitable(struct async_awaitable *const futures[], size_t count,
                         enum async_return_when return_when,
                         struct async_error *error) {
    if (count == 0) {
        return async_fail_with(error, ASYNC_INVALID_ARGUMENT,
                               "Set of Tasks/Futures is empty.");
    }
    if ((unsigned)return_when > ASYNC_ALL_COMPLETED) {
        return async_fail_with(error, ASYNC_INVALID_ARGUMENT,
                               "Invalid return_when value: %d; use one of enum "
                               "async_return_when",
                               (int)return_when);
    }
    for (size_t i = 0; i < count; i++) {
        if (!futures[i]) {
            return async_refusal_fail(error);
        }
        if (futures[i]->kind == &async_coroutine_kind) {
            return async_fail_with(
                error, ASYNC_INVALID_ARGUMENT,
                "Passing coroutines is forbidden, use tasks explicitly.");
        }
    }
    return true;
}

/* True: a future or the timer has woken it. */
static bool wait_for_one(struct waiting *waiting, int64_t timeout_ns,
                         struct async_error *error) {
    struct async_loop *loop = waiting->waiter.loop;
    struct async_handle timer = {.loop = loop};
    bool ok = timeout_ns == ASYNC_FOREVER ||
              async_call_later(loop, &timer, timeout_ns, wake, &waiting->waiter, error);
    ok = ok && async_await(&waiting->waiter, NULL, error);
    async_handle_cancel(&timer);
    return ok;
}

bool async_wait(struct async_awaitable *const futures[], size_t count,
                int64_t timeout_ns, enum async_return_when return_when,
                size_t *done_count, struct async_error *error) {
    if (!async_argument_list(count, error)) {
        return false;
    }
    struct async_awaitable *task = async_need_current_task("async_wait()", error);
    if (!task || !are_waitable(futures, count, return_when, error)) {
        async_give_up_all(futures, count);
        return false;
    }
    struct watch *watches = malloc(count * sizeof *watches);
    if (!watches) {
        return async_fail_with(error, ASYNC_NO_MEMORY,
                               "out of memory to wait for %zu futures", count);
    }
    struct waiting waiting = {.left = count, .return_when = return_when};
    async_future_open(&waiting.waiter, task->loop, "wait");
    for (size_t i = 0; i < count; i++) {
        watches[i] = (struct watch){.node = {.run = on_one_done},
                                    .waiting = &waiting,
                                    .future = async_retain(futures[i])};
        async_future_watch(futures[i], &watches[i].node);
    }
    bool ok = wait_for_one(&waiting, timeout_ns, error);
    size_t done = 0;
    for (size_t i = 0; i < count; i++) {
        done += async_done(futures[i]);
        async_circle_remove(&watches[i].node);
        async_release(watches[i].future);
    }
    async_future_close(&waiting.waiter);
    free(watches);
    if (ok && done_count) {
        *done_count = done;
    }
    return ok;
}

/* -- async_wait_for() -------------------------------------------------------------- */

struct one {
    struct async_node node;
    struct async_awaitable waiter;
};

static void on_done(struct async_node *node) {
    async_future_wake(&ASYNC_OF(node, struct one, node)->waiter, NULL);
}

static void one_open(struct one *one, struct async_awaitable *future) {
    one->node = (struct async_node){.run = on_done};
    async_future_open(&one->waiter, future->loop, async_get_name(future));
    async_future_watch(future, &one->node);
}

static void one_close(struct one *one) {
    async_circle_remove(&one->node);
    async_future_close(&one->waiter);
}

/* Cancels it and waits until it has ended, which may take a while. */
static bool cancel_and_wait(struct async_awaitable *future, struct async_error *error) {
    struct one one;
    one_open(&one, future);
    async_cancel(future);
    bool ok = async_await(&one.waiter, NULL, error);
    one_close(&one);
    return ok;
}

/* The result of an awaitable that was cancelled because the time was up: it may have
 * succeeded all the same. */
static bool result_after_timeout(struct async_awaitable *future, void **value,
                                 struct async_error *error) {
    struct async_error own;
    error = error ? error : &own;
    if (async_result(future, value, error)) {
        return true;
    }
    return error->kind == ASYNC_CANCELLED
               ? async_fail_with(error, ASYNC_TIMEOUT, "%s", "")
               : false;
}

static bool await_or_cancel(struct async_awaitable *future, int64_t timeout_ns,
                            void **value, struct async_error *error) {
    struct one one;
    struct async_error own;
    error = error ? error : &own;
    one_open(&one, future);
    struct async_handle timer = {.loop = future->loop};
    bool ok =
        async_call_later(future->loop, &timer, timeout_ns, wake, &one.waiter, error);
    ok = ok && async_await(&one.waiter, NULL, error);
    async_handle_cancel(&timer);
    one_close(&one);
    if (async_done(future) && (ok || error->kind == ASYNC_CANCELLED)) {
        return async_result(future, value, error);
    }
    if (ok) {
        return cancel_and_wait(future, error) &&
               result_after_timeout(future, value, error);
    }
    if (error->kind == ASYNC_CANCELLED) {
        struct async_error again; /* if it is cancelled again while it waits */
        if (!cancel_and_wait(future, &again)) {
            async_error_copy(error, &again);
        }
    }
    return false;
}

bool async_wait_for(struct async_awaitable *awaitable, int64_t timeout_ns, void **value,
                    struct async_error *error) {
    struct async_awaitable *task = async_need_current_task("async_wait_for()", error);
    if (!task) {
        async_give_up(awaitable);
        return false;
    }
    if (timeout_ns == ASYNC_FOREVER) {
        return async_await(awaitable, value, error);
    }
    struct async_awaitable *future = async_ensure_future(awaitable, task->loop);
    bool ok;
    if (future && timeout_ns > 0) {
        ok = await_or_cancel(future, timeout_ns, value, error);
    } else if (!future || async_done(future)) {
        ok = async_result(future, value, error);
    } else {
        ok = cancel_and_wait(future, error) &&
             result_after_timeout(future, value, error);
    }
    async_release(future);
    return ok;
}

/* A future: how it becomes done, how its callbacks are called, and the life of all
 * awaitables. */
#include "async/loop/task_core.h"
#include "async/loop/check.h"
#include "async/loop/error_kind.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A callback of the user. It stands in the circle of the future's callbacks, then in
 * the loop's ready line. */
struct done_callback {
    struct async_node node;
    struct async_awaitable *future;
    /* It holds the future only when it is scheduled, else the future could never
     * end. */
    bool holds;
    async_done_callback *callback;
    void *argument;
};

static void run_done_callback(struct async_node *node) {
    struct done_callback *done = ASYNC_OF(node, struct done_callback, node);
    done->callback(done->future, done->argument);
    async_release(done->future);
    free(done);
}

/* Drops nodes that will not run, and frees those that are the library's own storage. */
void async_loop_discard(struct async_node *line) {
    struct async_node *node;
    while ((node = async_circle_pop(line))) {
        if (node->run == run_done_callback) {
            struct done_callback *done = ASYNC_OF(node, struct done_callback, node);
            if (done->holds) {
                async_release(done->future);
            }
            free(done);
        } else {
            async_handle_discard(node);
        }
    }
}

static bool cancel_future(struct async_awaitable *future, const char *message);

const struct async_kind async_future_kind = {.name = "Future", .cancel = cancel_future};

void async_future_open(struct async_awaitable *future, struct async_loop *loop,
                       const char *label) {
    *future = (struct async_awaitable){
        .kind = &async_future_kind,
        .loop = loop,
        .references = 1,
        .is_on_stack = true,
        .label = label,
    };
    async_circle_open(&future->callbacks);
    async_loop_retain(loop);
}

struct async_awaitable *async_create_future(struct async_loop *loop) {
    loop = loop ? loop : async_get_running_loop();
    struct async_awaitable *future = loop ? malloc(sizeof *future) : NULL;
    if (!future) {
        return async_refuse(loop ? ASYNC_OUT_OF_MEMORY : ASYNC_NO_LOOP);
    }
    async_future_open(future, loop, NULL);
    future->is_on_stack = false;
    return future;
}

/* The future is done: its callbacks are called in the next turn, in the order of
 * adding. */
static void schedule_callbacks(struct async_awaitable *future) {
    struct async_node *head = &future->callbacks;
    if (future->loop->is_closed) {
        async_loop_discard(head);
        return;
    }
    for (struct async_node *node = head->next; node != head; node = node->next) {
        if (node->run == run_done_callback) {
            ASYNC_OF(node, struct done_callback, node)->holds = true;
            async_retain(future);
        }
    }
    async_circle_move(&future->loop->ready, head);
}

bool async_future_wake(struct async_awaitable *future, void *value) {
    if (future->state != ASYNC_PENDING) {
        return false;
    }
    future->state = ASYNC_FINISHED;
    future->value = value;
    schedule_callbacks(future);
    return true;
}

static const struct async_error out_of_memory = {
    .kind = ASYNC_NO_MEMORY, .message = "out of memory for an error"};

static const struct async_error *copy_error(const struct async_error *error) {
    struct async_error *copy = malloc(sizeof *copy);
    if (!copy) {
        return &out_of_memory;
    }
    async_error_copy(copy, error);
    return copy;
}

void async_failure_free(const struct async_error *failure) {
    if (failure != &out_of_memory) {
        free((void *)failure);
    }
}

bool async_future_break(struct async_awaitable *future,
                        const struct async_error *failure) {
    if (future->state != ASYNC_PENDING) {
        return false;
    }
    future->failure = copy_error(failure);
    future->state = ASYNC_FINISHED;
    future->is_never_retrieved = true;
    schedule_callbacks(future);
    return true;
}

static bool cancel_future(struct async_awaitable *future, const char *message) {
    future->state = ASYNC_WAS_CANCELLED;
    if (message && *message) {
        struct async_error error;
        async_fail_with(&error, ASYNC_CANCELLED, "%s", message);
        future->failure = copy_error(&error);
    }
    schedule_callbacks(future);
    return true;
}

bool async_cancel_with(struct async_awaitable *future, const char *message) {
    if (!future) {
        return false;
    }
    future->is_never_retrieved = false; /* asyncio's cancel() counts as reading it */
    if (future->state != ASYNC_PENDING || !future->kind->cancel) {
        return false;
    }
    return future->kind->cancel(future, message);
}

bool async_cancel(struct async_awaitable *future) {
    return async_cancel_with(future, NULL);
}

bool async_done(const struct async_awaitable *future) {
    return future && future->state != ASYNC_PENDING;
}

bool async_cancelled(const struct async_awaitable *future) {
    return future && future->state == ASYNC_WAS_CANCELLED;
}

bool async_result(struct async_awaitable *future, void **value,
                  struct async_error *error) {
    if (!future) {
        return async_refusal_fail(error);
    }
    if (future->state == ASYNC_PENDING) {
        return async_fail_with(error, ASYNC_INVALID_STATE, "Result is not ready.");
    }
    future->is_never_retrieved = false;
    if (future->failure) {
        return async_error_copy(error, future->failure);
    }
    if (future->state == ASYNC_WAS_CANCELLED) {
        return async_fail_with(error, ASYNC_CANCELLED, "%s", "");
    }
    if (value) {
        *value = future->value;
    }
    return true;
}

bool async_exception(struct async_awaitable *future, struct async_error *error) {
    return !async_result(future, NULL, error);
}

/* To set a future from another thread is the commonest mistake of all. */
static bool may_set(const struct async_awaitable *future, struct async_error *error) {
    return !future || !future->loop || async_loop_check_thread(future->loop, error);
}

static bool refuse_to_set(const struct async_awaitable *future, const char *operation,
                          struct async_error *error) {
    if (!future) {
        return async_refusal_fail(error);
    }
    if (future->kind != &async_future_kind) {
        return async_fail_with(error, ASYNC_RUNTIME, "%s does not support %s operation",
                               future->kind->name, operation);
    }
    return async_fail_with(error, ASYNC_INVALID_STATE, "invalid state: it is %s",
                           future->state == ASYNC_FINISHED ? "finished" : "cancelled");
}

bool async_set_result(struct async_awaitable *future, void *value,
                      struct async_error *error) {
    if (!may_set(future, error)) {
        return false;
    }
    bool ok = future && future->kind == &async_future_kind &&
              async_future_wake(future, value);
    return ok || refuse_to_set(future, "set_result", error);
}

bool async_set_exception(struct async_awaitable *future,
                         const struct async_error *exception,
                         struct async_error *error) {
    if (!exception || !async_is_error_kind(exception->kind)) {
        return async_fail_with(error, ASYNC_INVALID_ARGUMENT,
                               "the exception is no error; use async_set_result() to "
                               "succeed, or a kind of enum async_error_kind");
    }
    if (!may_set(future, error)) {
        return false;
    }
    bool ok = future && future->kind == &async_future_kind &&
              async_future_break(future, exception);
    return ok || refuse_to_set(future, "set_exception", error);
}

void async_node_remove(struct async_node *node) {
    async_circle_remove(node);
}

void async_future_watch(struct async_awaitable *future, struct async_node *node) {
    if (future->state == ASYNC_PENDING) {
        async_circle_append(&future->callbacks, node);
    } else {
        async_loop_enqueue(future->loop, node);
    }
}

bool async_add_done_callback(struct async_awaitable *future,
                             async_done_callback *callback, void *argument,
                             struct async_error *error) {
    if (!future) {
        return async_refusal_fail(error);
    }
    if (future->kind == &async_coroutine_kind) {
        return async_fail_with(error, ASYNC_INVALID_ARGUMENT,
                               "a coroutine has no callbacks; make a task of it");
    }
    bool is_pending = future->state == ASYNC_PENDING;
    if (!is_pending && !async_loop_check(future->loop, error)) {
        return false;
    }
    struct done_callback *done = malloc(sizeof *done);
    if (!done) {
        return async_fail_with(error, ASYNC_NO_MEMORY, "out of memory for a callback");
    }
    *done = (struct done_callback){.node = {.run = run_done_callback},
                                   .future = is_pending ? future : async_retain(future),
                                   .holds = !is_pending,
                                   .callback = callback,
                                   .argument = argument};
    async_future_watch(future, &done->node);
    return true;
}

size_t async_remove_done_callback(struct async_awaitable *future,
                                  async_done_callback *callback, void *argument) {
    size_t count = 0;
    struct async_node *head = future ? &future->callbacks : NULL;
    for (struct async_node *node = head ? head->next : NULL, *next; node != head;
         node = next) {
        next = node->next;
        struct done_callback *done = ASYNC_OF(node, struct done_callback, node);
        if (node->run == run_done_callback && done->callback == callback &&
            done->argument == argument) {
            async_circle_remove(node);
            free(done);
            count++;
        }
    }
    return count;
}

/* -- Owners, names, and the end ---------------------------------------------------- */

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

/* Ends an awaitable of any kind, except for its storage. If it is not done, no task
 * waits for it any more and no code can set it. */
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

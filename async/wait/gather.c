/* Runs many at once, with their results in the order given. As in CPython, a gather is
 * a future: to cancel it cancels the children, and the first failure ends it. */
#include "async/loop/task_core.h"
#include "async/loop/argument.h"
#include "async/loop/check.h"
#include "async/waiting.h"

#include <stdlib.h>

struct child {
    struct async_node node;
    struct gathering *gathering;
    struct async_awaitable *future; /* held */
};

struct gathering {
    struct async_awaitable awaitable; /* first: a gathering is an awaitable */
    struct async_outcome *outcomes;   /* its value; NULL: not all done, or not wanted */
    size_t count;
    size_t finished;
    bool return_exceptions;
    bool cancel_requested;
    bool is_awaited_here; /* by async_gather(), which reads the children itself */
    struct child children[];
};

static bool cancel_gathering(struct async_awaitable *awaitable, const char *message) {
    struct gathering *gathering = (struct gathering *)awaitable;
    bool any = false;
    for (size_t i = 0; i < gathering->count; i++) {
        any = async_cancel_with(gathering->children[i].future, message) || any;
    }
    gathering->cancel_requested = gathering->cancel_requested || any;
    return any;
}

static void destroy_gathering(struct async_awaitable *awaitable) {
    struct gathering *gathering = (struct gathering *)awaitable;
    for (size_t i = 0; i < gathering->count; i++) {
        struct child *child = &gathering->children[i];
        async_circle_remove(&child->node);
        if (awaitable->state != ASYNC_PENDING) {
            /* One failure was passed on; the others need no report. */
            child->future->hides_failure = true;
        }
        async_release(child->future);
    }
    free(gathering->outcomes);
}

static const struct async_kind gathering_kind = {.name = "_GatheringFuture",
                                                 .cancel = cancel_gathering,
                                                 .destroy = destroy_gathering};

static void read_outcomes(const struct gathering *gathering,
                          struct async_outcome outcomes[]) {
    for (size_t i = 0; i < gathering->count; i++) {
        outcomes[i].value = NULL;
        async_error_clear(&outcomes[i].error);
        async_result(gathering->children[i].future, &outcomes[i].value,
                     &outcomes[i].error);
    }
}

static void finish(struct gathering *gathering, struct async_awaitable *last) {
    struct async_awaitable *outer = &gathering->awaitable;
    struct async_error error = {.kind = ASYNC_CANCELLED};
    if (gathering->cancel_requested) {
        async_result(last, NULL, &error);
        error.kind = ASYNC_CANCELLED;
        async_future_break(outer, &error);
        return;
    }
    if (!gathering->is_awaited_here && gathering->count > 0) {
        gathering->outcomes = malloc(gathering->count * sizeof *gathering->outcomes);
        if (!gathering->outcomes) {
            async_fail_with(&error, ASYNC_NO_MEMORY, "out of memory for %zu outcomes",
                            gathering->count);
            async_future_break(outer, &error);
            return;
        }
        read_outcomes(gathering, gathering->outcomes);
    }
    async_future_wake(outer, gathering->outcomes);
}

static void on_child_done(struct async_node *node) {
    struct child *child = ASYNC_OF(node, struct child, node);
    struct gathering *gathering = child->gathering;
    struct async_awaitable *outer = &gathering->awaitable;
    gathering->finished++;
    if (outer->state != ASYNC_PENDING) {
        child->future->is_never_retrieved = false; /* one failure was passed on */
        return;
    }
    struct async_error error;
    if (!gathering->return_exceptions && async_exception(child->future, &error)) {
        async_future_break(outer, &error);
    } else if (gathering->finished == gathering->count) {
        child->future->is_never_retrieved = false;
        finish(gathering, child->future);
    }
}

/* Takes a child over. False: it could not be made, or belongs to another loop. */
static bool adopt(struct gathering *gathering, size_t index,
                  struct async_awaitable *awaitable, struct async_error *error) {
    bool is_new = awaitable && awaitable->kind == &async_coroutine_kind;
    struct async_awaitable *future =
        async_ensure_future(awaitable, gathering->awaitable.loop);
    if (!future) {
        return async_refusal_fail(error);
    }
    gathering->children[index] = (struct child){
        .node = {.run = on_child_done}, .gathering = gathering, .future = future};
    gathering->count = index + 1;
    future->hides_end = future->hides_end || is_new;
    if (future->loop != gathering->awaitable.loop) {
        return async_fail_with(error, ASYNC_INVALID_ARGUMENT,
                               "The future belongs to a different loop than the one "
                               "specified as the loop argument");
    }
    async_future_watch(future, &gathering->children[index].node);
    return true;
}

/* The loop of the first child that has one, as in asyncio; else the running loop. */
static struct async_loop *find_loop(struct async_awaitable *const awaitables[],
                                    size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (awaitables[i] && awaitables[i]->loop) {
            return awaitables[i]->loop;
        }
    }
    return async_get_running_loop();
}

static struct gathering *gather(struct async_awaitable *const awaitables[],
                                size_t count, bool return_exceptions) {
    if (!async_argument_list(count, NULL)) {
        async_refuse(ASYNC_TOO_MANY);
        return NULL;
    }
    struct async_loop *loop = find_loop(awaitables, count);
    enum async_refusal refusal = async_loop_refusal(loop);
    struct gathering *gathering =
        refusal == ASYNC_NOT_REFUSED
            ? malloc(sizeof *gathering + count * sizeof gathering->children[0])
            : NULL;
    if (!gathering) {
        async_refuse(refusal ? refusal : ASYNC_OUT_OF_MEMORY);
        async_give_up_all(awaitables, count);
        return NULL;
    }
    *gathering = (struct gathering){.return_exceptions = return_exceptions};
    async_future_open(&gathering->awaitable, loop, NULL);
    gathering->awaitable.kind = &gathering_kind;
    gathering->awaitable.is_on_stack = false;
    struct async_error error;
    for (size_t i = 0; i < count; i++) {
        if (!adopt(gathering, i, awaitables[i], &error)) {
            async_future_break(&gathering->awaitable, &error);
            async_give_up_all(awaitables + i + 1, count - i - 1);
            break;
        }
    }
    if (count == 0) {
        finish(gathering, NULL);
    }
    return gathering;
}

struct async_awaitable *async_gather_future(struct async_awaitable *const awaitables[],
                                            size_t count, bool return_exceptions) {
    struct gathering *gathering = gather(awaitables, count, return_exceptions);
    return gathering ? &gathering->awaitable : NULL;
}

bool async_gather(struct async_awaitable *const awaitables[], size_t count,
                  bool return_exceptions, struct async_outcome outcomes[],
                  struct async_error *error) {
    if (!async_argument_list(count, error)) {
        return false;
    }
    if (!async_need_current_task("async_gather()", error)) {
        async_give_up_all(awaitables, count);
        return false;
    }
    struct gathering *gathering = gather(awaitables, count, return_exceptions);
    if (!gathering) {
        return async_refusal_fail(error);
    }
    gathering->is_awaited_here = true;
    bool ok = async_await(&gathering->awaitable, NULL, error);
    if (ok && outcomes) {
        read_outcomes(gathering, outcomes);
    }
    async_release(&gathering->awaitable);
    return ok;
}

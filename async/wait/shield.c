/* Waits for an awaitable that goes on if the task that waits is cancelled. As CPython's
 * shield(). */
#include "async/loop/task_core.h"
#include "async/loop/refusal.h"
#include "async/waiting.h"

#include <stdlib.h>

struct shield {
    struct async_awaitable outer;  /* first: a shield is an awaitable */
    struct async_awaitable *inner; /* held */
    struct async_node inner_node;
    struct async_node outer_node;
};

static void on_inner_done(struct async_node *node) {
    struct shield *shield = ASYNC_OF(node, struct shield, inner_node);
    struct async_awaitable *inner = shield->inner;
    if (async_cancelled(&shield->outer)) {
        inner->is_never_retrieved = false;
        return;
    }
    struct async_error error;
    void *value = NULL;
    if (async_cancelled(inner)) {
        async_cancel(&shield->outer);
    } else if (async_result(inner, &value, &error)) {
        async_future_wake(&shield->outer, value);
    } else {
        async_future_break(&shield->outer, &error);
    }
}

static void on_outer_done(struct async_node *node) {
    struct shield *shield = ASYNC_OF(node, struct shield, outer_node);
    if (!async_done(shield->inner)) {
        async_circle_remove(&shield->inner_node);
    }
}

static void destroy_shield(struct async_awaitable *awaitable) {
    struct shield *shield = (struct shield *)awaitable;
    async_circle_remove(&shield->inner_node);
    async_circle_remove(&shield->outer_node);
    async_release(shield->inner);
}

static bool cancel_shield(struct async_awaitable *awaitable, const char *message) {
    return async_future_kind.cancel(awaitable, message);
}

static const struct async_kind shield_kind = {
    .name = "Future", .cancel = cancel_shield, .destroy = destroy_shield};

struct async_awaitable *async_shield_future(struct async_awaitable *awaitable) {
    struct async_awaitable *inner = async_ensure_future(awaitable, NULL);
    if (!inner || async_done(inner)) {
        return inner;
    }
    struct shield *shield = malloc(sizeof *shield);
    if (!shield) {
        async_release(inner);
        return async_refuse(ASYNC_OUT_OF_MEMORY);
    }
    *shield = (struct shield){.inner = inner,
                              .inner_node = {.run = on_inner_done},
                              .outer_node = {.run = on_outer_done}};
    async_future_open(&shield->outer, inner->loop, "shield");
    shield->outer.kind = &shield_kind;
    shield->outer.is_on_stack = false;
    async_future_watch(inner, &shield->inner_node);
    async_future_watch(&shield->outer, &shield->outer_node);
    return &shield->outer;
}

bool async_shield(struct async_awaitable *awaitable, void **value,
                  struct async_error *error) {
    if (!async_need_current_task("async_shield()", error)) {
        async_give_up(awaitable);
        return false;
    }
    struct async_awaitable *outer = async_shield_future(awaitable);
    bool ok = async_await(outer, value, error);
    async_release(outer);
    return ok;
}

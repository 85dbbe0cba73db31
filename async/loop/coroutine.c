/* A coroutine: a function and its argument, before the function begins. */
#include "async/loop/task_core.h"
#include "async/loop/argument.h"
#include "async/loop/refusal.h"

#include <stdlib.h>
#include <string.h>

static void destroy_coroutine(struct async_awaitable *awaitable);

const struct async_kind async_coroutine_kind = {.name = "coroutine",
                                                .destroy = destroy_coroutine};

static size_t round_up(size_t bytes) {
    return (bytes + _Alignof(max_align_t) - 1) & ~(_Alignof(max_align_t) - 1);
}

struct async_awaitable *async_coroutine_at(async_function *function, void *argument,
                                           size_t copy_bytes, const char *name,
                                           const char *file, int line) {
    if (copy_bytes > PTRDIFF_MAX) {
        return async_refuse(ASYNC_NEGATIVE_SIZE);
    }
    size_t own_bytes = round_up(sizeof(struct async_task));
    struct async_task *coroutine =
        copy_bytes <= PTRDIFF_MAX - own_bytes ? malloc(own_bytes + copy_bytes) : NULL;
    if (!coroutine) {
        return async_refuse(ASYNC_OUT_OF_MEMORY);
    }
    *coroutine = (struct async_task){
        .awaitable = {.kind = &async_coroutine_kind, .references = 1},
        .function = function,
        .argument = argument,
        .function_name = name,
        .file = file,
        .line = line,
    };
    async_circle_open(&coroutine->awaitable.callbacks);
    if (copy_bytes > 0) {
        coroutine->argument = (char *)coroutine + own_bytes;
        memcpy(coroutine->argument, argument, copy_bytes);
    }
    return &coroutine->awaitable;
}

/* To make a coroutine and forget it is a mistake that is easy to overlook, so debug
 * mode reports it. */
static void destroy_coroutine(struct async_awaitable *awaitable) {
    struct async_task *coroutine = (struct async_task *)awaitable;
    struct async_loop *loop = async_get_running_loop();
    if (coroutine->has_ended || !loop || !loop->is_debug) {
        return;
    }
    char message[248];
    snprintf(message, sizeof message, "coroutine '%s' was never awaited (%s:%d)",
             coroutine->function_name, coroutine->file, coroutine->line);
    async_call_exception_handler(
        loop, &(struct async_report){.kind = ASYNC_REPORT_NEVER_AWAITED,
                                     .message = message,
                                     .awaitable = awaitable});
}

void async_give_up(struct async_awaitable *awaitable) {
    if (awaitable && awaitable->kind == &async_coroutine_kind) {
        async_release(awaitable);
    }
}

/* An awaitable may stand there several times. It is released at its last place, because
 * it is not read after that. A coroutine has no number yet, so that field counts its
 * places. */
void async_give_up_all(struct async_awaitable *const awaitables[], size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (awaitables[i] && awaitables[i]->kind == &async_coroutine_kind) {
            ((struct async_task *)awaitables[i])->number++;
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (awaitables[i] && awaitables[i]->kind == &async_coroutine_kind &&
            --((struct async_task *)awaitables[i])->number == 0) {
            async_release(awaitables[i]);
        }
    }
}

bool async_coroutine_call(struct async_task *coroutine, void **value,
                          struct async_error *error) {
    void *own_value = NULL;
    struct async_error own_error;
    error = error ? error : &own_error;
    error->kind = ASYNC_OK;
    coroutine->has_ended = true; /* it has begun, so it counts as awaited */
    bool ok = coroutine->function(coroutine->argument, &own_value, error);
    if (ok && value) {
        *value = own_value;
    }
    if (!ok) {
        async_argument_failure(coroutine->function_name, error);
    }
    async_release(&coroutine->awaitable);
    return ok;
}

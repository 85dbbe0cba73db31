/* A task: how it begins, runs step by step, and ends. Its function runs on its own
 * stack; the loop's part of the work runs on the loop's stack. The turns are those of
 * CPython's Task.__step(). */
#include "async/loop/task_core.h"
#include "async/loop/argument.h"
#include "async/loop/check.h"

#include "async/loop/overflow.h"

#include <stdlib.h>
#include <string.h>

static const char closed_message[] = "the event loop was closed";

static bool cancel_task(struct async_awaitable *awaitable, const char *message);
static void destroy_task(struct async_awaitable *awaitable);
static void run_step(struct async_node *node);

const struct async_kind async_task_kind = {
    .name = "Task", .cancel = cancel_task, .destroy = destroy_task};

struct async_task *async_task_of(struct async_awaitable *awaitable) {
    return awaitable && awaitable->kind == &async_task_kind
               ? (struct async_task *)awaitable
               : NULL;
}

struct async_task *async_task_of_step(struct async_node *node) {
    return node->run == run_step ? ASYNC_OF(node, struct async_task, step) : NULL;
}

struct async_awaitable *async_loop_create_task(struct async_loop *loop,
                                               struct async_awaitable *coroutine) {
    if (!coroutine) {
        return NULL; /* the reason is noted already */
    }
    if (coroutine->kind != &async_coroutine_kind) {
        return async_refuse(ASYNC_NO_COROUTINE);
    }
    enum async_refusal refusal = async_loop_refusal(loop);
    if (refusal != ASYNC_NOT_REFUSED) {
        async_release(coroutine);
        return async_refuse(refusal);
    }
    struct async_task *task = (struct async_task *)coroutine;
    task->awaitable.kind = &async_task_kind;
    task->awaitable.loop = loop;
    task->awaitable.references = 2; /* the caller's, and the loop's until it is done */
    async_loop_retain(loop);
    task->number = ++loop->task_count;
    task->step.run = run_step;
    async_circle_append(&loop->tasks, &task->member);
    async_loop_enqueue(loop, &task->step);
    return coroutine;
}

struct async_awaitable *async_create_task(struct async_awaitable *coroutine) {
    return async_loop_create_task(async_get_running_loop(), coroutine);
}

struct async_awaitable *async_ensure_future(struct async_awaitable *awaitable,
                                            struct async_loop *loop) {
    if (!awaitable || awaitable->kind != &async_coroutine_kind) {
        return async_retain(awaitable);
    }
    return async_loop_create_task(loop ? loop : async_get_running_loop(), awaitable);
}

static void destroy_task(struct async_awaitable *awaitable) {
    free(((struct async_task *)awaitable)->cancel_message);
}

/* -- Cancelling -------------------------------------------------------------------- */

static bool cancel_task(struct async_awaitable *awaitable, const char *message) {
    struct async_task *task = (struct async_task *)awaitable;
    task->cancels_requested++;
    if (task->waiting_for && async_cancel_with(task->waiting_for, message)) {
        return true;
    }
    task->must_cancel = true;
    free(task->cancel_message);
    task->cancel_message = message ? strdup(message) : NULL;
    return true;
}

int async_cancelling(const struct async_awaitable *task) {
    return task && task->kind == &async_task_kind
               ? ((const struct async_task *)task)->cancels_requested
               : 0;
}

int async_uncancel(struct async_awaitable *awaitable) {
    struct async_task *task = async_task_of(awaitable);
    if (!task) {
        return 0;
    }
    if (task->cancels_requested > 0 && --task->cancels_requested == 0) {
        task->must_cancel = false; /* as from CPython 3.13 on */
    }
    return task->cancels_requested;
}

/* -- On the task's stack ----------------------------------------------------------- */

static void run_function(void *argument) {
    struct async_task *task = argument;
    struct async_error error;
    error.kind = ASYNC_OK;
    error.message[0] = '\0';
    task->ok = task->function(task->argument, &task->ending_value, &error);
    if (!task->ok) {
        async_argument_failure(task->function_name, &error);
    }
    task->ending_error = &error;
    task->has_ended = true;
    async_fiber_leave(&task->fiber, &task->awaitable.loop->fiber);
}

static bool is_interrupted(struct async_task *task, struct async_error *error) {
    if (task->awaitable.loop->is_closed) {
        async_fail_with(error, ASYNC_CLOSED, closed_message);
        return true;
    }
    if (task->must_cancel) {
        task->must_cancel = false;
        async_fail_with(error, ASYNC_CANCELLED, "%s",
                        task->cancel_message ? task->cancel_message : "");
        return true;
    }
    return false;
}

/* The fiber that runs next: the next node of the batch, if it is a task that has begun,
 * else the loop. The loop would only switch to that task: two switches instead of
 * one. */
static struct async_fiber *next_fiber(struct async_loop *loop) {
    struct async_node *node = loop->batch.next;
    if (node == &loop->batch || node->run != run_step || loop->is_debug) {
        return &loop->fiber;
    }
    struct async_task *next = ASYNC_OF(node, struct async_task, step);
    if (!next->fiber.stack) {
        return &loop->fiber;
    }
    async_circle_remove(node);
    loop->calls++;
    loop->current = next;
    return &next->fiber;
}

bool async_task_suspend(struct async_task *task, struct async_error *error) {
    if (async_fiber_has_overflowed(&task->fiber)) {
        async_overflow_die(task);
    }
    struct async_fiber *next = next_fiber(task->awaitable.loop);
    if (next != &task->fiber) {
        async_fiber_switch(&task->fiber, next);
    }
    task->waiting_for = NULL;
    return !is_interrupted(task, error);
}

bool async_task_yield(struct async_task *task, struct async_error *error) {
    if (task->awaitable.loop->is_closed) {
        return !is_interrupted(task, error);
    }
    async_loop_enqueue(task->awaitable.loop, &task->step);
    return async_task_suspend(task, error);
}

/* -- On the loop's stack ----------------------------------------------------------- */

static void end(struct async_task *task) {
    struct async_awaitable *awaitable = &task->awaitable;
    struct async_loop *loop = awaitable->loop;
    async_circle_remove(&task->member);
    if (loop->is_closed) {
        /* no callback is called any more: it stays pending, as in asyncio */
    } else if (task->ok && !task->must_cancel) {
        async_future_wake(awaitable, task->ending_value);
    } else if (task->ok) {
        async_future_kind.cancel(awaitable, task->cancel_message);
    } else if (task->ending_error->kind == ASYNC_CANCELLED) {
        async_future_kind.cancel(awaitable, task->ending_error->message);
    } else {
        async_future_break(awaitable, task->ending_error);
    }
    task->must_cancel = false;
    if (task->fiber.stack) {
        async_stack_give_back(&loop->stacks, task->fiber.stack);
        task->fiber.stack = NULL;
    }
    async_release(awaitable);
}

/* False: the task ends without having begun, because it was cancelled or there is no
 * stack for it. */
static bool begin(struct async_task *task) {
    struct async_error error;
    struct async_stack *stack = NULL;
    if (!is_interrupted(task, &error)) {
        stack = async_stack_take(&task->awaitable.loop->stacks, &error);
    }
    if (!stack) {
        task->ending_error = &error;
        task->has_ended = true;
        end(task);
        return false;
    }
    async_fiber_make(&task->fiber, stack, run_function, task);
    return true;
}

/* Returns when this task has ended, or one that it has switched to, or when the next
 * node of the batch is not a task that has begun. */
static void resume(struct async_task *task) {
    struct async_loop *loop = task->awaitable.loop;
    loop->current = task;
    async_fiber_switch(&loop->fiber, &task->fiber);
    task = loop->current;
    loop->current = NULL;
    if (task->has_ended) {
        end(task);
    }
}

static void run_step(struct async_node *node) {
    struct async_task *task = ASYNC_OF(node, struct async_task, step);
    if (task->fiber.stack || begin(task)) {
        resume(task);
    }
}

void async_task_unwind(struct async_task *task) {
    if (!task->awaitable.hides_end) {
        async_call_exception_handler(
            task->awaitable.loop,
            &(struct async_report){.kind = ASYNC_REPORT_DESTROYED,
                                   .message = "Task was destroyed but it is pending!",
                                   .awaitable = &task->awaitable});
    }
    if (task->fiber.stack) {
        resume(task); /* every wait fails, so it ends */
    } else {
        async_circle_remove(&task->member);
        async_release(&task->awaitable);
    }
}

struct async_awaitable *async_current_task(void) {
    struct async_loop *loop = async_get_running_loop();
    return loop && loop->current ? &loop->current->awaitable : NULL;
}

struct async_awaitable *async_need_current_task(const char *function,
                                                struct async_error *error) {
    struct async_awaitable *task = async_current_task();
    if (!task) {
        async_fail_with(error, ASYNC_RUNTIME,
                        "%s was called outside a task; start one with async_run()",
                        function);
    } else if (task->loop->is_closed) {
        async_fail_with(error, ASYNC_CLOSED, closed_message);
        return NULL;
    }
    return task;
}

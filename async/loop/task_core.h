/* A coroutine. async_create_task() makes it a task in place, without another
 * allocation. */
#ifndef SIMUL_ASYNC_LOOP_TASK_CORE_H
#define SIMUL_ASYNC_LOOP_TASK_CORE_H

#include "async/loop/event_loop.h"

struct async_task {
    struct async_awaitable awaitable; /* first: a task is an awaitable */
    async_function *function;
    void *argument;
    const char *function_name;
    const char *file;
    int line;

    /* Only a task uses the fields below. */
    int cancels_requested;
    bool must_cancel; /* a cancellation is due at its next step */
    bool has_ended;   /* its function has returned: ok and ending_* are valid */
    bool ok;
    uint8_t refusal; /* enum async_refusal: why it got NULL instead of an awaitable */
    void *ending_value;
    struct async_error *ending_error; /* on its stack */
    char *cancel_message;             /* owned; may be NULL */
    struct async_node step;           /* ready, or among the callbacks of waiting_for */
    struct async_node member;         /* of the loop's tasks, while it is not done */
    struct async_awaitable *waiting_for; /* NULL: ready, or running */
    struct async_fiber fiber;            /* fiber.stack NULL: not begun, or done */
    uint64_t number;
};

extern const struct async_kind async_coroutine_kind;
extern const struct async_kind async_future_kind;
extern const struct async_kind async_task_kind;

/* Returns the awaitable as a task; NULL if it is not one. */
struct async_task *async_task_of(struct async_awaitable *awaitable);

/* The task that the node resumes (its field `step`); NULL: the node is no task's. */
struct async_task *async_task_of_step(struct async_node *node);

/* Suspends the current task until its step runs. False: the task was cancelled
 * (ASYNC_CANCELLED), or its loop was closed (ASYNC_CLOSED). */
bool async_task_suspend(struct async_task *task, struct async_error *error);

/* Suspends the task while all other ready tasks have one turn. */
bool async_task_yield(struct async_task *task, struct async_error *error);

/* Resumes a task of a closed loop until it ends. All its waits fail now. */
void async_task_unwind(struct async_task *task);

/* Calls a coroutine's function and releases the coroutine. */
bool async_coroutine_call(struct async_task *coroutine, void **value,
                          struct async_error *error);

#endif

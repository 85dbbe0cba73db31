/* The struct of a loop, for the library's own files; not installed. */
#ifndef SIMUL_ASYNC_LOOP_EVENT_LOOP_H
#define SIMUL_ASYNC_LOOP_EVENT_LOOP_H

#include "async/loop/circle.h"
#include "async/loop/core.h"
#include "async/stack/fiber.h"

#include <pthread.h>
#include <stdatomic.h>
#include <uv.h>

struct async_task;

struct async_loop {
    uv_loop_t uv;
    uv_poll_t timer; /* watches the deadlines' descriptor */
    uv_async_t waker;
    uv_prepare_t prepare; /* called before libuv sleeps */
    struct deadlines deadlines;
    struct async_node ready;               /* nodes of the next turn */
    struct async_node batch;               /* nodes that are left of this turn */
    _Atomic(struct async_handle *) remote; /* from other threads, the newest first */
    atomic_size_t senders;                 /* threads in async_call_soon_threadsafe() */
    struct async_node tasks;               /* all tasks that are not done */
    struct async_task *current;
    struct async_closer *closers;
    struct async_node
        made; /* of the thread that owns it; in no circle: another owner */
    struct async_fiber fiber; /* the thread's own stack, while the loop runs */
    struct async_stacks stacks;
    uint64_t task_count; /* tasks created so far; numbers their names */
    size_t references;   /* one for each task and future, and one for the owner */
    int turns_unpolled;  /* turns since descriptors were looked at */
    size_t calls;        /* nodes called in this turn */
    bool is_stopping;
    bool is_running;
    bool is_debug;
    bool is_virtual;
    atomic_bool is_closed;
    bool is_uv_closed; /* false in a closed loop: a handle of the user's is open */
    pthread_t thread;  /* valid while it is running */
    pid_t process;     /* made the loop; its forked children must not use the loop */
    int64_t virtual_ns;
    int64_t slow_callback_ns;
    /* Calls a node and reports it if it is slow; NULL: not in debug mode. */
    void (*call_watched)(struct async_loop *loop, struct async_node *node);
    async_exception_handler *exception_handler; /* NULL: the default */
    void *exception_context;
    async_exception_handler *default_exception_handler;
};

/* Runs one turn: calls all nodes that are ready, after the timers that are due. Waits
 * if no node is ready. */
void async_loop_turn(struct async_loop *loop);

/* Runs turns until the loop is stopped, as this thread's running loop. */
void async_loop_run(struct async_loop *loop);

/* Adds and removes one owner; the last one frees the struct. */
void async_loop_retain(struct async_loop *loop);
void async_loop_release(struct async_loop *loop);

/* Makes the loop call handle->node.run in its next turn. Any thread may call this. It
 * cannot fail, because the storage is the caller's (async_call_soon_threadsafe()
 * allocates it). */
void async_loop_send(struct async_handle *handle);

/* Moves to the ready line the nodes that other threads have sent. */
void async_loop_receive(struct async_loop *loop);

/* Free nodes that will not be called any more. async_loop_discard() empties a line of
 * nodes. async_handle_discard() takes one node, which must not be a done-callback; it
 * frees a handle only if the library allocated it. */
void async_loop_discard(struct async_node *line);
void async_handle_discard(struct async_node *node);

/* Sets the loop that runs in this thread. Returns the one that ran before. */
struct async_loop *async_set_running_loop(struct async_loop *loop);

/* The default exception handler: writes to stderr, as asyncio's logger does. */
void async_print_report(struct async_loop *loop, const struct async_report *report,
                        void *context);

#endif

/* The inner side of awaitables and loops, for the library's own files; not installed. A
 * task waits for a future that lies on its own stack, so no hot path allocates:
 *
 *   struct async_awaitable waiter;
 *   async_future_open(&waiter, loop, "lock");       // the name in async_describe()
 *   add_to_my_line(&waiter);
 *   bool ok = async_await(&waiter, NULL, error);    // until async_future_wake()
 *   remove_from_my_line(&waiter);
 *   async_future_close(&waiter); */
#ifndef SIMUL_ASYNC_LOOP_CORE_H
#define SIMUL_ASYNC_LOOP_CORE_H

#include "async/awaitable.h"
#include "async/loop.h"

/* The differences between a coroutine, a future, a task, and the future of a gather. */
struct async_kind {
    const char *name; /* "Future": as asyncio's repr() prints it */
    /* Cancels an awaitable that is not done. NULL: it cannot be cancelled. */
    bool (*cancel)(struct async_awaitable *awaitable, const char *message);
    /* Frees the parts that only this kind has, not the storage. May be NULL. */
    void (*destroy)(struct async_awaitable *awaitable);
};

enum async_state { ASYNC_PENDING, ASYNC_FINISHED, ASYNC_WAS_CANCELLED };

struct async_awaitable {
    const struct async_kind *kind;
    struct async_loop *loop; /* holds one reference to it; NULL: a coroutine */
    uint32_t references;
    uint8_t state;           /* enum async_state */
    bool is_never_retrieved; /* it has failed, and its error was not read yet */
    bool hides_failure;      /* its failure needs no report */
    bool hides_end;          /* needs no report if the loop is closed before it ends */
    bool is_on_stack;        /* its owner closes it; it is not freed */
    void *value;             /* valid: ASYNC_FINISHED without failure */
    /* Owned; if it was cancelled: the message, or NULL. */
    const struct async_error *failure;
    struct async_node callbacks; /* head of a circle, in the order of adding */
    const char *label;           /* its purpose: "sleep"; static; may be NULL */
    char *name;                  /* owned; NULL: not set */
};

/* -- Futures in the storage of the task that waits --------------------------------- */

/* Makes a pending future. `label` is kept as a pointer. Never fails. */
void async_future_open(struct async_awaitable *future, struct async_loop *loop,
                       const char *label);
/* Ends a future on a stack, as async_release() ends one on the heap. No task may wait
 * for it any more. */
void async_future_close(struct async_awaitable *future);

/* Sets the result, unless the future is done already. Returns true if it was pending.
 * Cannot fail in another way. */
bool async_future_wake(struct async_awaitable *future, void *value);

/* Sets a failure, which is copied, unless the future is done already. Returns true if
 * it was pending. */
bool async_future_break(struct async_awaitable *future,
                        const struct async_error *failure);

void async_failure_free(const struct async_error *failure);

/* Adds and removes a node. The loop runs it once, in the turn after the future is done,
 * or in the next turn if it is done already: async_add_done_callback() without its
 * allocation. The owner of the node makes sure that the future lives until then. */
void async_future_watch(struct async_awaitable *future, struct async_node *node);
void async_node_remove(struct async_node *node);

/* -- Loop and tasks ---------------------------------------------------------------- */

/* The running loop; NULL with ASYNC_RUNTIME "no running event loop". */
struct async_loop *async_need_running_loop(struct async_error *error);

/* The current task, for functions that may wait. NULL with ASYNC_RUNTIME and the name
 * of the function that needs a task; NULL with ASYNC_CLOSED if the task's loop is
 * closed, so that the task can only clean up. */
struct async_awaitable *async_need_current_task(const char *function,
                                                struct async_error *error);

/* Ends a coroutine that was given away and cannot be used. Other kinds are left
 * alone. */
void async_give_up(struct async_awaitable *awaitable);

/* The same for a list, in which an awaitable may stand several times. */
void async_give_up_all(struct async_awaitable *const awaitables[], size_t count);

/* The loop runs the node in its next turn, in the order of adding. The node must not
 * stand in another line. */
void async_loop_enqueue(struct async_loop *loop, struct async_node *node);

/* `close` is called once when the loop closes, before libuv's loop does; the closer
 * that was added last comes first. It ends handles and threads of streams, signals,
 * executors, and must not run callbacks. */
struct async_closer {
    struct async_closer *next;
    void (*close)(struct async_closer *closer);
};
void async_loop_add_closer(struct async_loop *loop, struct async_closer *closer);

#endif

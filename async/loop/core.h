/* What stands behind the handles, for the library's own files; not installed. A waiter
 * is a future on the stack of the task that waits: no hot path allocates.
 *
 *   struct async_awaitable waiter;
 *   async_future_open(&waiter, loop, "lock");       // the name in async_describe()
 *   add_to_my_line(&waiter);
 *   bool ok = async_await(&waiter, NULL, error);    // another: async_future_wake()
 *   remove_from_my_line(&waiter);
 *   async_future_close(&waiter); */
#ifndef SIMUL_ASYNC_LOOP_CORE_H
#define SIMUL_ASYNC_LOOP_CORE_H

#include "async/awaitable.h"
#include "async/loop.h"

/* What differs between a coroutine, a future, a task, and gather's future. */
struct async_kind {
    const char *name; /* "Future": as asyncio's repr() has it */
    /* Of what is not done. Gives back what is the kind's own, not the storage. */
    bool (*cancel)(struct async_awaitable *awaitable, const char *message);
    void (*destroy)(struct async_awaitable *awaitable);
};

enum async_state { ASYNC_PENDING, ASYNC_FINISHED, ASYNC_WAS_CANCELLED };

struct async_awaitable {
    const struct async_kind *kind;
    struct async_loop *loop; /* holds one reference to it; NULL: a coroutine */
    uint32_t references;
    uint8_t state;           /* enum async_state */
    bool is_never_retrieved; /* failed, and nobody has asked yet */
    bool hides_failure;      /* nobody has to be told of it */
    bool hides_end;          /* nor of this task's, where the loop is closed under it */
    bool is_on_stack;        /* nobody frees it: its owner closes it */
    void *value;             /* ASYNC_FINISHED without failure */
    const struct async_error
        *failure;                /* owned; of a cancelled one: its message, or NULL */
    struct async_node callbacks; /* head of a circle, in the order of adding */
    const char *label;           /* what it stands for: "sleep"; static; may be NULL */
    char *name;                  /* owned; NULL: not set */
};

/* -- Futures in the storage of who waits ------------------------------------------ */

/* Pending. `label` is kept as a pointer. Never fails. */
void async_future_open(struct async_awaitable *future, struct async_loop *loop,
                       const char *label);
/* What async_release() would do for one of the heap; nobody may still wait for it. */
void async_future_close(struct async_awaitable *future);

/* A result, unless it is done; true: it was not. Cannot fail otherwise. */
bool async_future_wake(struct async_awaitable *future, void *value);

/* Done with an error that is copied, or cancelled; unless it is done. */
bool async_future_break(struct async_awaitable *future,
                        const struct async_error *failure);

void async_failure_free(const struct async_error *failure);

/* Adds and removes a node that is run, once, when the future is done: what
 * async_add_done_callback() does without its allocation. The node's owner sees to it
 * that the future lives until then. */
void async_future_watch(struct async_awaitable *future, struct async_node *node);
void async_node_remove(struct async_node *node);

/* -- Loop and tasks --------------------------------------------------------------- */

/* The running loop; NULL with ASYNC_RUNTIME "no running event loop". */
struct async_loop *async_need_running_loop(struct async_error *error);

/* The current task, for what may wait; NULL with ASYNC_RUNTIME, naming the function
 * that needs one, or with ASYNC_CLOSED: its loop is closed, so it only cleans up. */
struct async_awaitable *async_need_current_task(const char *function,
                                                struct async_error *error);

/* A coroutine that was given away and cannot be used: ends it. Others are left alone.
 */
void async_give_up(struct async_awaitable *awaitable);

/* The same for a list, in which one may stand several times. */
void async_give_up_all(struct async_awaitable *const awaitables[], size_t count);

/* At the next turn, in order; a node that already stands somewhere must not. */
void async_loop_enqueue(struct async_loop *loop, struct async_node *node);

/* Called once when the loop closes, before libuv's loop does, last added first: for
 * handles and threads of streams, signals, executors. They may run no callbacks. */
struct async_closer {
    struct async_closer *next;
    void (*close)(struct async_closer *closer);
};
void async_loop_add_closer(struct async_loop *loop, struct async_closer *closer);

#endif

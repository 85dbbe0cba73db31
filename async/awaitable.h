/* What can be awaited. There are three kinds, and one type for all of them, so that
 * every function and every array takes any:
 *
 *   coroutine  a function and its argument. It does nothing until it is awaited or made
 *              a task; awaited, it runs inside the task that awaits it.
 *   task       a coroutine that runs by itself, on its own stack, beside the others
 *   future     a result that somebody will set
 *
 * Who owns what. A coroutine is given away: to async_await(), to async_create_task(),
 * to whatever else takes it, even where that fails. A task or a future is yours until
 * you async_release() it; who awaits, gathers or cancels it only borrows it. A task
 * runs to its end whether it is held or not: async_release(async_create_task(...))
 * starts one and forgets it. A NULL (out of memory) may be passed on to any function
 * here: awaiting it fails with ASYNC_NO_MEMORY.
 *
 * All of it belongs to one loop and to that loop's thread. */
#ifndef SIMUL_ASYNC_AWAITABLE_H
#define SIMUL_ASYNC_AWAITABLE_H

#include "async/error.h"

#include <stddef.h>
#include <stdint.h>

struct async_awaitable;
struct async_loop;

/* A coroutine function. True: done, with *value as its result (NULL before it is set;
 * the library never looks at it and never frees it). False: failed with *error, or, of
 * kind ASYNC_CANCELLED, cancelled. Neither pointer is ever NULL. */
typedef bool async_function(void *argument, void **value, struct async_error *error);

/* -- Coroutines -------------------------------------------------------------------- */

/* `say_after(1, "One")`: a coroutine object. The argument is the caller's and has to
 * live as long as the coroutine runs. */
#define async_coroutine(function, argument)                                            \
    async_coroutine_at((function), (void *)(argument), 0, #function, __FILE__, __LINE__)

/* The same with a copy of *argument, which lives and dies with the coroutine: for a
 * task that may outlive the caller's frame. */
#define async_coroutine_copy(function, argument, argument_bytes)                       \
    async_coroutine_at((function), (void *)(argument), (argument_bytes), #function,    \
                       __FILE__, __LINE__)

/* What both stand for: copy_bytes > 0 copies the argument; name and file are kept as
 * pointers. NULL: out of memory. */
struct async_awaitable *async_coroutine_at(async_function *function, void *argument,
                                           size_t copy_bytes, const char *name,
                                           const char *file, int line);

/* -- Waiting and results ----------------------------------------------------------- */

/* `await awaitable`: waits until it is done; its result in *value, where that is not
 * NULL. False: what it failed with; or ASYNC_CANCELLED: it was cancelled, or the task
 * that awaits it; or ASYNC_RUNTIME: called outside a task, for itself, or for one of
 * another loop. What is done already does not wait. */
bool async_await(struct async_awaitable *awaitable, void **value,
                 struct async_error *error);

/* `future.result()`: as async_await() for what is done, anywhere. ASYNC_INVALID_STATE:
 * not done yet. */
bool async_result(struct async_awaitable *future, void **value,
                  struct async_error *error);

/* `future.exception()`: true: it failed, and *error says with what; false: it did not.
 * One that was cancelled or is not done counts as failed with that. */
bool async_exception(struct async_awaitable *future, struct async_error *error);

/* `future.done()`: has a result, failed, or was cancelled. `future.cancelled()`. */
bool async_done(const struct async_awaitable *future);
bool async_cancelled(const struct async_awaitable *future);

/* `future.cancel()`. A future is cancelled at once. In a task, what it awaits is
 * cancelled, down to the innermost, and then its await returns false; where it has not
 * begun it never will. The task may clean up, go on, or take its time; it is cancelled
 * when its function returns false with ASYNC_CANCELLED. False: it was done already. The
 * message (may be NULL) is copied and comes back in the error. */
bool async_cancel(struct async_awaitable *future);
bool async_cancel_with(struct async_awaitable *future, const char *message);

/* `future.add_done_callback()`: calls callback(future, argument) by call_soon when the
 * future is done, and soon where it is. Called in the order of adding. Not called where
 * the loop is closed first. ASYNC_NO_MEMORY; ASYNC_RUNTIME: done, and its loop closed;
 * ASYNC_INVALID_ARGUMENT: a coroutine. */
typedef void async_done_callback(struct async_awaitable *future, void *argument);
bool async_add_done_callback(struct async_awaitable *future,
                             async_done_callback *callback, void *argument,
                             struct async_error *error);

/* Takes out all pairs (callback, argument) that were added and not scheduled yet.
 * Returns how many. */
size_t async_remove_done_callback(struct async_awaitable *future,
                                  async_done_callback *callback, void *argument);

/* -- Futures ----------------------------------------------------------------------- */

/* `loop.create_future()`: pending; loop NULL: the running one. NULL: out of memory, or
 * no loop runs. */
struct async_awaitable *async_create_future(struct async_loop *loop);

/* `future.set_result()`, `future.set_exception()`: done, and who waits will go on.
 * The error is copied. ASYNC_INVALID_STATE: it is done already. ASYNC_RUNTIME: a task
 * has no result but its function's; in debug mode, called from another thread.
 * ASYNC_INVALID_ARGUMENT (TypeError): the exception is NULL, or no error. */
bool async_set_result(struct async_awaitable *future, void *value,
                      struct async_error *error);
bool async_set_exception(struct async_awaitable *future,
                         const struct async_error *exception,
                         struct async_error *error);

/* -- Tasks ------------------------------------------------------------------------- */

/* `asyncio.create_task()`: starts a coroutine in the running loop, at its next turn.
 * NULL: out of memory, or no loop runs. */
struct async_awaitable *async_create_task(struct async_awaitable *coroutine);

/* `loop.create_task()`: in a loop that need not run yet. NULL too: it is closed. */
struct async_awaitable *async_loop_create_task(struct async_loop *loop,
                                               struct async_awaitable *coroutine);

/* `asyncio.ensure_future()`: a coroutine becomes a task; a task or future comes back as
 * it is. Release what you get, in both cases. loop NULL: the running one. */
struct async_awaitable *async_ensure_future(struct async_awaitable *awaitable,
                                            struct async_loop *loop);

/* `asyncio.current_task()`: the one whose code is running, borrowed; NULL: none. */
struct async_awaitable *async_current_task(void);

/* `task.cancelling()`, `task.uncancel()`: how many cancellations were asked for and not
 * taken back; takes one back and returns how many are left. 0 for a future. */
int async_cancelling(const struct async_awaitable *task);
int async_uncancel(struct async_awaitable *task);

/* `task.get_name()`: "Task-1", or what was set (a copy), borrowed until it is set
 * again; "" where there is none. Futures may have one too: it shows in what
 * async_describe() prints. To set NULL is to take back what was set. Where memory is
 * out the name stays as it is. */
const char *async_get_name(struct async_awaitable *task);
void async_set_name(struct async_awaitable *task, const char *name);

/* -- Their life -------------------------------------------------------------------- */

/* One owner more; returns the same. */
struct async_awaitable *async_retain(struct async_awaitable *awaitable);

/* One owner less; the last one frees it. NULL is left alone. A coroutine that was never
 * awaited is reported (in debug mode), an error that nobody asked for always is: once,
 * to the loop's exception handler. */
void async_release(struct async_awaitable *awaitable);

/* `future.get_loop()`. NULL: a coroutine. */
struct async_loop *async_get_loop(const struct async_awaitable *future);

/* `repr(task)`: "<Task pending name='Task-1' coro=<say_after() at lesson.c:12>
 * wait_for=<Future pending name='sleep'>>", cut to the buffer with the NUL behind it.
 * Returns the buffer. */
char *async_describe(struct async_awaitable *awaitable, char *buffer,
                     size_t buffer_bytes);

#endif

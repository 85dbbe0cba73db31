/* What can be awaited. There are three kinds, and one type for all of them, so that
 * every function and every array takes each kind:
 *
 *   coroutine  a function and its argument. It does nothing until it is awaited or made
 *              a task. If it is awaited, it runs inside the task that awaits it.
 *   task       a coroutine that runs by itself, on its own stack, beside other tasks
 *   future     a result that a callback or a task will set
 *
 * Ownership. A coroutine is given away to the function that takes it (async_await(),
 * async_create_task(), ...), even if that function fails. A task or a future is yours
 * until you async_release() it; a function that awaits, gathers or cancels it only
 * borrows it. A task runs to its end even if no code holds it:
 * async_release(async_create_task(...)) starts a task and forgets it.
 *
 * A function that cannot make an awaitable returns NULL, and the library keeps the
 * reason. NULL may be passed on to any function here: to await NULL fails with that
 * reason, such as ASYNC_NO_MEMORY, or ASYNC_RUNTIME "no running event loop". It is the
 * last reason of the calling task, else of the thread. If there is none, it fails with
 * ASYNC_INVALID_ARGUMENT (TypeError), because the program itself passed NULL.
 *
 * An awaitable belongs to one loop and may be used only in that loop's thread. */
#ifndef SIMUL_ASYNC_AWAITABLE_H
#define SIMUL_ASYNC_AWAITABLE_H

#include "async/error.h"

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct async_awaitable;
struct async_loop;

/* A coroutine function. It returns true when it is done, with *value as its result
 * (*value is NULL before the function sets it; the library neither looks at the value
 * nor frees it). It returns false when it has failed with *error, or was cancelled if
 * the error's kind is ASYNC_CANCELLED. Neither pointer is ever NULL. */
typedef bool async_function(void *argument, void **value, struct async_error *error);

/* -- Coroutines -------------------------------------------------------------------- */

/* `say_after(1, "One")`: a coroutine object. The argument stays the caller's and has to
 * live as long as the coroutine runs. */
#define async_coroutine(function, argument)                                            \
    async_coroutine_at((function), (void *)(argument), 0, #function, __FILE__, __LINE__)

/* The same with a copy of *argument, which lives as long as the coroutine. Use it if a
 * task may outlive the caller's frame. */
#define async_coroutine_copy(function, argument, argument_bytes)                       \
    async_coroutine_at((function), (void *)(argument), (argument_bytes), #function,    \
                       __FILE__, __LINE__)

/* The function behind both macros. copy_bytes > 0 copies the argument; name and file
 * are kept as pointers. Returns NULL if memory is out, or if copy_bytes is a negative
 * number. */
struct async_awaitable *async_coroutine_at(async_function *function, void *argument,
                                           size_t copy_bytes, const char *name,
                                           const char *file, int line);

/* -- Waiting and results ----------------------------------------------------------- */

/* `await awaitable`: waits until it is done and stores its result in *value, unless
 * `value` is NULL. Does not wait if it is done already. Fails with the error that the
 * awaitable failed with; with ASYNC_CANCELLED if the awaitable, or the task that awaits
 * it, was cancelled; with ASYNC_RUNTIME if the call is made outside a task, or a task
 * awaits itself or an awaitable of another loop. */
bool async_await(struct async_awaitable *awaitable, void **value,
                 struct async_error *error);

/* `future.result()`: as async_await() of a future that is done, but also outside a
 * task. Fails with ASYNC_INVALID_STATE if the future is not done yet. */
bool async_result(struct async_awaitable *future, void **value,
                  struct async_error *error);

/* `future.exception()`: returns true if the future failed, and *error says with what.
 * Returns true also if the future was cancelled (ASYNC_CANCELLED) or is not done yet
 * (ASYNC_INVALID_STATE). */
bool async_exception(struct async_awaitable *future, struct async_error *error);

/* `future.done()`: has a result, has failed, or was cancelled. `future.cancelled()`. */
bool async_done(const struct async_awaitable *future);
bool async_cancelled(const struct async_awaitable *future);

/* `future.cancel()`. A future is cancelled at once. If a task is cancelled, the future
 * that it waits for is cancelled (through all tasks in between), and then the task's
 * await returns false. A task that has not begun never begins. A task that has begun
 * may clean up first, or ignore the request; it counts as cancelled when its function
 * returns false with ASYNC_CANCELLED. Returns false if it was done already. The message
 * (may be NULL) is copied and comes back in the error. */
bool async_cancel(struct async_awaitable *future);
bool async_cancel_with(struct async_awaitable *future, const char *message);

/* `future.add_done_callback()`: the loop calls callback(future, argument) in the turn
 * after the future is done, or in the next turn if it is done already. Callbacks are
 * called in the order of adding. They are not called if the loop is closed first. Fails
 * with ASYNC_NO_MEMORY; with ASYNC_RUNTIME if the future is done and its loop closed;
 * with ASYNC_INVALID_ARGUMENT for a coroutine. */
typedef void async_done_callback(struct async_awaitable *future, void *argument);
bool async_add_done_callback(struct async_awaitable *future,
                             async_done_callback *callback, void *argument,
                             struct async_error *error);

/* Removes all pairs (callback, argument) that were added and are not scheduled yet.
 * Returns how many it has removed. */
size_t async_remove_done_callback(struct async_awaitable *future,
                                  async_done_callback *callback, void *argument);

/* -- Futures ----------------------------------------------------------------------- */

/* `loop.create_future()`: a pending future. loop NULL means the running loop. Returns
 * NULL if memory is out or no loop runs. */
struct async_awaitable *async_create_future(struct async_loop *loop);

/* `future.set_result()`, `future.set_exception()`: the future is done, and the tasks
 * that wait for it go on. The error is copied. Fails with ASYNC_INVALID_STATE if the
 * future is done already; with ASYNC_RUNTIME for a task, whose result only its function
 * sets, and in debug mode for a call from another thread; with ASYNC_INVALID_ARGUMENT
 * (TypeError) if the exception is NULL or no error. */
bool async_set_result(struct async_awaitable *future, void *value,
                      struct async_error *error);
bool async_set_exception(struct async_awaitable *future,
                         const struct async_error *exception,
                         struct async_error *error);

/* -- Tasks ------------------------------------------------------------------------- */

/* `asyncio.create_task()`: starts a coroutine in the running loop, at its next turn.
 * Returns NULL if no loop runs, or if it is given no coroutine. */
struct async_awaitable *async_create_task(struct async_awaitable *coroutine);

/* `loop.create_task()`: in a given loop, which need not run yet. Returns NULL if that
 * loop is NULL or closed, in debug mode if another thread runs it, or if it is given no
 * coroutine. */
struct async_awaitable *async_loop_create_task(struct async_loop *loop,
                                               struct async_awaitable *coroutine);

/* `asyncio.ensure_future()`: a coroutine becomes a task; a task or a future comes back
 * as it is. The caller releases the returned awaitable in both cases. loop NULL means
 * the running loop. */
struct async_awaitable *async_ensure_future(struct async_awaitable *awaitable,
                                            struct async_loop *loop);

/* `asyncio.current_task()`: the task that runs now, borrowed; NULL if none runs. */
struct async_awaitable *async_current_task(void);

/* `task.cancelling()`: how many cancellations were requested and not taken back.
 * `task.uncancel()` takes one back and returns how many are left. If none is left, a
 * cancellation that the task has not been told yet does not come any more (as from
 * Python 3.13 on). 0 for a future. */
int async_cancelling(const struct async_awaitable *task);
int async_uncancel(struct async_awaitable *task);

/* `task.get_name()`: "Task-1", or the name that was set, borrowed until the next
 * async_set_name(). `task.set_name()` copies the name; NULL takes back the name that
 * was set; if memory is out the name stays as it was. A future may have a name too,
 * which async_describe() prints; the name of one that has none is "". */
const char *async_get_name(struct async_awaitable *task);
void async_set_name(struct async_awaitable *task, const char *name);

/* -- Their life -------------------------------------------------------------------- */

/* Adds one owner; returns the same awaitable. */
struct async_awaitable *async_retain(struct async_awaitable *awaitable);

/* Removes one owner; the last one frees the awaitable. NULL is left alone. Before it is
 * freed, the loop's exception handler gets a report if its error was never read, or, in
 * debug mode, if it is a coroutine that was never awaited. */
void async_release(struct async_awaitable *awaitable);

/* `future.get_loop()`; NULL for a coroutine. */
struct async_loop *async_get_loop(const struct async_awaitable *future);

/* `repr(task)`: `<Task pending name='Task-1' coro=<say_after() at lesson.c:12>
 * wait_for=<Future pending name='sleep'>>`, cut to the buffer, with the final NUL.
 * Returns the buffer. */
char *async_describe(struct async_awaitable *awaitable, char *buffer,
                     size_t buffer_bytes);

#ifdef __cplusplus
}
#endif

#endif

/* The event loop: calls callbacks and resumes tasks when they are due, one after the
 * other, in one thread. It runs on a libuv loop, which the caller may use too; its
 * deadlines are nanoseconds.
 *
 * One turn: wait for descriptors (unless a callback or task is ready), add the timers
 * that are due, then call everything that is ready now, first come, first served. A
 * call that is added meanwhile belongs to the next turn.
 *
 * A loop belongs to the process that made it. After fork() the child has no loop, even
 * if fork() was called in a task: it may make its own, and ends by `_exit()` or
 * `exec()`. The parent's loop does not run in the child, and async_loop_free() does
 * nothing. */
#ifndef SIMUL_ASYNC_LOOP_H
#define SIMUL_ASYNC_LOOP_H

#include "base/deadline.h"
#include "async/awaitable.h"

#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

struct uv_loop_s; /* uv_loop_t */

/* -- Running a program ------------------------------------------------------------- */

/* `asyncio.run(main())`: makes a loop, runs the coroutine, cancels the tasks that are
 * left and waits for them, and closes the loop. *value (`value` may be NULL) is the
 * coroutine's result. Fails as the coroutine does, with ASYNC_RUNTIME if a loop runs in
 * this thread already, with ASYNC_INVALID_ARGUMENT if it is given no coroutine but a
 * task or future, or as async_new_event_loop() does. */
bool async_run(struct async_awaitable *coroutine, void **value,
               struct async_error *error);

/* -- Loops ------------------------------------------------------------------------- */

/* Ownership. Each loop has one owner at each moment:
 *
 *   async_new_event_loop()   the caller, until async_loop_free()
 *   async_get_event_loop()   if it makes a loop: this thread, until the thread ends or
 *                            async_loop_free() is called. A thread may own several.
 *   async_set_event_loop()   does not change the owner, and never frees a loop
 *   async_loop_free()        any thread may call it, once for each loop, while no thread
 *                            runs or uses the loop; no thread has it as default then
 *
 * The end of the program frees nothing: the main thread's loops are left to exit(). */

/* `asyncio.new_event_loop()`, to be ended with async_loop_free(). Returns NULL and
 * fails with ASYNC_NO_MEMORY, or with ASYNC_SYSTEM if descriptors are out. */
struct async_loop *async_new_event_loop(struct async_error *error);

/* `asyncio.get_event_loop()`: the loop that runs, else the loop that was set for this
 * thread, else a new one, which the thread owns and which is set for it. The caller
 * borrows it. Fails as async_new_event_loop() does. */
struct async_loop *async_get_event_loop(struct async_error *error);

/* `asyncio.set_event_loop()`: the loop that async_get_event_loop() returns in this
 * thread if none runs; NULL: none, so that the next call makes one. The loop that was
 * set before stays as it is, with the owner that it has. */
void async_set_event_loop(struct async_loop *loop);

/* `asyncio.get_running_loop()`: the loop that runs in this thread, or NULL. */
struct async_loop *async_get_running_loop(void);

/* `loop.run_until_complete()`: runs until the awaitable is done, and returns its
 * result. Fails as the awaitable does; with ASYNC_RUNTIME "This event loop is already
 * running", "Cannot run the event loop while another loop is running", "Event loop
 * stopped before Future completed.", "Event loop is closed", or if the loop was made by
 * another process; with ASYNC_INVALID_ARGUMENT if the awaitable belongs to another
 * loop. */
bool async_run_until_complete(struct async_loop *loop,
                              struct async_awaitable *awaitable, void **value,
                              struct async_error *error);

/* `loop.run_forever()`: runs until async_loop_stop(). Fails with the ASYNC_RUNTIME
 * errors of async_run_until_complete(). */
bool async_run_forever(struct async_loop *loop, struct async_error *error);

/* `loop.stop()`: the loop ends after this turn, so everything that is ready now is
 * still called. A loop that does not run yet will end after one turn. From another
 * thread, call it through async_call_soon_threadsafe(). */
void async_loop_stop(struct async_loop *loop);

bool async_loop_is_running(const struct async_loop *loop);
bool async_loop_is_closed(const struct async_loop *loop);

/* Drops all callbacks and ends all tasks, the youngest first, because a task may have
 * given the tasks that it created data on its own stack. Each task is first reported
 * ("Task was destroyed but it is pending!"), unless async_run_until_complete() or a
 * gather made it. Then its await fails with ASYNC_CLOSED, and so does every later one,
 * so that it cleans up. Closing a closed loop does nothing. Fails with ASYNC_RUNTIME
 * "Cannot close a running event loop", if the loop was made by another process, or if a
 * libuv handle of the caller's is still open on it: the loop is closed then, but its
 * libuv loop is not. Close the handle, and call this again. */
bool async_loop_close(struct async_loop *loop, struct async_error *error);

/* Closes the loop if it is open, and frees it. It must not run. Tasks and futures that
 * are still held stay valid. NULL is left alone. If async_loop_close() fails, the loop
 * is not freed and keeps its owner: call this again later. */
void async_loop_free(struct async_loop *loop);

/* The libuv loop, for handles of your own. Their callbacks are called between turns and
 * may call every function here except async_run(), async_run_until_complete(),
 * async_run_forever() and functions that wait. Close the handles before the loop. Never
 * run or close the libuv loop yourself. */
struct uv_loop_s *async_loop_uv(struct async_loop *loop);

/* -- Callbacks --------------------------------------------------------------------- */

typedef void async_callback(void *argument);

/* A link in a line of calls: part of another struct, never allocated by itself. */
struct async_node {
    struct async_node *next; /* in a circle; NULL if it is in none */
    struct async_node *previous;
    void (*run)(struct async_node *node);
};

/* A callback that waits to be called, in the caller's storage: it must not move until
 * it was called or cancelled. A zeroed handle is not scheduled. Its fields belong to
 * the library. */
struct async_handle {
    struct async_node node;
    struct deadline deadline;
    struct async_loop *loop;
    async_callback *callback;
    void *argument;
    bool is_owned; /* by the library, which frees it after the call */
};

/* `loop.call_soon()`: calls the callback in the next turn, in order. `handle` is zeroed
 * storage, or NULL: then the library allocates one, which cannot be cancelled. Fails
 * with ASYNC_RUNTIME "Event loop is closed", or "no running event loop" if `loop` is
 * NULL, or if the handle is scheduled already, or in debug mode for a call from another
 * thread; with ASYNC_NO_MEMORY. */
bool async_call_soon(struct async_loop *loop, struct async_handle *handle,
                     async_callback *callback, void *argument,
                     struct async_error *error);

/* `loop.call_later()`, `loop.call_at()`: never early; callbacks of the same moment are
 * called in the order of scheduling. `when_ns` is a time of async_time_ns(). Fails as
 * async_call_soon() does. */
bool async_call_later(struct async_loop *loop, struct async_handle *handle,
                      int64_t delay_ns, async_callback *callback, void *argument,
                      struct async_error *error);
bool async_call_at(struct async_loop *loop, struct async_handle *handle,
                   int64_t when_ns, async_callback *callback, void *argument,
                   struct async_error *error);

/* `handle.cancel()`: the callback will not be called, and its storage is free. A handle
 * that is not scheduled is left alone. */
void async_handle_cancel(struct async_handle *handle);

/* `loop.call_soon_threadsafe()`: may be called from any thread, and wakes the loop if
 * it sleeps. Calls of one thread keep their order. The loop may be closed at the same
 * time, but not freed. Fails with ASYNC_RUNTIME "Event loop is closed", or with
 * ASYNC_NO_MEMORY. */
bool async_call_soon_threadsafe(struct async_loop *loop, async_callback *callback,
                                void *argument, struct async_error *error);

/* `loop.time()`: nanoseconds on CLOCK_MONOTONIC, or in virtual time. */
int64_t async_time_ns(const struct async_loop *loop);

/* -- Insight ----------------------------------------------------------------------- */

/* `asyncio.all_tasks(loop)`: stores up to `capacity` of the tasks that are not done,
 * borrowed, in the order of their creation. Returns how many there are. */
size_t async_all_tasks(struct async_loop *loop, struct async_awaitable *tasks[],
                       size_t capacity);

/* `print(asyncio.all_tasks(loop))`: one line for each task that is not done, as
 * async_describe() describes it, with what it waits for. */
void async_print_tasks(struct async_loop *loop, FILE *output);

/* Events that the exception handler is told of, because no caller gets them as an
 * error. */
enum async_report_kind {
    ASYNC_REPORT_NEVER_RETRIEVED, /* "Task exception was never retrieved" */
    ASYNC_REPORT_DESTROYED,       /* "Task was destroyed but it is pending!" */
    ASYNC_REPORT_NEVER_AWAITED,   /* "coroutine 'f' was never awaited" (debug) */
    ASYNC_REPORT_SLOW,            /* "Executing <...> took 0.120 seconds" (debug) */
    ASYNC_REPORT_SHUTDOWN, /* "unhandled exception during async_run() shutdown" */
};
struct async_report {
    enum async_report_kind kind;
    const char *message;
    struct async_awaitable *awaitable; /* may be NULL */
    const struct async_error *error;   /* of NEVER_RETRIEVED and SHUTDOWN; else NULL */
    int64_t duration_ns;               /* of the call, for SLOW */
};

/* `loop.set_exception_handler()`; NULL sets the default, which writes to stderr. The
 * handler is called in the loop's thread, at the moment when the event is noticed (in a
 * release, in a close), and may call every function that does not wait. The report is
 * valid during the call; a handler that keeps its awaitable has to retain it. */
typedef void async_exception_handler(struct async_loop *loop,
                                     const struct async_report *report, void *context);
void async_set_exception_handler(struct async_loop *loop,
                                 async_exception_handler *handler, void *context);
void async_call_exception_handler(struct async_loop *loop,
                                  const struct async_report *report);

/* `loop.set_debug()`: reports each callback or step of a task that takes
 * slow_callback_ns (100 ms by default) or more, and each coroutine that was never
 * awaited, and refuses calls from another thread. */
void async_set_debug(struct async_loop *loop, bool is_on);
bool async_get_debug(const struct async_loop *loop);
void async_set_slow_callback_ns(struct async_loop *loop, int64_t duration_ns);

/* Not in asyncio: if nothing is ready, the clock jumps to the next deadline instead of
 * waiting for it. For tests and for dry runs; descriptors are still polled. */
void async_use_virtual_time(struct async_loop *loop);

/* Not in asyncio: sets the size of the stacks of new tasks (128 KiB by default),
 * rounded up to pages. It is virtual memory: a page that is never touched costs
 * nothing. Fails with ASYNC_INVALID_ARGUMENT for less than 16 KiB, or for more than the
 * address space can have of; and with ASYNC_RUNTIME if a task has run already. */
bool async_set_stack_bytes(struct async_loop *loop, size_t stack_bytes,
                           struct async_error *error);

#ifdef __cplusplus
}
#endif

#endif

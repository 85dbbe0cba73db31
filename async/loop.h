/* The event loop: calls what is due, one thing after the other, in one thread. It runs
 * on a libuv loop, which stays accessible; its deadlines are nanoseconds.
 *
 * One turn: wait for descriptors (not at all where something is ready), add the timers
 * that are due, then call all that is ready now, first come, first served. What these
 * calls add is for the next turn.
 *
 * A loop belongs to the process that made it. After fork() the child has none, not even
 * in the middle of a task: it may make its own, and leaves by _exit() or exec(). Its
 * parent's are refused there, and freeing them does nothing. */
#ifndef SIMUL_ASYNC_LOOP_H
#define SIMUL_ASYNC_LOOP_H

#include "base/deadline.h"
#include "async/awaitable.h"

#include <stdio.h>

struct uv_loop_s; /* uv_loop_t */

/* -- Running a program ------------------------------------------------------------- */

/* `asyncio.run(main())`: a new loop, the coroutine, then all tasks that are left are
 * cancelled and waited for, and the loop is closed. The coroutine's result in *value.
 * ASYNC_RUNTIME: a loop runs in this thread already; or what async_new_event_loop()
 * says. */
bool async_run(struct async_awaitable *coroutine, void **value,
               struct async_error *error);

/* -- Loops ------------------------------------------------------------------------- */

/* `asyncio.new_event_loop()`. NULL: ASYNC_NO_MEMORY or ASYNC_SYSTEM (no descriptors).
 * To be ended with async_loop_free(). */
struct async_loop *async_new_event_loop(struct async_error *error);

/* `asyncio.get_event_loop()`: the running one, else the one that was set for this
 * thread, else a new one that is set now; borrowed, and freed when the thread ends, or
 * by async_loop_free(). Fails as async_new_event_loop() does. */
struct async_loop *async_get_event_loop(struct async_error *error);

/* `asyncio.set_event_loop()`: what the last returns in this thread; NULL: none. The
 * caller still owns it. */
void async_set_event_loop(struct async_loop *loop);

/* `asyncio.get_running_loop()`: the one that runs in this thread; NULL: none. */
struct async_loop *async_get_running_loop(void);

/* Runs until the awaitable is done and returns its result. ASYNC_RUNTIME: "This event
 * loop is already running"; "Cannot run the event loop while another loop is running";
 * "Event loop stopped before Future completed."; "Event loop is closed"; or made by
 * another process. */
bool async_run_until_complete(struct async_loop *loop,
                              struct async_awaitable *awaitable, void **value,
                              struct async_error *error);

/* `loop.run_forever()`: until async_loop_stop(). ASYNC_RUNTIME as above. */
bool async_run_forever(struct async_loop *loop, struct async_error *error);

/* `loop.stop()`: the loop ends after this turn: what is ready now is still called.
 * Before it runs: after one turn. From another thread: by
 * async_call_soon_threadsafe(). */
void async_loop_stop(struct async_loop *loop);

bool async_loop_is_running(const struct async_loop *loop);
bool async_loop_is_closed(const struct async_loop *loop);

/* Forgets all callbacks and ends all tasks: one that waits has its await fail with
 * ASYNC_CLOSED, and every later one too, so that it cleans up; then "Task was destroyed
 * but it is pending!" is reported. The youngest ends first: what a task gave to those
 * that it created may lie on its stack. ASYNC_RUNTIME: "Cannot close a running event
 * loop"; made by another process; or a libuv handle of the caller's is still open on
 * it. A second time does nothing. */
bool async_loop_close(struct async_loop *loop, struct async_error *error);

/* Closes it where it is open, and gives it back. Tasks and futures that are still held
 * stay valid. Not while it runs. NULL is left alone. */
void async_loop_free(struct async_loop *loop);

/* The libuv loop below, for handles of your own. They are called between turns, and may
 * call everything here but async_run*() and what waits; close them before the loop.
 * Never run or close it yourself. */
struct uv_loop_s *async_loop_uv(struct async_loop *loop);

/* -- Callbacks --------------------------------------------------------------------- */

typedef void async_callback(void *argument);

/* A place in a line of things to be called: an intrusive node, never allocated. */
struct async_node {
    struct async_node *next; /* in a circle; NULL: in none */
    struct async_node *previous;
    void (*run)(struct async_node *node);
};

/* A callback that waits for its turn, in the caller's storage: it stays where it is
 * until it was called or cancelled. Fields are the library's. Zeroed: not scheduled. */
struct async_handle {
    struct async_node node;
    struct deadline deadline;
    struct async_loop *loop;
    async_callback *callback;
    void *argument;
    bool is_owned; /* by the library: freed after the call */
};

/* `loop.call_soon()`: at the next turn, in order. `handle` is zeroed storage or NULL:
 * the library's own, and then it cannot be cancelled. ASYNC_RUNTIME: "Event loop is
 * closed"; "no running event loop", where `loop` is NULL; the handle is scheduled
 * already; in debug mode, called from another thread. ASYNC_NO_MEMORY. */
bool async_call_soon(struct async_loop *loop, struct async_handle *handle,
                     async_callback *callback, void *argument,
                     struct async_error *error);

/* `loop.call_later()`, `loop.call_at()`: never early; ties in the order of scheduling.
 * `when_ns` is on async_time_ns(). Else as async_call_soon(). */
bool async_call_later(struct async_loop *loop, struct async_handle *handle,
                      int64_t delay_ns, async_callback *callback, void *argument,
                      struct async_error *error);
bool async_call_at(struct async_loop *loop, struct async_handle *handle,
                   int64_t when_ns, async_callback *callback, void *argument,
                   struct async_error *error);

/* `handle.cancel()`: it will not be called; its storage is free. One that is not
 * scheduled is left alone. */
void async_handle_cancel(struct async_handle *handle);

/* `loop.call_soon_threadsafe()`: from any thread, or while the loop sleeps; wakes it.
 * Calls of one thread keep their order. The loop may be closed meanwhile, but not
 * freed. ASYNC_RUNTIME: "Event loop is closed"; ASYNC_NO_MEMORY. */
bool async_call_soon_threadsafe(struct async_loop *loop, async_callback *callback,
                                void *argument, struct async_error *error);

/* `loop.time()`: nanoseconds on CLOCK_MONOTONIC, or in virtual time. */
int64_t async_time_ns(const struct async_loop *loop);

/* -- Insight ----------------------------------------------------------------------- */

/* `asyncio.all_tasks(loop)`: up to `capacity` of those that are not done, borrowed, in
 * the order of their creation. Returns how many there are. */
size_t async_all_tasks(struct async_loop *loop, struct async_awaitable *tasks[],
                       size_t capacity);

/* `print(asyncio.all_tasks(loop))`: one line a task that is not done: what it is and
 * what it waits for, as async_describe() says. */
void async_print_tasks(struct async_loop *loop, FILE *output);

/* What nobody is there to be told of. */
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
    const struct async_error *error;   /* NULL but for NEVER_RETRIEVED and SHUTDOWN */
    int64_t duration_ns;               /* SLOW: how long */
};

/* `loop.set_exception_handler()`; NULL: the default, which writes to stderr. It is
 * called in the loop's thread, from wherever it comes to light (a release, a close),
 * and may call all that does not wait. The report is valid during the call; who keeps
 * its awaitable retains it. */
typedef void async_exception_handler(struct async_loop *loop,
                                     const struct async_report *report, void *context);
void async_set_exception_handler(struct async_loop *loop,
                                 async_exception_handler *handler, void *context);
void async_call_exception_handler(struct async_loop *loop,
                                  const struct async_report *report);

/* `loop.set_debug()`: a step or callback that takes slow_callback_ns (100 ms) or more
 * is reported, a coroutine that was never awaited too, and calls from another thread
 * are refused. */
void async_set_debug(struct async_loop *loop, bool is_on);
bool async_get_debug(const struct async_loop *loop);
void async_set_slow_callback_ns(struct async_loop *loop, int64_t duration_ns);

/* Not in asyncio: where nothing is ready, the clock jumps to the next deadline instead
 * of waiting for it. For tests and for dry runs; descriptors are still polled. */
void async_use_virtual_time(struct async_loop *loop);

/* Not in asyncio: how large the stacks of new tasks are (128 KiB before), virtual and
 * rounded up to pages; what is never touched costs nothing. ASYNC_INVALID_ARGUMENT:
 * less than 16 KiB. ASYNC_RUNTIME: a task has run already. */
bool async_set_stack_bytes(struct async_loop *loop, size_t stack_bytes,
                           struct async_error *error);

#endif

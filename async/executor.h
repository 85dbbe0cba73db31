/* A pool of threads for calls that block: files, name lookups, computations, other
 * libraries. The loop goes on while a thread runs them.
 *
 *   static bool hash(void *argument, void **value, struct async_error *error);
 *   ...
 *   if (!async_to_thread(hash, &file, NULL, error)) return false;
 *
 * A function that runs in a thread has the signature of a coroutine function, but it
 * must not wait for awaitables. It may fill in its error, and of all functions that use
 * a loop it may call only async_call_soon_threadsafe(). */
#ifndef SIMUL_ASYNC_EXECUTOR_H
#define SIMUL_ASYNC_EXECUTOR_H

#include "async/loop.h"

#ifdef __cplusplus
extern "C" {
#endif

struct async_executor;

/* `ThreadPoolExecutor(max_workers)`: threads are started when they are needed, and then
 * kept. 0 means the number of processors plus four, at most 32. Returns NULL and fails
 * with ASYNC_NO_MEMORY if memory is out, or with ASYNC_INVALID_ARGUMENT (ValueError) if
 * `max_workers` is a negative number. */
struct async_executor *async_executor_new(size_t max_workers,
                                          struct async_error *error);

/* `executor.shutdown(wait=True)`: runs the functions that were handed in, then ends the
 * threads. Blocks the caller meanwhile. NULL is left alone. */
void async_executor_free(struct async_executor *executor);

/* `loop.run_in_executor()`: returns a future, which the caller releases. executor NULL
 * means the loop's own pool, which is made at its first use. The argument has to live
 * until the function has returned, which may be after its future was cancelled:
 * cancelling does not stop a function that runs already. A function that is cancelled
 * while it waits for a thread never runs. If no thread can be started, the future has
 * failed with ASYNC_SYSTEM (EAGAIN). Returns NULL if memory is out, or the loop is NULL
 * or closed. */
struct async_awaitable *async_run_in_executor(struct async_loop *loop,
                                              struct async_executor *executor,
                                              async_function *function, void *argument);

/* The same with an argument that is given away: discard(argument) is called in the
 * loop's thread (or by the loop's close) after the function has returned, and also if
 * it will never run. */
struct async_awaitable *async_run_in_executor_owned(struct async_loop *loop,
                                                    struct async_executor *executor,
                                                    async_function *function,
                                                    void *argument,
                                                    void (*discard)(void *argument));

/* `asyncio.to_thread()`: waits for a function in the running loop's own pool, and
 * returns and fails as that function does. If the calling task is cancelled, the call
 * fails with ASYNC_CANCELLED at once, and the function goes on with its argument. If
 * the task may be cancelled, the argument must not lie on the caller's stack.
 * async_to_thread_copy() gives the function a copy of its own instead. Fails with
 * ASYNC_RUNTIME outside a task, with ASYNC_NO_MEMORY, and with ASYNC_INVALID_ARGUMENT if
 * `argument_bytes` is a negative number. */
bool async_to_thread(async_function *function, void *argument, void **value,
                     struct async_error *error);
bool async_to_thread_copy(async_function *function, const void *argument,
                          size_t argument_bytes, void **value,
                          struct async_error *error);

/* `loop.set_default_executor()`: the loop uses this pool instead of one of its own. It
 * stays the caller's, to be freed after the loop is closed. Fails with ASYNC_RUNTIME if
 * the loop has a pool already. */
bool async_set_default_executor(struct async_loop *loop,
                                struct async_executor *executor,
                                struct async_error *error);

#ifdef __cplusplus
}
#endif

#endif

/* A pool of threads for what blocks: files, names, computations, other people's code.
 * The loop goes on meanwhile.
 *
 *   static bool hash(void *argument, void **value, struct async_error *error);
 *   ...
 *   if (!async_to_thread(hash, &file, NULL, error)) return false;
 *
 * What runs there is a function like any coroutine's, but may not wait for awaitables:
 * of all functions here it may call async_call_soon_threadsafe() only. */
#ifndef SIMUL_ASYNC_EXECUTOR_H
#define SIMUL_ASYNC_EXECUTOR_H

#include "async/loop.h"

struct async_executor;

/* `ThreadPoolExecutor(max_workers)`: threads are started as they are needed, and then
 * kept. 0: as many as processors and four, 32 at most. NULL: ASYNC_NO_MEMORY. */
struct async_executor *async_executor_new(size_t max_workers,
                                          struct async_error *error);

/* `executor.shutdown(wait=True)`: what was handed in is still done; then its threads
 * end. Blocks the caller for as long. NULL is left alone. */
void async_executor_free(struct async_executor *executor);

/* `loop.run_in_executor()`: a future, to be released. executor NULL: the loop's own,
 * which begins with this. The argument has to live until the function has returned, and
 * that may be after its future was cancelled: cancelling one that runs does not stop
 * it; one that still waits for a thread will never run. NULL: out of memory, or the
 * loop is closed. */
struct async_awaitable *async_run_in_executor(struct async_loop *loop,
                                              struct async_executor *executor,
                                              async_function *function, void *argument);

/* The same with an argument of the heap that is given away: when the function has
 * returned, and where it never ran too, `discard` is called with it, in the loop's
 * thread (or by the loop's close). */
struct async_awaitable *async_run_in_executor_owned(struct async_loop *loop,
                                                    struct async_executor *executor,
                                                    async_function *function,
                                                    void *argument,
                                                    void (*discard)(void *argument));

/* `asyncio.to_thread()`: waits for a function in the running loop's own pool. A
 * cancelled call returns at once, while the function goes on with its argument: where
 * that can happen, the argument may not lie on this stack. The second gives it a copy
 * of its own instead. Else it ends as the function did. ASYNC_CANCELLED;
 * ASYNC_RUNTIME: outside a task; ASYNC_NO_MEMORY. */
bool async_to_thread(async_function *function, void *argument, void **value,
                     struct async_error *error);
bool async_to_thread_copy(async_function *function, const void *argument,
                          size_t argument_bytes, void **value,
                          struct async_error *error);

/* `loop.set_default_executor()`: the caller's own pool instead, freed after the loop.
 * ASYNC_RUNTIME: it has one already. */
bool async_set_default_executor(struct async_loop *loop,
                                struct async_executor *executor,
                                struct async_error *error);

#endif

/* Waiting for many awaitables, in the order in which they are done.
 *
 *   struct async_as_completed all;
 *   struct async_awaitable *next;
 *   if (!async_as_completed_open(&all, ASYNC_LIST(a, b, c), NS_PER_S, error)) {
 *       return false;
 *   }
 *   bool ok;
 *   while ((ok = async_as_completed_next(&all, &next, error)) && next) {
 *       ... async_result(next, &value, error) ...   // does not wait
 *   }
 *   async_as_completed_close(&all);
 *   return ok;
 */
#ifndef SIMUL_ASYNC_AS_COMPLETED_H
#define SIMUL_ASYNC_AS_COMPLETED_H

#include "async/queue.h"
#include "async/waiting.h"

#ifdef __cplusplus
extern "C" {
#endif

struct async_as_completed;

/* One of the awaitables that are waited for. */
struct async_completion {
    struct async_node node; /* among the future's callbacks until it is done */
    struct async_awaitable *future;
    struct async_as_completed *all;
    size_t place; /* its index in the array that was given */
    bool is_pending;
    bool is_own; /* a task that async_as_completed_open() made of a coroutine */
};

/* In the caller's storage, where it must not move. Its fields belong to the library. */
struct async_as_completed {
    struct async_completion *completions;
    struct async_queue done; /* of futures; a NULL in it means that time was up */
    struct async_handle timer;
    size_t count;
    size_t pending_count;
    size_t left_count; /* not handed out yet */
};

/* `asyncio.as_completed(awaitables, timeout=...)`. Coroutines become tasks. An
 * awaitable that is given twice is waited for once. ASYNC_FOREVER means no timeout.
 * Fails with ASYNC_NO_MEMORY; with ASYNC_RUNTIME if no loop runs; with
 * ASYNC_INVALID_ARGUMENT if an awaitable is NULL, or if no array can have `count`
 * elements. Then there is nothing to close. */
bool async_as_completed_open(struct async_as_completed *all,
                             struct async_awaitable *const awaitables[], size_t count,
                             int64_t timeout_ns, struct async_error *error);

/* Waits until one more is done, even if it failed, and lends it until
 * async_as_completed_close(). *future is NULL if all were handed out. Several tasks may
 * call it. After the timeout, fails with ASYNC_TIMEOUT once for each awaitable that was
 * not done in time; that awaitable goes on and is not cancelled. Fails with
 * ASYNC_CANCELLED if the calling task is cancelled. */
bool async_as_completed_next(struct async_as_completed *all,
                             struct async_awaitable **future,
                             struct async_error *error);

/* Ends the waiting, not the awaitables. No task may still wait in
 * async_as_completed_next(). */
void async_as_completed_close(struct async_as_completed *all);

#ifdef __cplusplus
}
#endif

#endif

/* Waiting for many in the order in which they are done.
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

struct async_as_completed;

/* One of those that are waited for. */
struct async_completion {
    struct async_node node; /* stands at the future until it is done */
    struct async_awaitable *future;
    struct async_as_completed *all;
    size_t place; /* in what was given */
    bool is_pending;
    bool is_own; /* a task that was made here, of a coroutine */
};

/* In the caller's storage; it must not move. Fields are the library's. */
struct async_as_completed {
    struct async_completion *completions;
    struct async_queue done; /* of futures; NULL: the time was up */
    struct async_handle timer;
    size_t count;
    size_t pending_count;
    size_t left_count; /* not handed out yet */
};

/* `asyncio.as_completed(awaitables, timeout=...)`: coroutines become tasks. The same
 * one given twice is waited for once. ASYNC_FOREVER: no timeout. ASYNC_NO_MEMORY;
 * ASYNC_RUNTIME: no loop runs; then there is nothing to close. */
bool async_as_completed_open(struct async_as_completed *all,
                             struct async_awaitable *const awaitables[], size_t count,
                             int64_t timeout_ns, struct async_error *error);

/* Waits for the next that is done, however it ended, and lends it until close; NULL
 * when all were handed out. Several tasks may ask. ASYNC_TIMEOUT, for each that was not
 * done in time: it goes on, and is not cancelled. ASYNC_CANCELLED: the caller was. */
bool async_as_completed_next(struct async_as_completed *all,
                             struct async_awaitable **future,
                             struct async_error *error);

/* Ends the waiting, not what was waited for. Nobody may still wait in next(). */
void async_as_completed_close(struct async_as_completed *all);

#endif

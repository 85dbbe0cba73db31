/* The ways to wait: for a while, for many, for one but not for ever. What is nearly
 * always awaited on the spot in asyncio is here a function that waits:
 *
 *   await asyncio.sleep(1)            async_sleep(NS_PER_S, error)
 *   await asyncio.gather(a, b)        async_gather(ASYNC_LIST(a, b), false, ...)
 *   await asyncio.wait_for(a, 1)      async_wait_for(a, NS_PER_S, &value, error)
 *
 * All of them return false with ASYNC_CANCELLED where the calling task is cancelled,
 * and with ASYNC_RUNTIME outside a task. Times are nanoseconds on CLOCK_MONOTONIC.
 * Coroutines are given away to them, tasks and futures borrowed. Arrays of awaitables
 * are read during the call and not kept; `value` may be NULL. */
#ifndef SIMUL_ASYNC_WAITING_H
#define SIMUL_ASYNC_WAITING_H

#include "base/clock.h"
#include "async/awaitable.h"
#include "async/loop.h"

#define ASYNC_FOREVER INT64_MAX /* asyncio's timeout=None */

/* Two arguments, an array and its length: async_gather(ASYNC_LIST(a, b), ...). */
#define ASYNC_LIST(...)                                                                \
    (struct async_awaitable *[]){__VA_ARGS__},                                         \
        (sizeof((void *[]){__VA_ARGS__}) / sizeof(void *))

/* Waits at least so long, never less. 0 or less: lets everybody else have one turn. */
bool async_sleep(int64_t delay_ns, struct async_error *error);

/* -- gather ------------------------------------------------------------------------ */

/* How one of them ended. */
struct async_outcome {
    void *value;              /* NULL where it failed */
    struct async_error error; /* kind ASYNC_OK: it did not */
};

/* Runs all at once (coroutines become tasks) and waits for all; outcomes[i], where the
 * caller gives such an array, is that of awaitables[i]. The same one may be given
 * twice. Without return_exceptions the first failure is passed on at once, while the
 * others go on; a child's cancellation is such a failure. With it, failures stand in
 * the outcomes. Cancelling the caller cancels all children. */
bool async_gather(struct async_awaitable *const awaitables[], size_t count,
                  bool return_exceptions, struct async_outcome outcomes[],
                  struct async_error *error);

/* The future itself, to be released; its value is an array of `count` struct
 * async_outcome that lives as long as it does. To cancel it is to cancel its children.
 * Without any, it belongs to the running loop. NULL: out of memory, or no loop. */
struct async_awaitable *async_gather_future(struct async_awaitable *const awaitables[],
                                            size_t count, bool return_exceptions);

/* -- wait -------------------------------------------------------------------------- */

enum async_return_when {
    ASYNC_FIRST_COMPLETED,
    ASYNC_FIRST_EXCEPTION,
    ASYNC_ALL_COMPLETED
};

/* Waits for tasks and futures until the condition or the timeout, and cancels nothing;
 * async_done() tells which are done. *done_count (may be NULL): how many; one that was
 * given twice counts twice. A timeout (0 or less: one turn) is no failure.
 * ASYNC_INVALID_ARGUMENT: none given, or a coroutine among them. ASYNC_NO_MEMORY. */
bool async_wait(struct async_awaitable *const futures[], size_t count,
                int64_t timeout_ns, enum async_return_when return_when,
                size_t *done_count, struct async_error *error);

/* -- One, but not for ever --------------------------------------------------------- */

/* Waits for one. At the timeout it is cancelled, and when that has ended the call fails
 * with ASYNC_TIMEOUT; or returns its result, where it had one all the same. 0 or less:
 * only what is done already. */
bool async_wait_for(struct async_awaitable *awaitable, int64_t timeout_ns, void **value,
                    struct async_error *error);

/* `async with asyncio.timeout(delay)`: what lies between enter and exit is cancelled
 * when the time is up, and exit makes ASYNC_TIMEOUT of that. They nest.
 *
 *   struct async_timeout timeout;
 *   if (!async_timeout_enter(&timeout, NS_PER_S, error)) return false;
 *   bool ok = fetch(error) && store(error);
 *   return async_timeout_exit(&timeout, ok, error);
 *
 * The storage is the caller's; no exit may be left out. */
struct async_timeout {
    struct async_handle handle;
    struct async_awaitable *task;
    int64_t when_ns;
    int cancelling; /* of the task, when it was entered */
    enum {
        ASYNC_TIMEOUT_CREATED,
        ASYNC_TIMEOUT_ACTIVE,
        ASYNC_TIMEOUT_EXPIRING,
        ASYNC_TIMEOUT_EXPIRED,
        ASYNC_TIMEOUT_FINISHED
    } state;
};

/* ASYNC_FOREVER: never, until it is rescheduled. ASYNC_RUNTIME: outside a task; then
 * there is nothing to exit. The second takes a moment on async_time_ns(). */
bool async_timeout_enter(struct async_timeout *timeout, int64_t delay_ns,
                         struct async_error *error);
bool async_timeout_enter_at(struct async_timeout *timeout, int64_t when_ns,
                            struct async_error *error);

/* `ok` and `error`: how the block ended. Returns how it ends now: false with
 * ASYNC_TIMEOUT where this timeout alone had cancelled it, else as it was. */
bool async_timeout_exit(struct async_timeout *timeout, bool ok,
                        struct async_error *error);

/* Another moment (ASYNC_FOREVER: none) on async_time_ns(). ASYNC_RUNTIME: not active.
 */
bool async_timeout_reschedule(struct async_timeout *timeout, int64_t when_ns,
                              struct async_error *error);

/* Has its time come? */
bool async_timeout_expired(const struct async_timeout *timeout);

/* -- shield ------------------------------------------------------------------------ */

/* Waits for one that is not cancelled with the caller: it goes on. */
bool async_shield(struct async_awaitable *awaitable, void **value,
                  struct async_error *error);

/* The future itself, to be released. What is done already comes back as it is. */
struct async_awaitable *async_shield_future(struct async_awaitable *awaitable);

#endif

/* The ways to wait: for a time, for many awaitables, for one with a timeout. In asyncio
 * these functions return an awaitable, which is nearly always awaited at once; here
 * they wait themselves:
 *
 *   await asyncio.sleep(1)            async_sleep(NS_PER_S, error)
 *   await asyncio.gather(a, b)        async_gather(ASYNC_LIST(a, b), false, ...)
 *   await asyncio.wait_for(a, 1)      async_wait_for(a, NS_PER_S, &value, error)
 *
 * All of them fail with ASYNC_CANCELLED if the calling task is cancelled, and with
 * ASYNC_RUNTIME outside a task. Times are nanoseconds on CLOCK_MONOTONIC. Coroutines
 * are given away to them; tasks and futures are borrowed. Arrays of awaitables are read
 * during the call and not kept; `value` may be NULL. */
#ifndef SIMUL_ASYNC_WAITING_H
#define SIMUL_ASYNC_WAITING_H

#include "base/clock.h"
#include "async/awaitable.h"
#include "async/loop.h"

#ifdef __cplusplus
#    include <initializer_list>
#endif

#define ASYNC_FOREVER INT64_MAX /* asyncio's timeout=None */

/* Two arguments, an array and its length: async_gather(ASYNC_LIST(a, b), ...). */
#define ASYNC_LIST(...)                                                                \
    (struct async_awaitable *[]){__VA_ARGS__},                                         \
        (sizeof((void *[]){__VA_ARGS__}) / sizeof(void *))

#ifdef __cplusplus
/* C++ has no compound literals. The array lives until the call has returned. */
template <typename... Items> char (&async_list_count(Items...))[sizeof...(Items)];
#    undef ASYNC_LIST
#    define ASYNC_LIST(...)                                                            \
        std::initializer_list<struct async_awaitable *>{__VA_ARGS__}.begin(),          \
            sizeof(async_list_count(__VA_ARGS__))
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* Waits at least `delay_ns`. 0 or less: every other ready task gets one turn. */
bool async_sleep(int64_t delay_ns, struct async_error *error);

/* -- gather ------------------------------------------------------------------------ */

/* How one awaitable ended. */
struct async_outcome {
    void *value;              /* NULL if it failed */
    struct async_error error; /* kind ASYNC_OK if it did not fail */
};

/* Runs all awaitables at once (coroutines become tasks) and waits for all of them.
 * outcomes[i] is that of awaitables[i]; `outcomes` may be NULL. The same awaitable may
 * be given twice. If `return_exceptions` is false, the call fails with the first
 * failure at once, and the other awaitables go on; the cancellation of a child counts
 * as a failure. If it is true, failures stand in the outcomes. If the calling task is
 * cancelled, all children are cancelled. Fails with ASYNC_INVALID_ARGUMENT if an
 * awaitable is NULL or of another loop, or if no array can have `count` elements. */
bool async_gather(struct async_awaitable *const awaitables[], size_t count,
                  bool return_exceptions, struct async_outcome outcomes[],
                  struct async_error *error);

/* The future of a gather, to be released. Its value is an array of `count` struct
 * async_outcome that lives as long as the future. Cancelling it cancels its children.
 * It belongs to the loop of the first child that has one, else to the running loop.
 * Returns NULL if memory is out, there is no loop, the loop is closed, or no array can
 * have `count` elements. */
struct async_awaitable *async_gather_future(struct async_awaitable *const awaitables[],
                                            size_t count, bool return_exceptions);

/* -- wait -------------------------------------------------------------------------- */

enum async_return_when {
    ASYNC_FIRST_COMPLETED,
    ASYNC_FIRST_EXCEPTION,
    ASYNC_ALL_COMPLETED
};

/* Waits for tasks and futures until `return_when` is met or the time is up. Cancels
 * nothing; async_done() tells which of them are done. *done_count (`done_count` may be
 * NULL) is their number; a future that was given twice counts twice. The end of the
 * time is no failure; a timeout of 0 or less waits one turn. Fails with
 * ASYNC_INVALID_ARGUMENT (ValueError) if the array is empty or has a coroutine in it, if
 * no array can have `count` elements, or if `return_when` is none of the three values;
 * and with ASYNC_NO_MEMORY. */
bool async_wait(struct async_awaitable *const futures[], size_t count,
                int64_t timeout_ns, enum async_return_when return_when,
                size_t *done_count, struct async_error *error);

/* -- wait_for and timeout ---------------------------------------------------------- */

/* Waits for one awaitable. When the time is up it is cancelled, and the call waits
 * until it has ended. Then the call fails with ASYNC_TIMEOUT, or returns the result if
 * the awaitable had one all the same. If timeout_ns is 0 or less, the time is up at
 * once unless the awaitable is done already. As in Python 3.11, a coroutine runs in a
 * task of its own. */
bool async_wait_for(struct async_awaitable *awaitable, int64_t timeout_ns, void **value,
                    struct async_error *error);

/* `async with asyncio.timeout(delay)`: the code between enter and exit is cancelled
 * when the time is up, and exit turns that cancellation into ASYNC_TIMEOUT. Timeouts
 * may be nested, and cancel as in Python 3.13: exit takes back only the cancellation that
 * this timeout requested, and nothing of it is left for a later wait.
 *
 *   struct async_timeout timeout;
 *   if (!async_timeout_enter(&timeout, NS_PER_S, error)) return false;
 *   bool ok = fetch(error) && store(error);
 *   return async_timeout_exit(&timeout, ok, error);
 *
 * The struct lies in the caller's storage. Each enter that succeeds needs its exit. */
struct async_timeout {
    struct async_handle handle;
    struct async_awaitable *task;
    int64_t when_ns;
    int cancelling; /* async_cancelling() of the task when it entered */
    enum {
        ASYNC_TIMEOUT_CREATED,
        ASYNC_TIMEOUT_ACTIVE,
        ASYNC_TIMEOUT_EXPIRING,
        ASYNC_TIMEOUT_EXPIRED,
        ASYNC_TIMEOUT_FINISHED
    } state;
};

/* The time begins to count; with ASYNC_FOREVER only after async_timeout_reschedule().
 * async_timeout_enter_at() takes a time of async_time_ns() instead of a delay. Fail
 * with ASYNC_RUNTIME outside a task; then there is nothing to exit. */
bool async_timeout_enter(struct async_timeout *timeout, int64_t delay_ns,
                         struct async_error *error);
bool async_timeout_enter_at(struct async_timeout *timeout, int64_t when_ns,
                            struct async_error *error);

/* The end of the block. `ok` and `error` say how its code ended. Fails with
 * ASYNC_TIMEOUT if the code was cancelled by this timeout alone; else returns `ok` and
 * leaves the error as it is. */
bool async_timeout_exit(struct async_timeout *timeout, bool ok,
                        struct async_error *error);

/* Moves the end to another time of async_time_ns(); ASYNC_FOREVER removes it. Fails
 * with ASYNC_RUNTIME if the timeout was not entered, has expired, or was exited. */
bool async_timeout_reschedule(struct async_timeout *timeout, int64_t when_ns,
                              struct async_error *error);

/* True if the time was up before the exit. */
bool async_timeout_expired(const struct async_timeout *timeout);

/* -- shield ------------------------------------------------------------------------ */

/* Waits for an awaitable that goes on if the calling task is cancelled. */
bool async_shield(struct async_awaitable *awaitable, void **value,
                  struct async_error *error);

/* The future of a shield, to be released. If the awaitable is done already, returns the
 * awaitable itself. Returns NULL if memory is out or no loop runs. */
struct async_awaitable *async_shield_future(struct async_awaitable *awaitable);

#ifdef __cplusplus
}
#endif

#endif

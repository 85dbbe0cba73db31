/* Pairs: a short program here, the same in Python's asyncio, and equal traces: the
 * order of events, the results, the kinds of errors. A new pair is two functions of one
 * name in tests/async/pairs/, and nothing else. In THEME.c, here locks.c:
 *
 *   PAIR(locks, a_free_one_is_taken) {
 *       struct async_lock lock = {0};
 *       bool ok = async_lock_acquire(&lock, error);
 *       trace("locked %d", async_lock_locked(&lock));
 *       return ok;
 *   }
 *
 * and in THEME.py:
 *
 *   @pair
 *   async def a_free_one_is_taken():
 *       lock = asyncio.Lock()
 *       await lock.acquire()
 *       trace("locked", int(lock.locked()))
 *
 * Each is a Criterion test. The body is the first task's; both sides run in virtual
 * time, so a sleep of an hour costs nothing. What the body fails with is traced ("main
 * TimeoutError"), and so are tasks that are left ("left 1") and what the loop reports.
 */
#ifndef SIMUL_TESTS_ASYNC_PAIRS_PAIR_H
#define SIMUL_TESTS_ASYNC_PAIRS_PAIR_H

#include "tests/async/actor.h"

/* Runs both sides and fails at the first line that differs. */
void pair_run(const char *theme, const char *name, async_body *body);

#define PAIR(theme, name)                                                              \
    static bool name(struct async_error *error);                                       \
    Test(theme, name) {                                                                \
        pair_run(#theme, #name, name);                                                 \
    }                                                                                  \
    static bool name(struct async_error *error __attribute__((unused)))

/* One line of the trace, in printf's words. */
void trace(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* "name done", or "name CancelledError". Returns ok. */
bool trace_end(const char *name, bool ok, const struct async_error *error);

/* Awaits a task, traces how it ended, and releases it: the trace goes on. */
void settle(const char *name, struct async_awaitable *task);

/* Virtual time since the pair began. */
int64_t now_ms(void);

#endif

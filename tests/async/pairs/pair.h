/* Pairs: a short program in C and the same one in Python's asyncio, which have to leave
 * equal traces: the order of events, the results, the kinds of errors. A new pair is
 * two functions of one name in tests/async/pairs/, and nothing else. In THEME.c, here
 * locks.c, written in the dialect of tests/async/support.h:
 *
 *   PAIR(locks, a_free_lock_is_taken) {
 *       struct async_lock lock = {0};
 *       bool ok = async_lock_acquire(&lock, error);
 *       trace("locked %d", async_lock_locked(&lock));
 *       return ok;
 *   }
 *
 * and in THEME.py:
 *
 *   @pair
 *   async def a_free_lock_is_taken():
 *       lock = asyncio.Lock()
 *       await lock.acquire()
 *       trace("locked", int(lock.locked()))
 *
 * Each is a Criterion test. The body is the first task; both sides run in virtual time,
 * so a sleep of an hour costs nothing. If the body fails, its error is traced ("main
 * TimeoutError"). The number of tasks that it leaves behind ("left 1") and the reports
 * of the loop are traced, too.
 */
#ifndef SIMUL_TESTS_ASYNC_PAIRS_PAIR_H
#define SIMUL_TESTS_ASYNC_PAIRS_PAIR_H

#include "tests/async/support.h"

/* Runs both sides and fails at the first line that differs. */
void pair_run(const char *theme, const char *name, async_body *body);

#define PAIR(theme, name)                                                              \
    static bool name(struct async_error *error);                                       \
    Test(theme, name) {                                                                \
        pair_run(#theme, #name, name);                                                 \
    }                                                                                  \
    static bool name(struct async_error *error __attribute__((unused)))

/* Virtual time since the pair began. */
int64_t now_ms(void);

#endif

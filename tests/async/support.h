/* How a test of async/ is written. A test includes this header, which includes the
 * parts of the dialect:
 *
 *   support/run.h          tests whose body is a task: ASYNC_TEST(suite, name) {...} in
 *                          virtual time, REAL_TIME_TEST(suite, name) {...} for sockets,
 *                          threads and processes; run() and its kin for other tests
 *   support/coroutine.h    ASYNC_FUNCTION(f) {...} defines a coroutine function,
 *                          ACTOR(f) {...} one with a named argument; NEW_TASK, AS,
 *                          turns()
 *   support/expect.h       SUCCEEDS(call), FAILS_WITH(kind, call)
 *   support/trace.h        trace("a %d", 1) writes down an event, EXPECT_TRACE("a 1")
 *                          compares all of them; settle() traces how a task ended
 *   support/tracer.h       a protocol that traces what its transport tells it
 *   support/descriptors.h  open descriptors of this process, before and after
 *
 * A whole test:
 *
 *   ACTOR(hold) {
 *       trace("%s waits", self->name);
 *       return async_lock_acquire(self->thing, error);
 *   }
 *
 *   ASYNC_TEST(async_lock, a_cancelled_task_does_not_get_the_lock) {
 *       struct async_lock lock = {.is_locked = true};
 *       struct async_awaitable *task = async_create_task(AS(hold, "a", &lock));
 *       SUCCEEDS(turns(1, error));
 *       async_cancel(task);
 *       settle("a", task);
 *       EXPECT_TRACE("a waits a CancelledError");
 *       return true;
 *   }
 *
 * A test that has to give the same trace in Python is a pair: pairs/pair.h. */
#ifndef SIMUL_TESTS_ASYNC_SUPPORT_H
#define SIMUL_TESTS_ASYNC_SUPPORT_H

#include "tests/async/support/coroutine.h"
#include "tests/async/support/descriptors.h"
#include "tests/async/support/expect.h"
#include "tests/async/support/run.h"
#include "tests/async/support/trace.h"
#include "tests/async/support/tracer.h"

#endif

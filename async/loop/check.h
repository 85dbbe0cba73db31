/* Can a loop be used in this way now? Each check fails with ASYNC_RUNTIME and asyncio's
 * message. A loop that is NULL most likely came from async_get_running_loop() while no
 * loop ran, and the message says so. */
#ifndef SIMUL_ASYNC_LOOP_CHECK_H
#define SIMUL_ASYNC_LOOP_CHECK_H

#include "async/loop/core.h"
#include "async/loop/refusal.h"

/* Why the loop makes no task and takes no callback now. */
enum async_refusal async_loop_refusal(const struct async_loop *loop);

/* Fails with "no running event loop" or "Event loop is closed". From any thread. */
bool async_loop_check_open(const struct async_loop *loop, struct async_error *error);

/* In debug mode: fails if the loop runs in another thread. */
bool async_loop_check_thread(const struct async_loop *loop, struct async_error *error);

/* Both checks. */
bool async_loop_check(const struct async_loop *loop, struct async_error *error);

/* Fails if another process made the loop. */
bool async_loop_check_process(const struct async_loop *loop, struct async_error *error);

/* Fails if the loop cannot be run now: it is NULL, closed, running or of another
 * process, or another loop runs in this thread. */
bool async_loop_check_startable(const struct async_loop *loop,
                                struct async_error *error);

#endif

/* May this be done with a loop now? Each check fails with ASYNC_RUNTIME and asyncio's
 * words. A loop that is NULL is most likely what async_get_running_loop() has returned
 * outside of any, and is said to be that. */
#ifndef SIMUL_ASYNC_LOOP_CHECK_H
#define SIMUL_ASYNC_LOOP_CHECK_H

#include "async/loop/core.h"

/* "no running event loop", "Event loop is closed". From any thread. */
bool async_loop_check_open(const struct async_loop *loop, struct async_error *error);

/* In debug mode, where it runs: from another thread? */
bool async_loop_check_thread(const struct async_loop *loop, struct async_error *error);

/* Both. */
bool async_loop_check(const struct async_loop *loop, struct async_error *error);

/* Made by another process. */
bool async_loop_check_process(const struct async_loop *loop, struct async_error *error);

/* Whether it may be run: not closed, and nothing runs here. */
bool async_loop_check_startable(const struct async_loop *loop,
                                struct async_error *error);

#endif

/* An asyncio for C: tasks that wait without a thread for each of them. This header
 * includes all of it, except http.h and curl.h.
 *
 *   static bool say_after(void *argument, void **value, struct async_error *error) {
 *       if (!async_sleep(NS_PER_S, error)) return false;
 *       puts(argument);
 *       return true;
 *   }
 *   int main(void) {
 *       struct async_error error = {0};
 *       return async_run(async_coroutine(say_after, "hello"), NULL, &error) ? 0 : 1;
 *   }
 *
 * The names are asyncio's: asyncio.f() and loop.f() are async_f(). A method that
 * several classes have carries the name of its class: async_loop_stop(),
 * async_handle_cancel(), async_lock_acquire().
 *
 *   error.h      CancelledError, TimeoutError, ...: how a coroutine fails
 *   awaitable.h  coroutine, task, future; await, create_task, cancel, add_done_callback
 *   waiting.h    sleep, gather, wait, wait_for, timeout, shield
 *   loop.h       run, run_until_complete, call_soon, call_later, all_tasks, set_debug
 *   lock.h, event.h, condition.h, semaphore.h, barrier.h: tasks that wait for tasks
 *   queue.h      queue, priority queue, LIFO queue
 *   as_completed.h, task_group.h: many tasks, each as it is done, and all as one
 *   executor.h   run_in_executor, to_thread
 *   signals.h    add_signal_handler, remove_signal_handler
 *   stream.h     open_connection, start_server, readers and writers
 *   process.h    create_subprocess_exec, communicate
 *   transport.h  transports and protocols; connection.h, server.h: create_connection,
 *                create_server
 *   address.h    getaddrinfo, numeric addresses
 *   bytes.h, line.h: structs that the other headers use
 *   http.h, curl.h: an HTTP client, a library of its own on libcurl
 *
 * C++17 can include all of these headers. In it, no exception may leave a coroutine or a
 * callback, and `struct async_error error = {}` is how to zero a struct.
 *
 * docs/async/guide.md shows programs beside their Python twins, docs/async/reference.md
 * has these headers on one page, docs/async/inside.md explains how it works. */
#ifndef SIMUL_ASYNC_ASYNC_H
#define SIMUL_ASYNC_ASYNC_H

#include "async/as_completed.h"
#include "async/awaitable.h"
#include "async/barrier.h"
#include "async/condition.h"
#include "async/connection.h"
#include "async/error.h"
#include "async/event.h"
#include "async/executor.h"
#include "async/lock.h"
#include "async/loop.h"
#include "async/process.h"
#include "async/queue.h"
#include "async/semaphore.h"
#include "async/server.h"
#include "async/signals.h"
#include "async/stream.h"
#include "async/task_group.h"
#include "async/transport.h"
#include "async/waiting.h"

#endif

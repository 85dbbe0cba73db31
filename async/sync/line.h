/* Waiting in a line, for the library's own files; not installed. Locks and queues wait
 * only in this way: a task that comes too late waits in the line, and a task that gives
 * something back wakes the first one.
 *
 * A waiter that is woken leaves the line at once, so that n wake-ups cost n steps. It
 * is counted until its task runs, because a task that comes in between must not
 * overtake it. */
#ifndef SIMUL_ASYNC_SYNC_LINE_H
#define SIMUL_ASYNC_SYNC_LINE_H

#include "async/error.h"
#include "async/line.h"

/* Waits at the end of the line until it is woken. async_describe() shows `label`.
 * False: cancelled, or the loop was closed; with ASYNC_RUNTIME: no task runs, or tasks
 * of another loop wait here. *is_woken is true if it was woken, even if it was
 * cancelled before it ran; then the caller passes the wake-up on. */
bool async_line_wait(struct async_line *line, const char *label, bool *is_woken,
                     struct async_error *error);

/* Wakes the first waiter that was not cancelled. False: there is none. */
bool async_line_wake(struct async_line *line);

/* Wakes the first waiter, unless a task is woken already or the first was cancelled:
 * that task is about to run, and then wakes the next one if needed. For a thing that
 * only one task may have. */
void async_line_wake_only_one(struct async_line *line);

/* Does a waiter stand here that must not be overtaken? */
bool async_line_is_taken(const struct async_line *line);

#endif

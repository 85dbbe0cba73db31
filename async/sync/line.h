/* Waiting in a line, for the library's own files; not installed. All that locks and
 * queues do is done with these: who comes too late waits, who gives something back
 * wakes the next.
 *
 * A waiter that is woken leaves the line at once, so that n wake-ups cost n steps. It
 * is counted until its task runs: who comes in between must not overtake it. */
#ifndef SIMUL_ASYNC_SYNC_LINE_H
#define SIMUL_ASYNC_SYNC_LINE_H

#include "async/error.h"
#include "async/line.h"

/* Waits at the end of the line until it is woken. `label` is shown by async_describe().
 * False: cancelled, or the loop was closed; ASYNC_RUNTIME: no task runs, or tasks of
 * another loop wait here. *is_woken: somebody woke it, be it that it was cancelled
 * before it ran: then the wake-up is to be passed on. */
bool async_line_wait(struct async_line *line, const char *label, bool *is_woken,
                     struct async_error *error);

/* Wakes the first that was not cancelled. False: there is none. */
bool async_line_wake(struct async_line *line);

/* Wakes the first, unless somebody is woken already, or the first was cancelled: either
 * is about to run and sees to it. For what only one may have. */
void async_line_wake_only_one(struct async_line *line);

/* Does anybody stand here who must not be overtaken? */
bool async_line_is_taken(const struct async_line *line);

#endif

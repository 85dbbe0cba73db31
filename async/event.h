/* An event: a flag that tasks wait for. */
#ifndef SIMUL_ASYNC_EVENT_H
#define SIMUL_ASYNC_EVENT_H

#include "async/error.h"
#include "async/line.h"

#ifdef __cplusplus
extern "C" {
#endif

/* In the caller's storage, which has to outlive every task that waits. A zeroed event
 * is not set. Nothing has to be freed. */
struct async_event {
    struct async_line line;
    bool is_set;
};

void async_event_init(struct async_event *event);

/* `await event.wait()`: waits until the event is set; does not wait if it is set
 * already. A task that was woken goes on even if the event is cleared before it runs.
 * Fails with ASYNC_CANCELLED, or with ASYNC_RUNTIME as async_lock_acquire() does. */
bool async_event_wait(struct async_event *event, struct async_error *error);

/* `event.set()`: wakes the waiting tasks, in the order of arrival. `event.clear()`. */
void async_event_set(struct async_event *event);
void async_event_clear(struct async_event *event);

/* `event.is_set()`. */
bool async_event_is_set(const struct async_event *event);

#ifdef __cplusplus
}
#endif

#endif

/* An event: a flag that tasks wait for. */
#ifndef SIMUL_ASYNC_EVENT_H
#define SIMUL_ASYNC_EVENT_H

#include "async/error.h"
#include "async/line.h"

/* In the caller's storage, which outlives all who wait. Zeroed: not set. Nothing is to
 * be given back. */
struct async_event {
    struct async_line line;
    bool is_set;
};

void async_event_init(struct async_event *event);

/* `await event.wait()`: until it is set; not at all where it is. Who was woken goes on,
 * be the event cleared meanwhile. ASYNC_CANCELLED; ASYNC_RUNTIME as with a lock. */
bool async_event_wait(struct async_event *event, struct async_error *error);

/* `event.set()`: wakes all who wait, in the order of their coming. `event.clear()`. */
void async_event_set(struct async_event *event);
void async_event_clear(struct async_event *event);

/* `event.is_set()`. */
bool async_event_is_set(const struct async_event *event);

#endif

/* An event wakes all tasks that wait for it at once. */
#include "async/event.h"
#include "async/sync/line.h"

void async_event_init(struct async_event *event) {
    *event = (struct async_event){.is_set = false};
}

bool async_event_wait(struct async_event *event, struct async_error *error) {
    bool is_woken;
    return event->is_set || async_line_wait(&event->line, "event", &is_woken, error);
}

void async_event_set(struct async_event *event) {
    if (event->is_set) {
        return; /* the tasks in line came before and are woken */
    }
    event->is_set = true;
    while (async_line_wake(&event->line)) {
    }
}

void async_event_clear(struct async_event *event) {
    event->is_set = false;
}

bool async_event_is_set(const struct async_event *event) {
    return event->is_set;
}

/* A waiter is a future and two links on the stack of the task that waits. */
#include "async/sync/line.h"
#include "async/loop/core.h"

struct async_waiter {
    struct async_awaitable future;
    struct async_waiter *next;
    struct async_waiter *previous;
    bool is_in_line;
};

static void append(struct async_line *line, struct async_waiter *waiter) {
    waiter->next = NULL;
    waiter->previous = line->last;
    waiter->is_in_line = true;
    *(line->last ? &line->last->next : &line->first) = waiter;
    line->last = waiter;
}

static void leave(struct async_line *line, struct async_waiter *waiter) {
    *(waiter->previous ? &waiter->previous->next : &line->first) = waiter->next;
    *(waiter->next ? &waiter->next->previous : &line->last) = waiter->previous;
    waiter->is_in_line = false;
}

/* The first waiter that was not cancelled. Cancelled ones stand in front for less than
 * a turn: then their tasks have run and left. */
static struct async_waiter *first_pending(const struct async_line *line) {
    struct async_waiter *waiter = line->first;
    while (waiter && waiter->future.state != ASYNC_PENDING) {
        waiter = waiter->next;
    }
    return waiter;
}

static void wake(struct async_line *line, struct async_waiter *waiter) {
    leave(line, waiter);
    line->woken_count++;
    async_future_wake(&waiter->future, NULL);
}

bool async_line_wait(struct async_line *line, const char *label, bool *is_woken,
                     struct async_error *error) {
    *is_woken = false;
    struct async_loop *loop = async_need_running_loop(error);
    if (!loop) {
        return false;
    }
    /* Two loops run in two threads, or one after the other. In both cases, neither can
     * wake the other's tasks. */
    if (line->first && line->first->future.loop != loop) {
        return async_fail_with(error, ASYNC_RUNTIME,
                               "%s is bound to a different event loop", label);
    }
    struct async_waiter waiter;
    async_future_open(&waiter.future, loop, label);
    append(line, &waiter);
    bool ok = async_await(&waiter.future, NULL, error);
    if (waiter.is_in_line) {
        leave(line, &waiter);
    } else {
        *is_woken = true;
        line->woken_count--;
    }
    async_future_close(&waiter.future);
    return ok;
}

bool async_line_wake(struct async_line *line) {
    struct async_waiter *waiter = first_pending(line);
    if (!waiter) {
        return false;
    }
    wake(line, waiter);
    return true;
}

void async_line_wake_only_one(struct async_line *line) {
    if (line->woken_count == 0 && line->first &&
        line->first->future.state == ASYNC_PENDING) {
        wake(line, line->first);
    }
}

bool async_line_is_taken(const struct async_line *line) {
    return line->woken_count > 0 || first_pending(line);
}

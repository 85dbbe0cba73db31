/* Events: the tasks that are woken if the event is set, cleared or they are
 * cancelled. */
#include "tests/async/pairs/pair.h"

ACTOR(wait_for_it) {
    struct async_event *event = self->thing;
    if (!async_event_wait(event, error)) {
        return trace_end(self->name, false, error);
    }
    trace("%s woken, set %d", self->name, async_event_is_set(event));
    return true;
}

static struct async_awaitable *start(const char *name, struct async_event *event) {
    return async_create_task(AS(wait_for_it, name, event));
}

PAIR(events, set_wakes_all_in_the_order_of_waiting) {
    struct async_event event = {0};
    struct async_awaitable *a = start("a", &event);
    struct async_awaitable *b = start("b", &event);
    struct async_awaitable *c = start("c", &event);
    bool ok = turns(2, error);
    trace("set %d", async_event_is_set(&event));
    async_event_set(&event);
    trace("set %d", async_event_is_set(&event));
    settle("c", c);
    settle("b", b);
    settle("a", a);
    return ok;
}

static void trace_a_turn(void *argument) {
    (void)argument;
    trace("a turn");
}

PAIR(events, a_set_event_is_not_waited_for) {
    struct async_event event = {0};
    struct async_handle soon = {0};
    async_event_set(&event);
    async_call_soon(async_get_running_loop(), &soon, trace_a_turn, NULL, error);
    bool ok = async_await(AS(wait_for_it, "main", &event), NULL, error);
    async_handle_cancel(&soon);
    return ok;
}

PAIR(events, set_and_cleared_at_once_it_still_wakes_all) {
    struct async_event event = {0};
    struct async_awaitable *a = start("a", &event);
    struct async_awaitable *b = start("b", &event);
    bool ok = turns(2, error);
    async_event_set(&event);
    async_event_clear(&event);
    struct async_awaitable *c = start("c", &event);
    settle("a", a);
    settle("b", b);
    ok = ok && turns(2, error);
    trace("c waits %d", !async_done(c));
    async_event_set(&event);
    settle("c", c);
    return ok;
}

ACTOR(wait_three_times) {
    bool ok = true;
    for (int i = 0; ok && i < 3; i++) {
        ok = async_await(AS(wait_for_it, self->name, self->thing), NULL, error);
    }
    return ok;
}

PAIR(events, a_task_that_comes_after_the_clearing_waits) {
    struct async_event event = {0};
    struct async_awaitable *a = async_create_task(AS(wait_three_times, "a", &event));
    bool ok = true;
    for (int step = 0; ok && step < 3; step++) {
        ok = turns(3, error);
        trace("step %d", step);
        async_event_set(&event);
        async_event_clear(&event);
    }
    settle("a", a);
    return ok;
}

PAIR(events, a_cancelled_task_does_not_hold_up_the_others) {
    struct async_event event = {0};
    struct async_awaitable *a = start("a", &event);
    struct async_awaitable *b = start("b", &event);
    struct async_awaitable *c = start("c", &event);
    bool ok = turns(2, error);
    async_cancel(b);
    async_event_set(&event);
    settle("a", a);
    settle("b", b);
    settle("c", c);
    return ok;
}

PAIR(events, a_task_woken_and_then_cancelled_is_cancelled) {
    struct async_event event = {0};
    struct async_awaitable *a = start("a", &event);
    struct async_awaitable *b = start("b", &event);
    bool ok = turns(2, error);
    async_event_set(&event);
    async_cancel(a);
    settle("a", a);
    settle("b", b);
    trace("set %d", async_event_is_set(&event));
    return ok;
}

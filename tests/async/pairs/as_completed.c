/* as_completed: tasks in the order of their ends, failures, time limits. */
#include "tests/async/pairs/pair.h"

ACTOR(nap) {
    *value = (void *)self->name;
    return async_sleep(self->number * NS_PER_MS, error);
}

ACTOR(fail_later) {
    return async_sleep(self->number * NS_PER_MS, error) &&
           async_fail_with(error, ASYNC_INVALID_ARGUMENT, "%s", self->name);
}

static struct async_awaitable *start(const char *name, int64_t ms) {
    return async_create_task(AS(nap, name, NULL, ms));
}

/* Takes the next task and traces its result or failure. If there is none, *is_end is
 * true. Returns false if the wait was cancelled. */
static bool trace_next(struct async_as_completed *all, bool *is_end,
                       struct async_error *error) {
    struct async_awaitable *next;
    void *name;
    bool ok = async_as_completed_next(all, &next, error);
    *is_end = ok && !next;
    if (*is_end || (!ok && error->kind == ASYNC_CANCELLED)) {
        return ok;
    }
    if (ok && async_result(next, &name, error)) {
        trace("%s at %ld", (const char *)name, (long)now_ms());
    } else {
        trace("%s at %ld", async_error_name(error->kind), (long)now_ms());
    }
    return true;
}

static bool trace_all(struct async_awaitable *const awaitables[], size_t count,
                      int64_t timeout_ns, struct async_error *error) {
    struct async_as_completed all;
    bool ok = async_as_completed_open(&all, awaitables, count, timeout_ns, error);
    bool is_end = !ok;
    while (ok && !is_end) {
        ok = trace_next(&all, &is_end, error);
    }
    async_as_completed_close(&all);
    return ok;
}

PAIR(as_completed, tasks_come_in_the_order_of_their_ends) {
    return trace_all(ASYNC_LIST(AS(nap, "a", NULL, 5), AS(nap, "b", NULL, 2),
                                AS(nap, "c", NULL, 9), AS(nap, "d", NULL, 3)),
                     ASYNC_FOREVER, error);
}

PAIR(as_completed, a_failed_task_comes_in_order_and_ends_no_other) {
    return trace_all(ASYNC_LIST(AS(nap, "a", NULL, 5), AS(fail_later, "b", NULL, 2),
                                AS(nap, "c", NULL, 9)),
                     ASYNC_FOREVER, error);
}

PAIR(as_completed, a_late_task_times_out_and_goes_on) {
    struct async_awaitable *a = start("a", 2);
    struct async_awaitable *b = start("b", 8);
    struct async_awaitable *c = start("c", 9);
    bool ok = trace_all(ASYNC_LIST(a, b, c), 5 * NS_PER_MS, error);
    trace("done %d %d %d", async_done(a), async_done(b), async_done(c));
    async_release(a);
    settle("b", b);
    settle("c", c);
    trace("at %ld", (long)now_ms());
    return ok;
}

PAIR(as_completed, tasks_in_time_are_not_timed_out) {
    bool ok = trace_all(ASYNC_LIST(AS(nap, "a", NULL, 2), AS(nap, "b", NULL, 4)),
                        5 * NS_PER_MS, error) &&
              async_sleep(10 * NS_PER_MS, error);
    trace("at %ld", (long)now_ms());
    return ok;
}

PAIR(as_completed, a_task_given_twice_comes_once) {
    struct async_awaitable *a = start("a", 3);
    bool ok = trace_all(ASYNC_LIST(a, a, a), ASYNC_FOREVER, error);
    async_release(a);
    return ok;
}

PAIR(as_completed, a_done_task_comes_at_once) {
    struct async_awaitable *a = start("a", 1);
    struct async_awaitable *b = start("b", 2);
    bool ok = async_sleep(5 * NS_PER_MS, error);
    struct async_awaitable *c = start("c", 1);
    ok = ok && trace_all(ASYNC_LIST(b, c), ASYNC_FOREVER, error) &&
         trace_all(ASYNC_LIST(a), ASYNC_FOREVER, error);
    async_release(a);
    async_release(b);
    async_release(c);
    return ok;
}

PAIR(as_completed, without_tasks_it_ends_at_once) {
    bool ok = trace_all(NULL, 0, ASYNC_FOREVER, error);
    trace("at %ld", (long)now_ms());
    return ok;
}

PAIR(as_completed, a_cancelled_task_comes_too) {
    struct async_awaitable *a = start("a", 3);
    struct async_awaitable *b = start("b", 5);
    bool ok = turns(2, error);
    async_cancel(a);
    struct async_as_completed all;
    struct async_awaitable *next = NULL;
    ok = ok && async_as_completed_open(&all, &a, 1, ASYNC_FOREVER, error) &&
         async_as_completed_next(&all, &next, error);
    settle("a", async_retain(next));
    async_as_completed_close(&all);
    ok = ok && trace_all(&b, 1, ASYNC_FOREVER, error);
    async_release(a);
    async_release(b);
    return ok;
}

ACTOR(trace_both) {
    return trace_all(self->thing, 2, ASYNC_FOREVER, error);
}

PAIR(as_completed, the_tasks_go_on_if_the_waiting_task_is_cancelled) {
    struct async_awaitable *both[] = {start("a", 3), start("b", 5)};
    struct async_awaitable *waiting =
        async_create_task(AS(trace_both, "waiting", both));
    bool ok = async_sleep(4 * NS_PER_MS, error);
    async_cancel(waiting);
    settle("waiting", waiting);
    async_release(both[0]);
    settle("b", both[1]);
    trace("at %ld", (long)now_ms());
    return ok;
}

PAIR(as_completed, leaving_early_leaves_the_tasks_running) {
    struct async_awaitable *both[] = {start("a", 3), start("b", 5)};
    struct async_as_completed all;
    struct async_awaitable *next = NULL;
    void *name = NULL;
    bool ok = async_as_completed_open(&all, both, 2, ASYNC_FOREVER, error) &&
              async_as_completed_next(&all, &next, error) &&
              async_result(next, &name, error);
    trace("%s", (const char *)name);
    async_as_completed_close(&all);
    trace("b runs %d", !async_done(both[1]));
    async_release(both[0]);
    settle("b", both[1]);
    return ok;
}

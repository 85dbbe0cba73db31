/* Cancellation: the tasks that it reaches, its messages, and how it is counted. */
#include "tests/async/pairs/pair.h"

/* Sleeps so many milliseconds and traces how the sleep ended. */
ACTOR(nap) {
    trace("%s begins", self->name);
    bool ok = async_sleep(self->number * NS_PER_MS, error);
    trace("%s %s at %ld", self->name, ok ? "woke" : async_error_name(error->kind),
          (long)now_ms());
    return ok;
}

static struct async_awaitable *start(const char *name, int64_t ms) {
    return async_create_task(AS(nap, name, NULL, ms));
}

/* Awaits its thing and traces how this ended. */
ACTOR(await_it) {
    return trace_end(self->name, async_await(self->thing, NULL, error), error);
}

static void trace_ended(const struct async_awaitable *task) {
    trace("done %d, cancelled %d", async_done(task), async_cancelled(task));
}

static void trace_count(const char *when, struct async_awaitable *task) {
    trace("%s: cancelling %d", when, async_cancelling(task));
}

/* Awaits a task and traces the message that came with its end. */
static void settle_with_message(const char *name, struct async_awaitable *task) {
    struct async_error error = {.kind = ASYNC_OK};
    async_await(task, NULL, &error);
    trace("%s %s(%s)", name, async_error_name(error.kind), error.message);
    async_release(task);
}

PAIR(cancellation, a_task_cancelled_before_its_start_never_begins) {
    struct async_awaitable *task = start("task", 5);
    trace("cancel %d", async_cancel(task));
    trace_ended(task);
    settle("task", task);
    return true;
}

PAIR(cancellation, a_task_that_waits_is_cancelled_there) {
    struct async_awaitable *task = start("task", 5);
    bool ok = async_sleep(2 * NS_PER_MS, error);
    trace("cancel %d", async_cancel(task));
    trace_ended(task);
    ok = ok && turns(1, error);
    trace_ended(task);
    settle("task", task);
    return ok;
}

ACTOR(clean_up) {
    if (!nap_body(self, value, error)) {
        struct async_error own;
        async_sleep(2 * NS_PER_MS, &own);
        trace("%s cleaned up at %ld", self->name, (long)now_ms());
        return false;
    }
    return true;
}

PAIR(cancellation, it_may_be_caught_and_raised_again) {
    struct async_awaitable *task = async_create_task(AS(clean_up, "task", NULL, 5));
    bool ok = async_sleep(NS_PER_MS, error);
    async_cancel(task);
    ok = ok && async_sleep(NS_PER_MS, error);
    trace_ended(task);
    ok = ok && async_sleep(5 * NS_PER_MS, error);
    trace_ended(task);
    settle("task", task);
    return ok;
}

ACTOR(swallow) {
    if (!nap_body(self, value, error)) {
        async_error_clear(error);
        trace("%s goes on", self->name);
    }
    *value = (void *)"a result";
    return async_sleep(NS_PER_MS, error);
}

PAIR(cancellation, it_may_be_swallowed) {
    struct async_awaitable *task = async_create_task(AS(swallow, "task", NULL, 5));
    void *value = NULL;
    bool ok = async_sleep(NS_PER_MS, error);
    trace("cancel %d", async_cancel(task));
    ok = ok && async_await(task, &value, error);
    trace("%s at %ld", (const char *)value, (long)now_ms());
    trace_count("after it", task);
    trace_ended(task);
    async_release(task);
    return ok;
}

PAIR(cancellation, two_before_the_task_runs_are_met_once) {
    struct async_awaitable *task = async_create_task(AS(swallow, "task", NULL, 5));
    bool ok = turns(1, error);
    trace("cancel %d", async_cancel(task));
    trace("cancel %d", async_cancel(task));
    trace_count("twice", task);
    settle("task", task);
    return ok;
}

PAIR(cancellation, a_second_cancellation_meets_the_cleanup) {
    struct async_awaitable *task = async_create_task(AS(clean_up, "task", NULL, 9));
    bool ok = async_sleep(2 * NS_PER_MS, error);
    async_cancel(task);
    ok = ok && async_sleep(NS_PER_MS, error);
    async_cancel(task);
    settle("task", task);
    trace("at %ld", (long)now_ms());
    return ok;
}

PAIR(cancellation, a_done_task_cannot_be_cancelled) {
    struct async_awaitable *task = start("task", 1);
    bool ok = async_sleep(2 * NS_PER_MS, error);
    trace("cancel %d", async_cancel(task));
    trace_ended(task);
    trace_count("afterwards", task);
    settle("task", task);
    return ok;
}

PAIR(cancellation, a_message_comes_with_it) {
    struct async_awaitable *waiting = start("waiting", 5);
    struct async_awaitable *unborn = NULL;
    bool ok = turns(1, error);
    unborn = start("unborn", 5);
    async_cancel_with(waiting, "enough");
    async_cancel_with(unborn, "not now");
    settle_with_message("waiting", waiting);
    settle_with_message("unborn", unborn);
    return ok;
}

PAIR(cancellation, of_two_messages_in_one_wait_the_first_counts) {
    struct async_awaitable *task = start("task", 5);
    bool ok = turns(1, error);
    async_cancel_with(task, "first");
    async_cancel_with(task, "second");
    settle_with_message("task", task);
    return ok;
}

PAIR(cancellation, of_two_messages_before_the_start_the_last_counts) {
    struct async_awaitable *task = start("task", 5);
    async_cancel_with(task, "first");
    async_cancel_with(task, "second");
    settle_with_message("task", task);
    return true;
}

PAIR(cancellation, it_reaches_the_task_that_is_awaited) {
    struct async_awaitable *inner = start("inner", 5);
    struct async_awaitable *middle = async_create_task(AS(await_it, "middle", inner));
    struct async_awaitable *outer = async_create_task(AS(await_it, "outer", middle));
    bool ok = turns(2, error);
    async_cancel_with(outer, "all of you");
    settle_with_message("outer", outer);
    trace_ended(inner);
    trace_ended(middle);
    trace_count("inner", inner);
    async_release(inner);
    async_release(middle);
    return ok;
}

PAIR(cancellation, it_reaches_the_future_that_is_awaited) {
    struct async_awaitable *future = async_create_future(NULL);
    struct async_awaitable *a = async_create_task(AS(await_it, "a", future));
    struct async_awaitable *b = async_create_task(AS(await_it, "b", future));
    bool ok = turns(1, error);
    async_cancel(a);
    trace_ended(future);
    settle("a", a);
    settle("b", b);
    async_release(future);
    return ok;
}

ACTOR(gather_two) {
    bool ok = async_gather(ASYNC_LIST(AS(nap, "one", NULL, 5), AS(nap, "two", NULL, 5)),
                           false, NULL, error);
    return trace_end(self->name, ok, error);
}

PAIR(cancellation, it_reaches_all_gathered_tasks) {
    struct async_awaitable *task = async_create_task(AS(gather_two, "gatherer"));
    bool ok = async_sleep(2 * NS_PER_MS, error);
    async_cancel(task);
    settle("task", task);
    return ok;
}

PAIR(cancellation, an_awaited_task_that_swallows_it_saves_its_waiter) {
    struct async_awaitable *inner = async_create_task(AS(swallow, "inner", NULL, 5));
    struct async_awaitable *outer = async_create_task(AS(await_it, "outer", inner));
    bool ok = turns(2, error);
    async_cancel(outer);
    settle("outer", outer);
    async_release(inner);
    return ok;
}

PAIR(cancellation, a_cancelled_task_cancels_the_task_that_awaits_it) {
    struct async_awaitable *inner = start("inner", 5);
    struct async_awaitable *outer = async_create_task(AS(await_it, "outer", inner));
    bool ok = turns(2, error);
    async_cancel(inner);
    settle("outer", outer);
    trace_count("outer was", inner);
    async_release(inner);
    return ok;
}

ACTOR(cancel_itself) {
    struct async_awaitable *me = async_current_task();
    trace("cancel %d", async_cancel(me));
    trace_count("still running", me);
    bool ok = self->number == 0 || async_sleep(self->number * NS_PER_MS, error);
    return trace_end(self->name, ok, error);
}

PAIR(cancellation, a_task_that_cancels_itself_fails_at_its_next_wait) {
    settle("task", async_create_task(AS(cancel_itself, "task", NULL, 5)));
    trace("at %ld", (long)now_ms());
    return true;
}

PAIR(cancellation, a_task_that_cancels_itself_and_returns_is_done) {
    struct async_awaitable *task = async_create_task(AS(cancel_itself, "task"));
    bool ok = turns(2, error);
    trace_ended(task);
    settle("task", task);
    return ok;
}

PAIR(cancellation, a_task_that_was_woken_already_is_cancelled_too) {
    struct async_awaitable *future = async_create_future(NULL);
    struct async_awaitable *task = async_create_task(AS(await_it, "task", future));
    bool ok = turns(1, error) && async_set_result(future, NULL, error);
    trace("cancel %d", async_cancel(task));
    settle("task", task);
    trace_ended(future);
    async_release(future);
    return ok;
}

ACTOR(take_back) {
    struct async_awaitable *me = async_current_task();
    if (!nap_body(self, value, error)) {
        trace_count("caught", me);
        trace("uncancel %d", async_uncancel(me));
        async_error_clear(error);
    }
    bool ok = async_sleep(NS_PER_MS, error);
    trace_count("went on", me);
    trace("uncancel %d", async_uncancel(me));
    return ok;
}

PAIR(cancellation, uncancel_counts_down_and_not_below_zero) {
    struct async_awaitable *task = async_create_task(AS(take_back, "task", NULL, 5));
    trace_count("before", task);
    bool ok = turns(1, error);
    async_cancel(task);
    trace_count("after", task);
    settle("task", task);
    return ok;
}

ACTOR(turn_into_a_failure) {
    return nap_body(self, value, error) ||
           async_fail_with(error, ASYNC_INVALID_ARGUMENT, "instead");
}

PAIR(cancellation, a_failure_raised_instead_is_a_failure) {
    struct async_awaitable *task =
        async_create_task(AS(turn_into_a_failure, "task", NULL, 5));
    bool ok = turns(1, error);
    async_cancel(task);
    ok = ok && turns(2, error);
    trace_ended(task);
    settle("task", task);
    return ok;
}

PAIR(cancellation, a_body_that_raises_it_itself_is_cancelled) {
    async_fail_with(error, ASYNC_CANCELLED, "%s", "");
    return false;
}

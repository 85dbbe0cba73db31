/* Futures: their single end, their callbacks, and failures that were not retrieved. */
#include "tests/async/pairs/pair.h"

static const struct async_error failure = {.kind = ASYNC_INVALID_ARGUMENT,
                                           .message = "wrong"};

static void say(struct async_awaitable *future, void *word) {
    trace("%s: done %d", (const char *)word, async_done(future));
}

static bool add(struct async_awaitable *future, const char *word,
                struct async_error *error) {
    return async_add_done_callback(future, say, (void *)word, error);
}

/* Traces how a call ended that may be refused. */
static void trace_call(const char *name, bool ok, struct async_error *error) {
    trace("%s: %s", name, ok ? "fine" : async_error_name(error->kind));
    async_error_clear(error);
}

static void trace_ended(const struct async_awaitable *future) {
    trace("done %d, cancelled %d", async_done(future), async_cancelled(future));
}

PAIR(futures, callbacks_come_in_the_order_of_adding_a_turn_later) {
    struct async_awaitable *future = async_create_future(NULL);
    bool ok = add(future, "a", error) && add(future, "b", error) &&
              add(future, "a", error) && async_set_result(future, NULL, error);
    trace("set");
    ok = ok && turns(1, error);
    async_release(future);
    return ok;
}

PAIR(futures, a_done_future_calls_back_a_turn_later) {
    struct async_awaitable *future = async_create_future(NULL);
    bool ok = async_set_result(future, NULL, error) && add(future, "late", error);
    trace("added");
    ok = ok && turns(1, error);
    trace("a turn later");
    async_release(future);
    return ok;
}

PAIR(futures, removing_a_callback_removes_all_its_copies) {
    struct async_awaitable *future = async_create_future(NULL);
    bool ok =
        add(future, "a", error) && add(future, "b", error) && add(future, "a", error);
    trace("removed %zu", async_remove_done_callback(future, say, (void *)"a"));
    trace("removed %zu", async_remove_done_callback(future, say, (void *)"a"));
    ok = ok && async_set_result(future, NULL, error) && turns(1, error);
    async_release(future);
    return ok;
}

PAIR(futures, a_scheduled_callback_cannot_be_removed) {
    struct async_awaitable *future = async_create_future(NULL);
    bool ok = add(future, "a", error) && async_set_result(future, NULL, error);
    trace("removed %zu", async_remove_done_callback(future, say, (void *)"a"));
    ok = ok && turns(1, error);
    async_release(future);
    return ok;
}

static void add_another(struct async_awaitable *future, void *word) {
    say(future, word);
    add(future, "another", NULL);
}

PAIR(futures, a_callback_added_by_a_callback_is_called_a_turn_later) {
    struct async_awaitable *future = async_create_future(NULL);
    bool ok = async_add_done_callback(future, add_another, (void *)"first", error) &&
              add(future, "second", error) && async_set_result(future, NULL, error) &&
              turns(1, error);
    trace("a turn later");
    ok = ok && turns(1, error);
    async_release(future);
    return ok;
}

PAIR(futures, a_cancelled_future_calls_back_too) {
    struct async_awaitable *future = async_create_future(NULL);
    bool ok = add(future, "a", error);
    trace("cancel %d", async_cancel(future));
    trace("cancel %d", async_cancel(future));
    trace_ended(future);
    ok = ok && turns(1, error);
    async_release(future);
    return ok;
}

PAIR(futures, a_future_ends_once) {
    struct async_awaitable *future = async_create_future(NULL);
    trace_call("result", async_set_result(future, (void *)"a", error), error);
    trace_call("result again", async_set_result(future, (void *)"b", error), error);
    trace_call("exception", async_set_exception(future, &failure, error), error);
    trace("cancel %d", async_cancel(future));
    void *value = NULL;
    bool ok = async_result(future, &value, error);
    trace("%s", (const char *)value);
    async_release(future);
    return ok;
}

PAIR(futures, a_cancelled_future_cannot_be_set) {
    struct async_awaitable *future = async_create_future(NULL);
    async_cancel(future);
    trace_call("set", async_set_result(future, NULL, error), error);
    trace_call("result", async_result(future, NULL, error), error);
    async_release(future);
    return true;
}

PAIR(futures, a_pending_future_has_no_result) {
    struct async_awaitable *future = async_create_future(NULL);
    trace_ended(future);
    trace_call("result", async_result(future, NULL, error), error);
    async_release(future);
    return true;
}

PAIR(futures, a_task_cannot_be_set) {
    struct async_awaitable *me = async_current_task();
    trace_call("result", async_set_result(me, NULL, error), error);
    trace_call("exception", async_set_exception(me, &failure, error), error);
    return true;
}

PAIR(futures, a_failure_is_raised_by_each_await) {
    struct async_awaitable *future = async_create_future(NULL);
    bool ok = async_set_exception(future, &failure, error);
    settle("first", async_retain(future));
    settle("second", async_retain(future));
    trace("has failed %d", async_exception(future, error));
    async_release(future);
    return ok;
}

PAIR(futures, a_failure_that_was_not_retrieved_is_reported) {
    struct async_awaitable *future = async_create_future(NULL);
    bool ok = async_set_exception(future, &failure, error) && turns(1, error);
    trace("before");
    async_release(future);
    trace("after");
    return ok;
}

PAIR(futures, a_retrieved_failure_is_not_reported) {
    struct async_awaitable *future = async_create_future(NULL);
    bool ok = async_set_exception(future, &failure, error);
    struct async_error own;
    trace("has failed %d", async_exception(future, &own));
    async_release(future);
    trace("after");
    return ok;
}

ACTOR(fail) {
    return async_fail_with(error, ASYNC_INVALID_ARGUMENT, "%s", self->name);
}

PAIR(futures, a_tasks_failure_that_was_not_retrieved_is_reported) {
    struct async_awaitable *task = async_create_task(AS(fail, "task"));
    bool ok = turns(2, error);
    trace("done %d", async_done(task));
    async_release(task);
    trace("after");
    return ok;
}

PAIR(futures, a_failure_after_a_cancellation_attempt_is_not_reported) {
    struct async_awaitable *future = async_create_future(NULL);
    bool ok = async_set_exception(future, &failure, error);
    trace("cancel %d", async_cancel(future));
    async_release(future);
    trace("after");
    return ok;
}

ACTOR(await_itself) {
    return trace_end(self->name, async_await(async_current_task(), NULL, error), error);
}

PAIR(futures, a_task_cannot_await_itself) {
    settle("task", async_create_task(AS(await_itself, "inside")));
    return true;
}

PAIR(futures, a_future_of_another_loop_cannot_be_awaited) {
    struct async_loop *other = async_new_event_loop(error);
    struct async_awaitable *future = async_create_future(other);
    settle("future", future);
    async_loop_free(other);
    return true;
}

PAIR(futures, a_done_future_of_another_loop_can_be_awaited) {
    struct async_loop *other = async_new_event_loop(error);
    struct async_awaitable *future = async_create_future(other);
    bool ok = async_set_result(future, NULL, error);
    settle("future", future);
    async_loop_free(other);
    return ok;
}

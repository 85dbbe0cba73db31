/* Loops: one at a time in a thread, run again, stopped, and closed. A pair that needs a
 * loop that does not run yet works in a thread without a loop. */
#include "tests/async/pairs/pair.h"

static bool soon(struct async_loop *loop, const char *word, struct async_error *error) {
    return async_call_soon(loop, NULL, trace_word, (void *)word, error);
}

static void stop(void *loop) {
    trace("stop");
    async_loop_stop(loop);
}

/* Traces a number at each of so many turns. */
ACTOR(count) {
    bool ok = true;
    for (int64_t i = 1; ok && i <= self->number; i++) {
        trace("%s %ld", self->name, (long)i);
        ok = async_sleep(0, error);
    }
    *value = (void *)self->name;
    return trace_end(self->name, ok, error);
}

/* Traces how a call ended that may be refused, and its message. */
static void trace_refusal(const char *name, bool ok, const struct async_error *error) {
    trace("%s: %s", name, ok ? "fine" : async_error_name(error->kind));
    if (!ok) {
        trace("%s", error->message);
    }
}

/* -- Inside a running loop --------------------------------------------------------- */

PAIR(loops, a_running_loop_cannot_be_run) {
    struct async_loop *loop = async_get_running_loop();
    struct async_awaitable *future = async_create_future(NULL);
    trace("running %d", async_loop_is_running(loop));
    trace_refusal("until complete", async_run_until_complete(loop, future, NULL, error),
                  error);
    trace_refusal("forever", async_run_forever(loop, error), error);
    async_release(future);
    return true;
}

PAIR(loops, another_loop_cannot_run_inside_it) {
    struct async_loop *other = async_new_event_loop(error);
    trace_refusal("forever", async_run_forever(other, error), error);
    async_loop_free(other);
    return true;
}

PAIR(loops, run_inside_it_is_refused) {
    bool ok = async_run(AS(count, "never", NULL, 1), NULL, error);
    trace("%s", ok ? "fine" : async_error_name(error->kind));
    return true;
}

PAIR(loops, a_running_loop_cannot_be_closed) {
    struct async_loop *loop = async_get_running_loop();
    trace_refusal("close", async_loop_close(loop, error), error);
    return true;
}

PAIR(loops, a_stopped_loop_finishes_its_batch_and_leaves_the_body) {
    struct async_loop *loop = async_get_running_loop();
    return async_call_soon(loop, NULL, stop, loop, error) &&
           soon(loop, "behind it", error) && turns(9, error);
}

PAIR(loops, the_tasks_of_a_loop_are_those_that_are_not_done) {
    struct async_loop *loop = async_get_running_loop();
    struct async_awaitable *task = async_create_task(AS(count, "a", NULL, 1));
    trace("%zu tasks", async_all_tasks(loop, NULL, 0));
    settle("a", task);
    trace("%zu tasks", async_all_tasks(loop, NULL, 0));
    return true;
}

/* -- In a thread without one ------------------------------------------------------- */

ASYNC_FUNCTION(run_it_twice) {
    struct async_loop *loop = async_new_event_loop(error);
    for (int i = 0; i < 2; i++) {
        void *name = NULL;
        trace_refusal(
            "run",
            async_run_until_complete(loop, AS(count, "a", NULL, 2), &name, error),
            error);
        trace("%s, running %d", (const char *)name, async_loop_is_running(loop));
    }
    async_loop_free(loop);
    return true;
}

PAIR(loops, a_loop_runs_again_after_its_end) {
    return async_to_thread(run_it_twice, NULL, NULL, error);
}

ASYNC_FUNCTION(stop_in_the_middle) {
    struct async_loop *loop = async_new_event_loop(error);
    soon(loop, "a", error);
    async_call_soon(loop, NULL, stop, loop, error);
    soon(loop, "b", error);
    struct async_awaitable *task =
        async_loop_create_task(loop, AS(count, "task", NULL, 2));
    trace_refusal("run", async_run_forever(loop, error), error);
    trace("done %d", async_done(task));
    trace_refusal("run on", async_run_until_complete(loop, task, NULL, error), error);
    async_release(task);
    async_loop_free(loop);
    return true;
}

PAIR(loops, a_stopped_loop_goes_on_at_the_same_place) {
    return async_to_thread(stop_in_the_middle, NULL, NULL, error);
}

ASYNC_FUNCTION(stop_before_it_runs) {
    struct async_loop *loop = async_new_event_loop(error);
    soon(loop, "a", error);
    async_loop_stop(loop);
    trace_refusal("run", async_run_forever(loop, error), error);
    async_loop_free(loop);
    return true;
}

PAIR(loops, a_loop_stopped_before_its_run_runs_one_turn) {
    return async_to_thread(stop_before_it_runs, NULL, NULL, error);
}

ASYNC_FUNCTION(stop_before_its_end) {
    struct async_loop *loop = async_new_event_loop(error);
    struct async_awaitable *future = async_create_future(loop);
    async_call_soon(loop, NULL, stop, loop, error);
    trace_refusal("run", async_run_until_complete(loop, future, NULL, error), error);
    async_release(future);
    async_loop_free(loop);
    return true;
}

PAIR(loops, a_run_fails_if_it_is_stopped_before_the_future_is_done) {
    return async_to_thread(stop_before_its_end, NULL, NULL, error);
}

ASYNC_FUNCTION(use_after_close) {
    struct async_loop *loop = async_new_event_loop(error);
    struct async_awaitable *future = async_create_future(loop);
    trace_refusal("close", async_loop_close(loop, error), error);
    trace_refusal("close again", async_loop_close(loop, error), error);
    trace("closed %d", async_loop_is_closed(loop));
    trace_refusal("call_soon", soon(loop, "never", error), error);
    trace_refusal("call_later",
                  async_call_later(loop, NULL, 1, trace_word, NULL, error), error);
    trace_refusal("threadsafe",
                  async_call_soon_threadsafe(loop, trace_word, NULL, error), error);
    trace("task made %d",
          async_loop_create_task(loop, AS(count, "never", NULL, 1)) != NULL);
    trace_refusal("run", async_run_until_complete(loop, future, NULL, error), error);
    trace_refusal("forever", async_run_forever(loop, error), error);
    async_release(future);
    async_loop_free(loop);
    return true;
}

PAIR(loops, a_closed_loop_refuses_everything) {
    return async_to_thread(use_after_close, NULL, NULL, error);
}

/* -- run() ------------------------------------------------------------------------- */

ACTOR(clean_up) {
    trace("%s begins", self->name);
    bool ok = async_sleep(NS_PER_S, error);
    trace("%s %s", self->name, async_error_name(error->kind));
    struct async_error own;
    turns(2, &own);
    trace("%s has cleaned up", self->name);
    return ok;
}

/* Only one, because asyncio.all_tasks() is a set: two would be cancelled in any
 * order. */
ACTOR(leave_one_behind) {
    async_release(async_create_task(AS(clean_up, "a")));
    bool ok = turns(1, error);
    trace("main ends");
    *value = (void *)"result";
    return ok;
}

ASYNC_FUNCTION(run_and_leave) {
    void *name = NULL;
    bool ok = async_run(AS(leave_one_behind, "main"), &name, error);
    trace("%s, a loop runs %d", (const char *)name, async_get_running_loop() != NULL);
    return ok;
}

PAIR(loops, run_cancels_the_tasks_left_and_waits_for_their_cleanup) {
    return async_to_thread(run_and_leave, NULL, NULL, error);
}

ACTOR(swallow) {
    if (!clean_up_body(self, value, error)) {
        async_error_clear(error);
    }
    trace("%s goes on", self->name);
    return turns(2, error) && trace_end(self->name, true, error);
}

ACTOR(leave_one_and_fail) {
    async_release(async_create_task(AS(swallow, "a")));
    return turns(1, error) &&
           async_fail_with(error, ASYNC_INVALID_ARGUMENT, "%s", self->name);
}

ASYNC_FUNCTION(run_and_fail) {
    return async_run(AS(leave_one_and_fail, "main"), NULL, error);
}

PAIR(loops, run_fails_after_the_tasks_left_have_ended) {
    return async_to_thread(run_and_fail, NULL, NULL, error);
}

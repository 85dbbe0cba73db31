/* run_in_executor and to_thread: results, failures, and the functions that a
 * cancellation stops. */
#include "tests/async/pairs/pair.h"

#include <semaphore.h>
#include <stdatomic.h>
#include <stdint.h>

struct gate {
    sem_t entered;
    sem_t opened;
    atomic_int passed;
};

static void gate_open(struct gate *gate) {
    sem_init(&gate->entered, 0, 0);
    sem_init(&gate->opened, 0, 0);
    gate->passed = 0;
}

ASYNC_FUNCTION(enter) {
    struct gate *gate = argument;
    sem_post(&gate->entered);
    sem_wait(&gate->opened);
    sem_post(&gate->opened); /* it stays open, as an event does */
    atomic_fetch_add(&gate->passed, 1);
    return true;
}

ASYNC_FUNCTION(add_one) {
    *value = (void *)((intptr_t)argument + 1);
    return true;
}

PAIR(executors, a_result_comes_back) {
    void *result = NULL;
    struct async_awaitable *future =
        async_run_in_executor(async_get_running_loop(), NULL, add_one, (void *)41);
    bool ok = async_await(future, &result, error);
    trace("%ld", (long)(intptr_t)result);
    async_release(future);
    ok = ok && async_to_thread(add_one, (void *)42, &result, error);
    trace("%ld", (long)(intptr_t)result);
    return ok;
}

ASYNC_FUNCTION(fail) {
    return async_fail_with(error, ASYNC_INVALID_ARGUMENT, "no");
}

ACTOR(fail_in_thread) {
    return async_to_thread(fail, NULL, NULL, error);
}

PAIR(executors, a_failure_comes_back) {
    struct async_awaitable *future =
        async_run_in_executor(async_get_running_loop(), NULL, fail, NULL);
    settle("a", async_retain(future));
    async_exception(future, error);
    trace("%s", error->message);
    async_error_clear(error);
    async_release(future);
    settle("b", async_create_task(AS(fail_in_thread, "b")));
    return true;
}

ASYNC_FUNCTION(call) {
    return async_call_soon_threadsafe(argument, trace_word, (void *)(uintptr_t) "first",
                                      error) &&
           async_call_soon_threadsafe(argument, trace_word,
                                      (void *)(uintptr_t) "second", error);
}

PAIR(executors, callbacks_of_the_thread_come_before_its_result) {
    bool ok = async_to_thread(call, async_get_running_loop(), NULL, error);
    trace("result");
    return ok;
}

PAIR(executors, cancelling_does_not_stop_a_running_function) {
    struct gate gate;
    gate_open(&gate);
    struct async_awaitable *future =
        async_run_in_executor(async_get_running_loop(), NULL, enter, &gate);
    sem_wait(&gate.entered);
    trace("cancel %d", async_cancel(future));
    settle("a", future);
    trace("passed %d", gate.passed);
    sem_post(&gate.opened);
    bool ok = true;
    while (ok && !gate.passed) {
        ok = turns(1, error);
    }
    trace("passed %d", gate.passed);
    return ok;
}

/* Traces nothing, because its thread runs beside the loop, which traces meanwhile. */
ASYNC_FUNCTION(do_nothing) {
    return true;
}

PAIR(executors, cancelling_stops_a_function_that_has_not_begun) {
    struct gate gate;
    struct async_loop *loop = async_get_running_loop();
    struct async_executor *executor = async_executor_new(1, error);
    gate_open(&gate);
    struct async_awaitable *first = async_run_in_executor(loop, executor, enter, &gate);
    struct async_awaitable *second =
        async_run_in_executor(loop, executor, enter, &gate);
    struct async_awaitable *third =
        async_run_in_executor(loop, executor, do_nothing, NULL);
    sem_wait(&gate.entered);
    async_cancel(second);
    bool ok = turns(2, error);
    sem_post(&gate.opened);
    settle("first", first);
    settle("second", second);
    settle("third", third);
    trace("passed %d", gate.passed);
    async_executor_free(executor);
    return ok;
}

ACTOR(enter_in_thread) {
    return async_to_thread(enter, self->thing, NULL, error);
}

PAIR(executors, a_cancelled_to_thread_returns_at_once) {
    static struct gate gate; /* static: the function outlives the call */
    gate_open(&gate);
    struct async_awaitable *task = async_create_task(AS(enter_in_thread, "a", &gate));
    bool ok = turns(1, error);
    sem_wait(&gate.entered);
    async_cancel(task);
    settle("a", task);
    trace("passed %d", gate.passed);
    sem_post(&gate.opened);
    return ok;
}

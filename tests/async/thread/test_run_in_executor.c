/* async/thread/run_in_executor.c: a function in a thread as a future. */
#include "base/clock.h"
#include "tests/async/support.h"

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>

ASYNC_FUNCTION(get_thread) {
    *(pthread_t *)argument = pthread_self();
    *value = argument;
    return true;
}

REAL_TIME_TEST(async_run_in_executor, a_function_runs_in_another_thread) {
    pthread_t thread = pthread_self();
    void *result = NULL;
    SUCCEEDS(async_to_thread(get_thread, &thread, &result, error));
    cr_expect_eq(result, &thread);
    cr_expect_not(pthread_equal(thread, pthread_self()));
    return true;
}

ASYNC_FUNCTION(refuse) {
    return async_fail_system(error, ENOSPC, "disk");
}

REAL_TIME_TEST(async_run_in_executor, its_failure_comes_back) {
    FAILS_WITH(ASYNC_SYSTEM, async_to_thread(refuse, NULL, NULL, error));
    cr_expect_eq(error->code, ENOSPC);
    return true;
}

ASYNC_FUNCTION(fail_silently) {
    return false;
}

ASYNC_FUNCTION(cancel_itself) {
    return async_fail_with(error, ASYNC_CANCELLED, "not today");
}

REAL_TIME_TEST(async_run_in_executor, a_failure_always_has_an_error) {
    FAILS_WITH(ASYNC_FAILED, async_to_thread(fail_silently, NULL, NULL, error));
    FAILS_WITH(ASYNC_CANCELLED, async_to_thread(cancel_itself, NULL, NULL, error));
    cr_expect_str_eq(error->message, "not today");
    return true;
}

/* -- Side by side ------------------------------------------------------------------ */

/* Each function waits for the other one: in one thread they would never end. */
struct meeting {
    sem_t here;
    sem_t there;
};

ASYNC_FUNCTION(come_first) {
    struct meeting *meeting = argument;
    sem_post(&meeting->here);
    sem_wait(&meeting->there);
    return true;
}

ASYNC_FUNCTION(come_second) {
    struct meeting *meeting = argument;
    sem_wait(&meeting->here);
    sem_post(&meeting->there);
    return true;
}

REAL_TIME_TEST(async_run_in_executor, two_functions_run_at_the_same_time) {
    struct meeting meeting;
    struct async_loop *loop = async_get_running_loop();
    sem_init(&meeting.here, 0, 0);
    sem_init(&meeting.there, 0, 0);
    struct async_awaitable *first =
        async_run_in_executor(loop, NULL, come_first, &meeting);
    struct async_awaitable *second =
        async_run_in_executor(loop, NULL, come_second, &meeting);
    SUCCEEDS(async_gather(ASYNC_LIST(first, second), false, NULL, error));
    async_release(first);
    async_release(second);
    return true;
}

/* -- Cancelling -------------------------------------------------------------------- */

struct gate {
    sem_t entered;
    sem_t opened;
    atomic_int passed;
    atomic_int discarded;
};

ASYNC_FUNCTION(pass) {
    struct gate *gate = argument;
    sem_post(&gate->entered);
    sem_wait(&gate->opened);
    atomic_fetch_add(&gate->passed, 1);
    return true;
}

static void discard(void *argument) {
    atomic_fetch_add(&((struct gate *)argument)->discarded, 1);
}

ASYNC_FUNCTION(cancel_both) {
    struct gate *gate = argument;
    struct async_loop *loop = async_get_running_loop();
    struct async_executor *executor = async_executor_new(1, error);
    struct async_awaitable *running =
        async_run_in_executor_owned(loop, executor, pass, gate, discard);
    struct async_awaitable *waiting =
        async_run_in_executor_owned(loop, executor, pass, gate, discard);
    sem_wait(&gate->entered);
    async_cancel(running);
    async_cancel(waiting);
    FAILS_WITH(ASYNC_CANCELLED, async_await(running, NULL, error));
    SUCCEEDS(async_sleep(0, error)); /* the second is withdrawn at the next turn */
    cr_expect_eq(gate->discarded, 1);
    sem_post(&gate->opened);
    async_executor_free(executor); /* waits for the function that runs */
    cr_expect_eq(gate->passed, 1, "not only the function that ran has passed");
    async_release(running);
    async_release(waiting);
    return true;
}

Test(async_run_in_executor, cancelling_stops_a_function_that_has_not_begun) {
    struct gate gate = {.passed = 0};
    sem_init(&gate.entered, 0, 0);
    sem_init(&gate.opened, 0, 0);
    run_cleanly(cancel_both, &gate);
    cr_expect_eq(gate.discarded, 2);
}

ASYNC_FUNCTION(read_number) {
    *value = (void *)(intptr_t) * (int *)argument;
    return true;
}

REAL_TIME_TEST(async_run_in_executor, results_come_back_after_the_executor_is_freed) {
    struct async_executor *executor = async_executor_new(2, error);
    struct async_awaitable *futures[8];
    int number = 7;
    for (int i = 0; i < 8; i++) {
        futures[i] = async_run_in_executor(async_get_running_loop(), executor,
                                           read_number, &number);
    }
    async_executor_free(
        executor); /* all functions have run, but no result has reached the loop */
    for (int i = 0; i < 8; i++) {
        void *result = NULL;
        SUCCEEDS(async_await(futures[i], &result, error));
        cr_expect_eq((intptr_t)result, 7);
        async_release(futures[i]);
    }
    return true;
}

/* -- The loop's end ---------------------------------------------------------------- */

ASYNC_FUNCTION(take_time) {
    clock_sleep_until_ns(clock_now_ns() + 20 * NS_PER_MS);
    atomic_fetch_add((atomic_int *)argument, 1);
    return true;
}

ASYNC_FUNCTION(leave_running) {
    for (int i = 0; i < 3; i++) {
        async_release(
            async_run_in_executor(async_get_running_loop(), NULL, take_time, argument));
    }
    return true;
}

Test(async_run_in_executor, a_loop_that_closes_waits_for_running_functions) {
    atomic_int ended = 0;
    run_cleanly(leave_running, &ended);
    cr_expect_eq(ended, 3);
}

ASYNC_FUNCTION(wait_in_thread) {
    struct waiting *waiting = argument;
    waiting->is_waiting = true;
    bool ok = async_to_thread(take_time, waiting->argument, NULL, error);
    waiting->ended_with = error->kind;
    return ok;
}

Test(async_run_in_executor, a_loop_may_close_while_a_task_waits_for_a_thread) {
    atomic_int ended = 0;
    close_under(wait_in_thread, &ended);
    cr_expect_eq(ended, 1);
}

Test(async_run_in_executor,
     a_closed_loop_refuses_a_function_and_discards_its_argument) {
    struct gate gate = {.passed = 0};
    struct async_error error;
    struct async_loop *loop = async_new_event_loop(&error);
    SUCCEEDS(async_loop_close(loop, &error));
    cr_expect_null(async_run_in_executor_owned(loop, NULL, pass, &gate, discard));
    cr_expect_eq(gate.discarded, 1);
    async_loop_free(loop);
}

/* -- Arguments and settings -------------------------------------------------------- */

REAL_TIME_TEST(async_run_in_executor, an_argument_may_be_copied) {
    int number = 42;
    void *result = NULL;
    SUCCEEDS(async_to_thread_copy(read_number, &number, sizeof number, &result, error));
    cr_expect_eq((intptr_t)result, 42);
    return true;
}

Test(async_run_in_executor, a_default_executor_is_set_once_before_its_first_use) {
    struct async_error error;
    struct async_loop *loop = async_new_event_loop(&error);
    struct async_executor *executor = async_executor_new(1, &error);
    SUCCEEDS(async_set_default_executor(loop, executor, &error));
    FAILS_WITH(ASYNC_RUNTIME, async_set_default_executor(loop, executor, &error));
    async_loop_free(loop);
    async_executor_free(executor);
}

Test(async_run_in_executor, to_thread_needs_a_task) {
    struct async_error error;
    FAILS_WITH(ASYNC_RUNTIME, async_to_thread(refuse, NULL, NULL, &error));
}

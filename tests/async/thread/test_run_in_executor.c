/* async/thread/run_in_executor.c: functions in threads as futures. */
#include "base/clock.h"
#include "tests/async/loopback.h"

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>

static bool which_thread(void *argument, void **value, struct async_error *error) {
    (void)error;
    *(pthread_t *)argument = pthread_self();
    *value = argument;
    return true;
}

static bool go_there(void *argument, void **value, struct async_error *error) {
    pthread_t thread = pthread_self();
    void *result = NULL;
    (void)argument, (void)value;
    GOES_WELL(async_to_thread(which_thread, &thread, &result, error));
    cr_expect_eq(result, &thread);
    cr_expect_not(pthread_equal(thread, pthread_self()));
    return true;
}

Test(async_run_in_executor, a_function_runs_in_another_thread) {
    run_cleanly(go_there, NULL);
}

static bool refuse(void *argument, void **value, struct async_error *error) {
    (void)argument, (void)value;
    return async_fail_system(error, ENOSPC, "disk");
}

static bool be_refused(void *argument, void **value, struct async_error *error) {
    (void)argument, (void)value;
    cr_expect_not(async_to_thread(refuse, NULL, NULL, error));
    cr_expect_eq(error->kind, ASYNC_SYSTEM);
    cr_expect_eq(error->code, ENOSPC);
    return true;
}

Test(async_run_in_executor, its_failure_comes_back) {
    run_cleanly(be_refused, NULL);
}

static bool fail_silently(void *argument, void **value, struct async_error *error) {
    (void)argument, (void)value, (void)error;
    return false;
}

static bool cancel_itself(void *argument, void **value, struct async_error *error) {
    (void)argument, (void)value;
    return async_fail_with(error, ASYNC_CANCELLED, "not today");
}

static bool hear_why(void *argument, void **value, struct async_error *error) {
    (void)argument, (void)value;
    cr_expect_not(async_to_thread(fail_silently, NULL, NULL, error));
    cr_expect_eq(error->kind, ASYNC_FAILED, "a failure without an error");
    cr_expect_not(async_to_thread(cancel_itself, NULL, NULL, error));
    cr_expect_eq(error->kind, ASYNC_CANCELLED);
    cr_expect_str_eq(error->message, "not today");
    return true;
}

Test(async_run_in_executor, what_it_fails_with_is_never_nothing) {
    run_cleanly(hear_why, NULL);
}

/* -- Side by side ---------------------------------------------------------------- */

/* Each waits for the other: in one thread they would never end. */
struct meeting {
    sem_t here;
    sem_t there;
};

static bool come_first(void *argument, void **value, struct async_error *error) {
    struct meeting *meeting = argument;
    (void)value, (void)error;
    sem_post(&meeting->here);
    sem_wait(&meeting->there);
    return true;
}

static bool come_second(void *argument, void **value, struct async_error *error) {
    struct meeting *meeting = argument;
    (void)value, (void)error;
    sem_wait(&meeting->here);
    sem_post(&meeting->there);
    return true;
}

static bool meet(void *argument, void **value, struct async_error *error) {
    struct meeting meeting;
    struct async_loop *loop = async_get_running_loop();
    (void)argument, (void)value;
    sem_init(&meeting.here, 0, 0);
    sem_init(&meeting.there, 0, 0);
    struct async_awaitable *first =
        async_run_in_executor(loop, NULL, come_first, &meeting);
    struct async_awaitable *second =
        async_run_in_executor(loop, NULL, come_second, &meeting);
    GOES_WELL(async_gather(ASYNC_LIST(first, second), false, NULL, error));
    async_release(first);
    async_release(second);
    return true;
}

Test(async_run_in_executor, two_run_side_by_side) {
    run_cleanly(meet, NULL);
}

/* -- Cancelling ------------------------------------------------------------------ */

struct gate {
    sem_t entered;
    sem_t opened;
    atomic_int passed;
    atomic_int discarded;
};

static bool pass(void *argument, void **value, struct async_error *error) {
    struct gate *gate = argument;
    (void)value, (void)error;
    sem_post(&gate->entered);
    sem_wait(&gate->opened);
    atomic_fetch_add(&gate->passed, 1);
    return true;
}

static void discard(void *argument) {
    atomic_fetch_add(&((struct gate *)argument)->discarded, 1);
}

static bool cancel_both(void *argument, void **value, struct async_error *error) {
    struct gate *gate = argument;
    struct async_loop *loop = async_get_running_loop();
    struct async_executor *executor = async_executor_new(1, error);
    (void)value;
    struct async_awaitable *running =
        async_run_in_executor_owned(loop, executor, pass, gate, discard);
    struct async_awaitable *waiting =
        async_run_in_executor_owned(loop, executor, pass, gate, discard);
    sem_wait(&gate->entered);
    async_cancel(running);
    async_cancel(waiting);
    FAILS_WITH(ASYNC_CANCELLED, async_await(running, NULL, error));
    GOES_WELL(async_sleep(0, error)); /* the second is taken back at the next turn */
    cr_expect_eq(gate->discarded, 1);
    sem_post(&gate->opened);
    async_executor_free(executor); /* does what is left */
    cr_expect_eq(gate->passed, 1, "what ran goes on, what waited never runs");
    async_release(running);
    async_release(waiting);
    return true;
}

Test(async_run_in_executor, cancelling_stops_what_has_not_begun) {
    struct gate gate = {.passed = 0};
    sem_init(&gate.entered, 0, 0);
    sem_init(&gate.opened, 0, 0);
    run_cleanly(cancel_both, &gate);
    cr_expect_eq(gate.discarded, 2);
}

static bool read_number(void *argument, void **value, struct async_error *error) {
    (void)error;
    *value = (void *)(intptr_t) * (int *)argument;
    return true;
}

static bool free_early(void *argument, void **value, struct async_error *error) {
    struct async_executor *executor = async_executor_new(2, error);
    struct async_awaitable *futures[8];
    int number = 7;
    (void)argument, (void)value;
    for (int i = 0; i < 8; i++) {
        futures[i] = async_run_in_executor(async_get_running_loop(), executor,
                                           read_number, &number);
    }
    async_executor_free(executor); /* all have run, and no result is back */
    for (int i = 0; i < 8; i++) {
        void *result = NULL;
        GOES_WELL(async_await(futures[i], &result, error));
        cr_expect_eq((intptr_t)result, 7);
        async_release(futures[i]);
    }
    return true;
}

Test(async_run_in_executor, results_come_back_from_an_executor_that_is_freed) {
    run_cleanly(free_early, NULL);
}

/* -- The loop's end -------------------------------------------------------------- */

static bool take_time(void *argument, void **value, struct async_error *error) {
    (void)value, (void)error;
    clock_sleep_until_ns(clock_now_ns() + 20 * NS_PER_MS);
    atomic_fetch_add((atomic_int *)argument, 1);
    return true;
}

static bool leave_running(void *argument, void **value, struct async_error *error) {
    (void)value, (void)error;
    for (int i = 0; i < 3; i++) {
        async_release(
            async_run_in_executor(async_get_running_loop(), NULL, take_time, argument));
    }
    return true;
}

Test(async_run_in_executor, the_loop_waits_for_what_runs_when_it_closes) {
    atomic_int ended = 0;
    run_cleanly(leave_running, &ended);
    cr_expect_eq(ended, 3);
}

static bool wait_in_thread(void *argument, void **value, struct async_error *error) {
    struct waiting *waiting = argument;
    (void)value;
    waiting->is_waiting = true;
    bool ok = async_to_thread(take_time, waiting->argument, NULL, error);
    waiting->ended_with = error->kind;
    return ok;
}

Test(async_run_in_executor, a_loop_closes_under_who_waits_for_a_thread) {
    atomic_int ended = 0;
    close_under(wait_in_thread, &ended);
    cr_expect_eq(ended, 1);
}

Test(async_run_in_executor, a_closed_loop_takes_nothing_but_discards_it) {
    struct gate gate = {.passed = 0};
    struct async_error error;
    struct async_loop *loop = async_new_event_loop(&error);
    cr_assert(async_loop_close(loop, &error));
    cr_expect_null(async_run_in_executor_owned(loop, NULL, pass, &gate, discard));
    cr_expect_eq(gate.discarded, 1);
    async_loop_free(loop);
}

/* -- Arguments and settings ------------------------------------------------------ */

static bool copy_argument(void *argument, void **value, struct async_error *error) {
    int number = 42;
    void *result = NULL;
    (void)argument, (void)value;
    GOES_WELL(
        async_to_thread_copy(read_number, &number, sizeof number, &result, error));
    cr_expect_eq((intptr_t)result, 42);
    return true;
}

Test(async_run_in_executor, an_argument_may_be_copied) {
    run_cleanly(copy_argument, NULL);
}

Test(async_run_in_executor, a_default_is_set_before_the_first_use) {
    struct async_error error;
    struct async_loop *loop = async_new_event_loop(&error);
    struct async_executor *executor = async_executor_new(1, &error);
    cr_assert(async_set_default_executor(loop, executor, &error));
    cr_expect_not(async_set_default_executor(loop, executor, &error));
    cr_expect_eq(error.kind, ASYNC_RUNTIME);
    async_loop_free(loop);
    async_executor_free(executor);
}

Test(async_run_in_executor, to_thread_needs_a_task) {
    struct async_error error;
    cr_expect_not(async_to_thread(refuse, NULL, NULL, &error));
    cr_expect_eq(error.kind, ASYNC_RUNTIME);
}

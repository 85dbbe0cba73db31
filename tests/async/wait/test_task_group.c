/* async/wait/task_group.c: how failures are reported, and the cases that follow a newer
 * Python than the pairs (pairs/task_groups.c). */
#include "async/task_group.h"

#include "tests/async/support.h"

ACTOR(nap) {
    return async_sleep(self->number * NS_PER_MS, error);
}

ACTOR(fail_later) {
    return async_sleep(NS_PER_MS, error) &&
           async_fail_with(error, (enum async_error_kind)self->number, "%s",
                           self->name);
}

static bool add(struct async_task_group *group, struct async_awaitable *coroutine,
                struct async_error *error) {
    return async_task_group_create_task(group, coroutine, NULL, error);
}

ASYNC_TEST(async_task_group, the_error_names_the_count_and_the_first) {
    struct async_task_group group;
    struct async_error errors[2] = {{.kind = ASYNC_OK}};
    struct async_error failure = {.kind = ASYNC_OK};
    bool ok = async_task_group_enter(&group, error);
    async_task_group_collect(&group, errors, 2);
    ok = ok && add(&group, AS(fail_later, "soup", NULL, ASYNC_TIMEOUT), error) &&
         add(&group, AS(fail_later, "bread", NULL, ASYNC_SYSTEM), error) &&
         add(&group, AS(fail_later, "fish", NULL, ASYNC_FAILED), error);
    cr_expect_not(async_task_group_exit(&group, ok, &failure));
    cr_expect_eq(failure.kind, ASYNC_GROUP);
    cr_expect_str_eq(failure.message, "unhandled errors in a TaskGroup (3 "
                                      "sub-exceptions), first TimeoutError: soup");
    cr_expect_eq(group.error_count, 3);
    cr_expect_eq(group.first.kind, ASYNC_TIMEOUT);
    cr_expect_str_eq(errors[0].message, "soup");
    cr_expect_str_eq(errors[1].message, "bread");
    cr_expect(async_task_group_has(&group, ASYNC_FAILED),
              "the third error, which is not collected, is not found");
    cr_expect_not(async_task_group_has(&group, ASYNC_QUEUE_FULL));
    return ok;
}

ASYNC_TEST(async_task_group, a_single_failure_is_a_group_error_too) {
    struct async_task_group group;
    struct async_error failure = {.kind = ASYNC_OK};
    bool ok = async_task_group_enter(&group, error) &&
              add(&group, AS(fail_later, "soup", NULL, ASYNC_TIMEOUT), error);
    cr_expect_not(async_task_group_exit(&group, ok, &failure));
    cr_expect_eq(failure.kind, ASYNC_GROUP);
    cr_expect_str_eq(failure.message, "unhandled errors in a TaskGroup (1 "
                                      "sub-exception), first TimeoutError: soup");
    return ok;
}

Test(async_task_group, outside_a_task_it_is_refused) {
    struct async_task_group group;
    struct async_error error = {.kind = ASYNC_OK};
    FAILS_WITH(ASYNC_RUNTIME, async_task_group_enter(&group, &error));
}

ASYNC_TEST(async_task_group, a_caller_that_asks_for_the_task_has_to_release_it) {
    struct async_task_group group;
    struct async_awaitable *task = NULL;
    bool ok = async_task_group_enter(&group, error) &&
              async_task_group_create_task(&group, AS(nap, "a", NULL, 1), &task, error);
    ok = async_task_group_exit(&group, ok, error);
    cr_expect(async_done(task));
    async_release(task);
    return ok;
}

ASYNC_TEST(async_task_group, null_and_a_future_are_refused) {
    struct async_task_group group;
    struct async_error failure = {.kind = ASYNC_OK};
    struct async_awaitable *future = async_create_future(NULL);
    bool ok = async_task_group_enter(&group, error);
    cr_expect_not(add(&group, NULL, &failure));
    cr_expect_eq(failure.kind, ASYNC_INVALID_ARGUMENT);
    cr_expect_not(add(&group, future, &failure));
    cr_expect_eq(failure.kind, ASYNC_INVALID_ARGUMENT);
    cr_expect_str_eq(failure.message,
                     "a coroutine was expected, not a task or a future");
    async_release(future);
    return async_task_group_exit(&group, ok, error);
}

ASYNC_TEST(async_task_group, a_group_takes_tasks_between_enter_and_exit_only) {
    struct async_task_group group = {.parent = NULL};
    FAILS_WITH(ASYNC_RUNTIME, add(&group, AS(nap, "a", NULL, 1), error));
    cr_expect_str_eq(error->message, "the task group has not been entered");
    FAILS_WITH(ASYNC_RUNTIME, async_task_group_exit(&group, true, error));
    cr_expect_str_eq(error->message, "the task group has not been entered");
    async_task_group_cancel(&group);
    SUCCEEDS(async_task_group_enter(&group, error));
    SUCCEEDS(add(&group, AS(nap, "a", NULL, 1), error));
    SUCCEEDS(async_task_group_exit(&group, true, error));
    FAILS_WITH(ASYNC_RUNTIME, add(&group, AS(nap, "a", NULL, 1), error));
    cr_expect_str_eq(error->message, "the task group is finished");
    FAILS_WITH(ASYNC_RUNTIME, async_task_group_exit(&group, true, error));
    cr_expect_str_eq(error->message, "the task group is finished");
    return true;
}

Test(async_task_group, a_group_whose_enter_failed_was_not_entered) {
    struct async_task_group group;
    struct async_error error = {.kind = ASYNC_OK};
    FAILS_WITH(ASYNC_RUNTIME, async_task_group_enter(&group, &error));
    FAILS_WITH(ASYNC_RUNTIME, add(&group, AS(nap, "a", NULL, 1), &error));
    cr_expect_str_eq(error.message, "the task group has not been entered");
}

ASYNC_TEST(async_task_group, a_group_that_shuts_down_refuses_tasks) {
    struct async_task_group group;
    SUCCEEDS(async_task_group_enter(&group, error));
    SUCCEEDS(add(&group, AS(nap, "a", NULL, 1), error));
    async_task_group_cancel(&group);
    FAILS_WITH(ASYNC_RUNTIME, add(&group, AS(nap, "a", NULL, 1), error));
    cr_expect_str_eq(error->message, "the task group is shutting down");
    return async_task_group_exit(&group, true, error);
}

/* CPython 3.11 leaves cancelling() at 1 here. */
ASYNC_TEST(async_task_group, its_own_cancellation_is_taken_back_even_while_it_waits) {
    struct async_task_group group;
    struct async_error failure = {.kind = ASYNC_OK};
    bool ok = async_task_group_enter(&group, error) &&
              add(&group, AS(fail_later, "soup", NULL, ASYNC_TIMEOUT), error) &&
              add(&group, AS(nap, "b", NULL, 9), error);
    cr_expect_not(async_task_group_exit(&group, ok, &failure));
    cr_expect_eq(async_cancelling(async_current_task()), 0);
    return ok && turns(2, error);
}

/* A task whose group fails, and which then waits again: `number` is the count of
 * cancellations that reach this wait. */
ACTOR(fail_then_wait) {
    struct async_task_group group;
    struct async_error failure = {.kind = ASYNC_OK};
    bool ok = async_task_group_enter(&group, error) &&
              add(&group, AS(fail_later, "soup", NULL, ASYNC_TIMEOUT), error) &&
              async_sleep(9 * NS_PER_MS, error);
    cr_expect_not(async_task_group_exit(&group, ok, &failure));
    cr_expect_eq(failure.kind, ASYNC_GROUP);
    cr_expect_eq(async_cancelling(async_current_task()), self->number);
    return async_sleep(NS_PER_MS, error);
}

static void cancel_task(void *task) {
    async_cancel(task);
}

/* CPython 3.11 loses a cancellation from outside if a task fails at the same moment. */
ASYNC_TEST(async_task_group,
           a_cancellation_at_the_moment_of_a_failure_reaches_the_next_wait) {
    struct async_awaitable *parent =
        async_create_task(AS(fail_then_wait, "p", NULL, 1));
    struct async_handle soon = {0};
    bool ok =
        turns(2, error) && async_call_later(async_get_running_loop(), &soon, NS_PER_MS,
                                            cancel_task, parent, error);
    cr_expect_eq(end_of(parent), ASYNC_CANCELLED);
    cr_expect_eq(end_of(async_create_task(AS(fail_then_wait, "p", NULL, 0))), ASYNC_OK);
    return ok;
}

ASYNC_TEST(async_task_group, a_group_cancelled_by_its_body_ends_without_an_error) {
    struct async_task_group group;
    struct async_awaitable *task = NULL;
    bool ok = async_task_group_enter(&group, error) &&
              async_task_group_create_task(&group, AS(nap, "a", NULL, 9), &task, error);
    async_task_group_cancel(&group);
    async_task_group_cancel(&group);
    struct async_error failure;
    cr_expect_not(add(&group, AS(nap, "b", NULL, 1), &failure),
                  "a group that shuts down took a task");
    ok = ok && async_sleep(20 * NS_PER_MS, error);
    cr_expect_not(ok, "the body was not cancelled");
    SUCCEEDS(async_task_group_exit(&group, ok, error));
    cr_expect(async_cancelled(task));
    cr_expect_eq(async_cancelling(async_current_task()), 0);
    async_release(task);
    async_task_group_cancel(&group); /* too late: it does nothing */
    return turns(2, error);
}

/* -- A loop that is closed under a group ------------------------------------------- */

ACTOR(wait_until_closed) {
    struct async_task_group group;
    bool ok = async_task_group_enter(&group, error) &&
              add(&group, AS(nap, "a", NULL, 1000), error) &&
              add(&group, AS(nap, "b", NULL, 1000), error) &&
              async_sleep(self->number * NS_PER_S, error);
    ok = async_task_group_exit(&group, ok, error);
    cr_expect_not(ok);
    cr_expect_eq(error->kind, ASYNC_CLOSED);
    return false;
}

Test(async_task_group, a_loop_that_closes_ends_body_and_exit) {
    struct async_loop *loop = new_loop();
    async_set_exception_handler(loop, ignore_reports, NULL);
    for (int seconds = 0; seconds < 2; seconds++) {
        async_release(
            async_loop_create_task(loop, AS(wait_until_closed, "g", NULL, seconds)));
    }
    run_turns(loop, 6);
    async_loop_free(loop);
}

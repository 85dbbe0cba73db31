/* async/wait/task_group.c: how failures are reported, and where a newer Python than
 * that of the pairs (pairs/task_groups.c) is followed. */
#include "async/task_group.h"

#include "tests/async/actor.h"

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
    cr_expect(async_task_group_has(&group, ASYNC_FAILED), "the third, not collected");
    cr_expect_not(async_task_group_has(&group, ASYNC_QUEUE_FULL));
    return ok;
}

ASYNC_TEST(async_task_group, one_failure_is_a_group_too) {
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

Test(async_task_group, needs_a_task) {
    struct async_task_group group;
    struct async_error error = {.kind = ASYNC_OK};
    cr_expect_not(async_task_group_enter(&group, &error));
    cr_expect_eq(error.kind, ASYNC_RUNTIME);
}

ASYNC_TEST(async_task_group, a_task_that_was_asked_for_is_the_callers) {
    struct async_task_group group;
    struct async_awaitable *task = NULL;
    bool ok = async_task_group_enter(&group, error) &&
              async_task_group_create_task(&group, AS(nap, "a", NULL, 1), &task, error);
    ok = async_task_group_exit(&group, ok, error);
    cr_expect(async_done(task));
    async_release(task);
    return ok;
}

ASYNC_TEST(async_task_group, what_is_no_coroutine_is_refused) {
    struct async_task_group group;
    struct async_error failure = {.kind = ASYNC_OK};
    struct async_awaitable *future = async_create_future(NULL);
    bool ok = async_task_group_enter(&group, error);
    cr_expect_not(add(&group, NULL, &failure));
    cr_expect_eq(failure.kind, ASYNC_NO_MEMORY);
    cr_expect_not(add(&group, future, &failure));
    async_release(future);
    return async_task_group_exit(&group, ok, error);
}

/* CPython 3.11 leaves cancelling() at 1 here. */
ASYNC_TEST(async_task_group, its_own_cancellation_is_taken_back_while_it_waits_too) {
    struct async_task_group group;
    struct async_error failure = {.kind = ASYNC_OK};
    bool ok = async_task_group_enter(&group, error) &&
              add(&group, AS(fail_later, "soup", NULL, ASYNC_TIMEOUT), error) &&
              add(&group, AS(nap, "b", NULL, 9), error);
    cr_expect_not(async_task_group_exit(&group, ok, &failure));
    cr_expect_eq(async_cancelling(async_current_task()), 0);
    return ok && turns(2, error);
}

/* A group in a task of its own; where it failed, does the next wait still fail? */
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

/* CPython 3.11 drops the cancellation from outside where a task fails at that moment.
 */
ASYNC_TEST(async_task_group,
           a_cancellation_that_meets_a_failure_reaches_the_next_wait) {
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

ASYNC_TEST(async_task_group, cancelled_by_hand_it_ends_without_an_error) {
    struct async_task_group group;
    struct async_awaitable *task = NULL;
    bool ok = async_task_group_enter(&group, error) &&
              async_task_group_create_task(&group, AS(nap, "a", NULL, 9), &task, error);
    async_task_group_cancel(&group);
    async_task_group_cancel(&group);
    struct async_error failure;
    cr_expect_not(add(&group, AS(nap, "b", NULL, 1), &failure), "it is shutting down");
    ok = ok && async_sleep(20 * NS_PER_MS, error);
    cr_expect_not(ok, "the body is cancelled too");
    cr_expect(async_task_group_exit(&group, ok, error));
    cr_expect(async_cancelled(task));
    cr_expect_eq(async_cancelling(async_current_task()), 0);
    async_release(task);
    async_task_group_cancel(&group); /* too late: nothing */
    return turns(2, error);
}

/* -- A loop that is closed under a group ------------------------------------------ */

static void ignore(struct async_loop *loop, const struct async_report *report,
                   void *context) {
    (void)loop, (void)report, (void)context;
}

ACTOR(wait_to_the_end) {
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

static bool wait_a_turn(void *argument, void **value, struct async_error *error) {
    (void)argument, (void)value;
    return turns(5, error);
}

Test(async_task_group, a_loop_that_closes_ends_body_and_waiting) {
    struct async_loop *loop = async_new_event_loop(NULL);
    cr_assert(loop);
    alarm(ASYNC_HANG_S);
    async_set_exception_handler(loop, ignore, NULL);
    for (int seconds = 0; seconds < 2; seconds++) {
        async_release(
            async_loop_create_task(loop, AS(wait_to_the_end, "g", NULL, seconds)));
    }
    cr_assert(
        async_run_until_complete(loop, async_coroutine(wait_a_turn, NULL), NULL, NULL));
    async_loop_free(loop);
}

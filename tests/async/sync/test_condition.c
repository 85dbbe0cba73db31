/* async/sync/condition.c: the cases that the pairs (pairs/conditions.c) do not cover,
 * and those that follow a newer Python than the pairs. */
#include "async/condition.h"

#include "tests/async/support.h"

ACTOR(wait_there) {
    struct async_condition *condition = self->thing;
    if (!async_condition_acquire(condition, error)) {
        return false;
    }
    bool ok = async_condition_wait(condition, error);
    cr_expect(async_condition_locked(condition));
    async_condition_release(condition, NULL);
    return ok;
}

/* CPython 3.11 loses this notification; 3.13 passes it on. */
ASYNC_TEST(async_condition, a_notification_of_a_cancelled_task_goes_to_the_next) {
    struct async_condition condition;
    async_condition_init(&condition, NULL);
    struct async_awaitable *a = async_create_task(AS(wait_there, "a", &condition));
    struct async_awaitable *b = async_create_task(AS(wait_there, "b", &condition));
    bool ok = turns(2, error) && async_condition_acquire(&condition, error) &&
              async_condition_notify(&condition, 1, error);
    async_cancel(a);
    async_condition_release(&condition, NULL);
    cr_expect_eq(end_of(a), ASYNC_CANCELLED);
    cr_expect_eq(end_of(b), ASYNC_OK);
    return ok;
}

ASYNC_TEST(async_condition,
           a_notified_task_cancelled_while_it_waits_for_the_lock_passes_it_on) {
    struct async_condition condition = {0};
    struct async_awaitable *a = async_create_task(AS(wait_there, "a", &condition));
    struct async_awaitable *b = async_create_task(AS(wait_there, "b", &condition));
    bool ok = turns(2, error) && async_condition_acquire(&condition, error) &&
              async_condition_notify(&condition, 1, error) && turns(3, error);
    async_cancel(a);
    ok = ok && turns(3, error);
    async_condition_release(&condition, NULL);
    cr_expect_eq(end_of(a), ASYNC_CANCELLED);
    cr_expect_eq(end_of(b), ASYNC_OK);
    return ok;
}

/* CPython 3.13 would wake b here, though it was not notified. */
ASYNC_TEST(async_condition, a_cancelled_task_that_was_not_notified_wakes_no_other) {
    struct async_condition condition = {0};
    struct async_awaitable *a = async_create_task(AS(wait_there, "a", &condition));
    struct async_awaitable *b = async_create_task(AS(wait_there, "b", &condition));
    bool ok = turns(2, error);
    async_cancel(a);
    cr_expect_eq(end_of(a), ASYNC_CANCELLED);
    ok = ok && turns(5, error);
    cr_expect_not(async_done(b));
    async_cancel(b);
    cr_expect_eq(end_of(b), ASYNC_CANCELLED);
    return ok;
}

ACTOR(wait_and_keep) {
    struct async_condition *condition = self->thing;
    return async_condition_acquire(condition, error) &&
           async_condition_wait(condition, error);
}

ASYNC_TEST(async_condition, the_message_of_the_last_cancellation_is_kept) {
    struct async_condition condition = {0};
    struct async_awaitable *a = async_create_task(AS(wait_and_keep, "a", &condition));
    bool ok = turns(2, error) && async_condition_acquire(&condition, error);
    async_cancel_with(a, "first");
    ok = ok && turns(2, error);
    async_cancel_with(a, "second");
    ok = ok && turns(2, error);
    async_condition_release(&condition, NULL);
    FAILS_WITH(ASYNC_CANCELLED, async_await(a, NULL, error));
    async_release(a);
    cr_expect_str_eq(error->message, "second");
    cr_expect(async_condition_locked(&condition));
    return ok;
}

ACTOR(wait_until_closed) {
    struct async_condition *condition = self->thing;
    bool ok = async_condition_acquire(condition, error) &&
              async_condition_wait(condition, error);
    cr_expect_not(ok);
    cr_expect_eq(error->kind, ASYNC_CLOSED);
    async_condition_release(condition, NULL);
    return false;
}

ACTOR(hold_until_closed) {
    return async_condition_acquire(self->thing, error) &&
           async_sleep(1000 * NS_PER_S, error);
}

Test(async_condition, a_loop_that_closes_ends_waits_for_condition_and_lock) {
    struct async_condition condition = {0};
    struct async_loop *loop = new_loop();
    async_set_exception_handler(loop, ignore_reports, NULL);
    async_function *functions[] = {wait_until_closed, wait_until_closed,
                                   hold_until_closed, wait_until_closed};
    for (int i = 0; i < 4; i++) {
        async_release(async_loop_create_task(loop, AS(functions[i], "w", &condition)));
    }
    run_turns(loop, 5);
    cr_expect(async_condition_locked(&condition));
    async_loop_free(loop);
    cr_expect_null(condition.line.first);
    cr_expect_null(condition.own_lock.line.first);
}

/* async/sync/condition.c: what the pairs with Python (pairs/conditions.c) do
 * not show, and where a newer Python is followed. */
#include "async/condition.h"

#include "tests/async/actor.h"

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
ASYNC_TEST(async_condition,
           a_notification_that_meets_a_cancelled_one_goes_to_the_next) {
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
           a_notified_one_cancelled_while_it_wants_the_lock_passes_on) {
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

/* CPython 3.13 would wake b here for nothing. */
ASYNC_TEST(async_condition, a_cancelled_one_that_was_not_notified_wakes_nobody) {
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
    struct async_error ending = {.kind = ASYNC_OK};
    cr_expect_not(async_await(a, NULL, &ending));
    async_release(a);
    cr_expect_eq(ending.kind, ASYNC_CANCELLED);
    cr_expect_str_eq(ending.message, "second");
    cr_expect(async_condition_locked(&condition));
    return ok;
}

static void ignore(struct async_loop *loop, const struct async_report *report,
                   void *context) {
    (void)loop, (void)report, (void)context;
}

ACTOR(wait_to_the_end) {
    struct async_condition *condition = self->thing;
    bool ok = async_condition_acquire(condition, error) &&
              async_condition_wait(condition, error);
    cr_expect_not(ok);
    cr_expect_eq(error->kind, ASYNC_CLOSED);
    async_condition_release(condition, NULL);
    return false;
}

ACTOR(hold_to_the_end) {
    return async_condition_acquire(self->thing, error) &&
           async_sleep(1000 * NS_PER_S, error);
}

static bool wait_a_turn(void *argument, void **value, struct async_error *error) {
    (void)argument, (void)value;
    return turns(4, error);
}

Test(async_condition, a_loop_that_closes_ends_who_waits_and_who_wants_the_lock) {
    struct async_condition condition = {0};
    struct async_loop *loop = async_new_event_loop(NULL);
    cr_assert(loop);
    alarm(ASYNC_HANG_S);
    async_set_exception_handler(loop, ignore, NULL);
    async_function *functions[] = {wait_to_the_end, wait_to_the_end, hold_to_the_end,
                                   wait_to_the_end};
    for (int i = 0; i < 4; i++) {
        async_release(async_loop_create_task(loop, AS(functions[i], "w", &condition)));
    }
    cr_assert(
        async_run_until_complete(loop, async_coroutine(wait_a_turn, NULL), NULL, NULL));
    cr_expect(async_condition_locked(&condition));
    async_loop_free(loop);
    cr_expect_null(condition.line.first);
    cr_expect_null(condition.own_lock.line.first);
}

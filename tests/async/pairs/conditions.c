/* Conditions: notifications and cancellations, and the lock that each wait returns
 * with. */
#include "tests/async/pairs/pair.h"

ACTOR(wait_for_it) {
    struct async_condition *condition = self->thing;
    if (!async_condition_acquire(condition, error)) {
        return false;
    }
    trace("%s waits", self->name);
    bool ok = async_condition_wait(condition, error);
    if (ok) {
        trace("%s notified at %ld", self->name, (long)now_ms());
    } else {
        trace("%s %s locked %d", self->name, async_error_name(error->kind),
              async_condition_locked(condition));
    }
    async_condition_release(condition, NULL);
    return ok;
}

static struct async_awaitable *start(const char *name,
                                     struct async_condition *condition) {
    return async_create_task(AS(wait_for_it, name, condition));
}

static bool notify(struct async_condition *condition, size_t count,
                   struct async_error *error) {
    if (!async_condition_acquire(condition, error)) {
        return false;
    }
    bool ok = async_condition_notify(condition, count, error);
    trace("notified %zu", count);
    return async_condition_release(condition, error) && ok;
}

static void trace_failure(bool ok, const struct async_error *error) {
    if (!ok) {
        trace("%s %s", async_error_name(error->kind), error->message);
    }
}

PAIR(conditions, without_the_lock_every_call_is_refused) {
    struct async_condition condition = {0};
    trace_failure(async_condition_wait(&condition, error), error);
    trace_failure(async_condition_notify(&condition, 1, error), error);
    trace_failure(async_condition_notify_all(&condition, error), error);
    trace_failure(async_condition_release(&condition, error), error);
    return true;
}

PAIR(conditions, notify_wakes_the_given_number_in_the_order_of_waiting) {
    struct async_condition condition = {0};
    struct async_awaitable *a = start("a", &condition);
    struct async_awaitable *b = start("b", &condition);
    struct async_awaitable *c = start("c", &condition);
    struct async_awaitable *d = start("d", &condition);
    bool ok = turns(2, error) && notify(&condition, 2, error);
    settle("a", a);
    settle("b", b);
    ok = ok && turns(3, error);
    trace("c waits %d", !async_done(c));
    ok = ok && notify(&condition, 5, error);
    settle("c", c);
    settle("d", d);
    return ok && notify(&condition, 1, error);
}

PAIR(conditions, notified_tasks_go_on_when_the_lock_is_released) {
    struct async_condition condition = {0};
    struct async_awaitable *a = start("a", &condition);
    struct async_awaitable *b = start("b", &condition);
    bool ok = turns(2, error) && async_condition_acquire(&condition, error) &&
              async_condition_notify_all(&condition, error) &&
              async_sleep(7 * NS_PER_MS, error);
    trace("releasing at %ld", (long)now_ms());
    async_condition_release(&condition, NULL);
    settle("a", a);
    settle("b", b);
    return ok;
}

PAIR(conditions, a_cancelled_task_takes_the_lock_before_it_fails) {
    struct async_condition condition = {0};
    struct async_awaitable *a = start("a", &condition);
    bool ok = turns(2, error) && async_condition_acquire(&condition, error);
    async_cancel(a);
    ok = ok && async_sleep(4 * NS_PER_MS, error);
    trace("releasing at %ld", (long)now_ms());
    async_condition_release(&condition, NULL);
    settle("a", a);
    trace("locked %d", async_condition_locked(&condition));
    return ok;
}

PAIR(conditions, a_task_cancelled_twice_still_takes_the_lock) {
    struct async_condition condition = {0};
    struct async_awaitable *a = start("a", &condition);
    bool ok = turns(2, error) && async_condition_acquire(&condition, error);
    for (int i = 0; ok && i < 3; i++) {
        async_cancel(a);
        ok = async_sleep(2 * NS_PER_MS, error);
        trace("done %d at %ld", async_done(a), (long)now_ms());
    }
    async_condition_release(&condition, NULL);
    settle("a", a);
    trace("locked %d", async_condition_locked(&condition));
    return ok;
}

PAIR(conditions, a_task_notified_and_cancelled_fails_with_the_lock) {
    struct async_condition condition = {0};
    struct async_awaitable *a = start("a", &condition);
    bool ok = turns(2, error) && async_condition_acquire(&condition, error) &&
              async_condition_notify(&condition, 1, error) && turns(2, error);
    async_cancel(a);
    trace("cancelled");
    async_condition_release(&condition, NULL);
    settle("a", a);
    trace("locked %d", async_condition_locked(&condition));
    return ok;
}

PAIR(conditions, a_cancelled_task_takes_no_notification) {
    struct async_condition condition = {0};
    struct async_awaitable *a = start("a", &condition);
    struct async_awaitable *b = start("b", &condition);
    struct async_awaitable *c = start("c", &condition);
    bool ok = turns(2, error) && async_condition_acquire(&condition, error);
    async_cancel(a);
    async_condition_notify(&condition, 1, NULL);
    async_condition_release(&condition, NULL);
    settle("a", a);
    settle("b", b);
    trace("c waits %d", !async_done(c));
    ok = ok && notify(&condition, 1, error);
    settle("c", c);
    return ok;
}

struct table {
    struct async_condition condition;
    int guests;
};

static bool are_there(void *argument) {
    const struct table *table = argument;
    trace("looks %d", table->guests);
    return table->guests >= 2;
}

ACTOR(host) {
    struct table *table = self->thing;
    bool ok = async_condition_acquire(&table->condition, error) &&
              async_condition_wait_for(&table->condition, are_there, table, error);
    trace("result %d", ok);
    ok = ok && async_condition_wait_for(&table->condition, are_there, table, error);
    trace("again %d", ok);
    return async_condition_release(&table->condition, error) && ok;
}

PAIR(conditions, wait_for_tests_its_predicate_at_each_notification) {
    struct table table = {.guests = 0};
    struct async_awaitable *task = async_create_task(AS(host, "host", &table));
    bool ok = true;
    for (int i = 0; ok && i < 3; i++) {
        ok = turns(3, error) && async_condition_acquire(&table.condition, error);
        table.guests++;
        async_condition_notify_all(&table.condition, NULL);
        async_condition_release(&table.condition, NULL);
    }
    settle("host", task);
    return ok;
}

PAIR(conditions, two_conditions_may_share_a_lock) {
    struct async_lock lock = {0};
    struct async_condition full;
    struct async_condition empty;
    async_condition_init(&full, &lock);
    async_condition_init(&empty, &lock);
    struct async_awaitable *a = start("a", &full);
    struct async_awaitable *b = start("b", &empty);
    bool ok = turns(2, error) && notify(&empty, 5, error);
    settle("b", b);
    trace("a waits %d", !async_done(a));
    ok = ok && async_lock_acquire(&lock, error);
    trace("locked %d %d", async_condition_locked(&full),
          async_condition_locked(&empty));
    async_condition_notify(&full, 1, NULL);
    async_lock_release(&lock, NULL);
    settle("a", a);
    return ok;
}

/* Limits, groups, shields and gathers inside each other, and cancellations at the
 * moment of another event. */
#include "tests/async/pairs/pair.h"

ACTOR(nap) {
    *value = (void *)self->name;
    bool ok = async_sleep(self->number * NS_PER_MS, error);
    trace("%s %s at %ld", self->name, ok ? "woke" : async_error_name(error->kind),
          (long)now_ms());
    return ok;
}

ACTOR(fail_later) {
    return async_sleep(self->number * NS_PER_MS, error) &&
           async_fail_with(error, ASYNC_INVALID_ARGUMENT, "%s", self->name);
}

/* Swallows its cancellation and goes on. */
ACTOR(swallow) {
    if (!async_sleep(self->number * NS_PER_MS, error)) {
        trace("%s swallows", self->name);
        async_error_clear(error);
    }
    *value = (void *)self->name;
    bool ok = async_sleep(3 * NS_PER_MS, error);
    trace("%s ends at %ld", self->name, (long)now_ms());
    return ok;
}

ACTOR(await_thing) {
    bool ok = async_await(self->thing, value, error);
    trace("%s %s '%s'", self->name, ok ? "done" : async_error_name(error->kind),
          ok ? "" : error->message);
    return ok;
}

/* -- Limits, groups and shields ---------------------------------------------------- */

ACTOR(wait_for_shielded) {
    struct async_awaitable *shield = async_shield_future(self->thing);
    bool ok = async_wait_for(shield, self->number * NS_PER_MS, NULL, error);
    async_release(shield);
    return trace_end(self->name, ok, error);
}

PAIR(combinations, a_shield_in_wait_for_in_a_group_in_a_timeout) {
    struct async_awaitable *inner = async_create_task(AS(nap, "inner", NULL, 50));
    struct async_timeout timeout;
    struct async_task_group group;
    bool ok = async_timeout_enter(&timeout, 10 * NS_PER_MS, error) &&
              async_task_group_enter(&group, error);
    ok = ok &&
         async_task_group_create_task(&group, AS(wait_for_shielded, "a", inner, 30),
                                      NULL, error) &&
         async_task_group_create_task(&group, AS(wait_for_shielded, "b", inner, 5),
                                      NULL, error);
    ok = async_task_group_exit(&group, ok, error);
    trace("group %s at %ld", async_error_name(error->kind), (long)now_ms());
    trace_end("timeout", async_timeout_exit(&timeout, ok, error), error);
    trace("expired %d", async_timeout_expired(&timeout));
    settle("inner", inner);
    return true;
}

/* Cleans up if it is cancelled, and cleans up again if its cleanup is cancelled. */
ACTOR(clean_up_twice) {
    struct async_error again = {.kind = ASYNC_OK};
    bool ok = async_sleep(100 * NS_PER_MS, error);
    trace("first %s", async_error_name(error->kind));
    if (!async_sleep(10 * NS_PER_MS, &again)) {
        trace("second %s at %ld", async_error_name(again.kind), (long)now_ms());
        async_sleep(10 * NS_PER_MS, NULL);
        trace("over at %ld", (long)now_ms());
        return async_error_copy(error, &again);
    }
    trace("cleaned at %ld", (long)now_ms());
    return ok;
}

ACTOR(limit_cleanup) {
    return async_wait_for(AS(clean_up_twice, "c"), 5 * NS_PER_MS, NULL, error);
}

PAIR(combinations, cancelled_while_wait_for_waits_for_a_cleanup) {
    struct async_awaitable *task = async_create_task(AS(limit_cleanup, "w"));
    bool ok = async_sleep(8 * NS_PER_MS, error);
    trace("cancel %d", async_cancel(task));
    ok = ok && async_sleep(0, error);
    trace("cancel %d", async_cancel(task));
    settle("task", task);
    trace("at %ld", (long)now_ms());
    return ok && async_sleep(50 * NS_PER_MS, error);
}

PAIR(combinations, a_shield_of_a_shield_keeps_the_inner_task_twice) {
    struct async_awaitable *task = async_create_task(AS(fail_later, "x", NULL, 5));
    struct async_awaitable *inner = async_shield_future(task);
    struct async_awaitable *outer = async_shield_future(inner);
    struct async_awaitable *waiter = async_create_task(AS(await_thing, "w", outer));
    bool ok = async_sleep(NS_PER_MS, error);
    async_cancel(waiter);
    settle("waiter", waiter);
    trace("outer %d inner %d task %d", async_cancelled(outer), async_done(inner),
          async_done(task));
    settle("inner", inner);
    settle("task", task);
    async_release(outer);
    return ok;
}

/* -- Groups whose tasks make tasks ------------------------------------------------- */

/* Python cancels the tasks of a group in no certain order, so the refusals are counted,
 * not traced. */
struct family {
    struct async_task_group group;
    int refused_count;
};

ACTOR(have_children) {
    struct family *family = self->thing;
    static const char *const names[] = {"leaf", "twig", "branch"};
    struct async_error late = {.kind = ASYNC_OK};
    trace("%s", self->name);
    bool ok = self->number == 0 ||
              async_task_group_create_task(
                  &family->group,
                  AS(have_children, names[self->number - 1], family, self->number - 1),
                  NULL, error);
    ok = ok && async_sleep(5 * NS_PER_MS, error);
    if (!ok && !async_task_group_create_task(&family->group, AS(nap, "late", NULL, 1),
                                             NULL, &late)) {
        family->refused_count += late.kind == ASYNC_RUNTIME;
    }
    return ok;
}

PAIR(combinations, a_failure_ends_the_children_of_children) {
    struct family family = {.refused_count = 0};
    struct async_task_group *group = &family.group;
    bool ok = async_task_group_enter(group, error) &&
              async_task_group_create_task(
                  group, AS(have_children, "trunk", &family, 3), NULL, error) &&
              async_task_group_create_task(group, AS(fail_later, "axe", NULL, 4), NULL,
                                           error);
    async_task_group_exit(group, ok, error);
    trace("%zu failed at %ld", group->error_count, (long)now_ms());
    trace("%d made no more", family.refused_count);
    return true;
}

/* -- Gathers that are cancelled ---------------------------------------------------- */

PAIR(combinations, a_cancelled_gather_waits_for_a_child_that_swallows_it) {
    struct async_awaitable *gather = async_gather_future(
        ASYNC_LIST(AS(nap, "a", NULL, 9), AS(swallow, "b", NULL, 9)), true);
    struct async_awaitable *waiter = async_create_task(AS(await_thing, "w", gather));
    bool ok = async_sleep(3 * NS_PER_MS, error);
    trace("cancel %d", async_cancel(gather));
    trace("done %d cancelled %d", async_done(gather), async_cancelled(gather));
    settle("waiter", waiter);
    trace("cancelled %d, again %d", async_cancelled(gather), async_cancel(gather));
    settle("gather", gather);
    return ok;
}

ACTOR(cancel_thing) {
    bool ok = async_sleep(self->number * NS_PER_MS, error);
    trace("%s %d", self->name, async_cancel(self->thing));
    return ok;
}

ACTOR(wait_for_both) {
    size_t done_count = 0;
    bool ok = async_wait(self->thing, 2, ASYNC_FOREVER, ASYNC_ALL_COMPLETED,
                         &done_count, error);
    return trace_end(self->name, ok, error);
}

PAIR(combinations, a_wait_and_its_task_are_cancelled_at_once) {
    struct async_awaitable *both[] = {async_create_task(AS(nap, "a", NULL, 50)),
                                      async_create_task(AS(swallow, "b", NULL, 50))};
    struct async_awaitable *wait = async_create_task(AS(wait_for_both, "wait", both));
    struct async_awaitable *one =
        async_create_task(AS(cancel_thing, "cancel a", both[0], 2));
    struct async_awaitable *two =
        async_create_task(AS(cancel_thing, "cancel wait", wait, 2));
    settle("wait", wait);
    settle("one", one);
    settle("two", two);
    settle("a", both[0]);
    async_cancel(both[1]);
    settle("b", both[1]);
    return true;
}

/* -- Callbacks --------------------------------------------------------------------- */

static void cancel_waiter(struct async_awaitable *future, void *task) {
    trace("cancel %d of a done %d", async_cancel_with(task, "too late?"),
          async_done(future));
}

PAIR(combinations, a_callback_cancels_a_task_that_the_same_future_woke) {
    struct async_awaitable *future = async_create_future(NULL);
    struct async_awaitable *before = async_create_task(AS(await_thing, "a", future));
    bool ok = async_sleep(0, error) &&
              async_add_done_callback(future, cancel_waiter, before, error);
    struct async_awaitable *behind = async_create_task(AS(await_thing, "b", future));
    ok = ok && async_add_done_callback(future, cancel_waiter, behind, error) &&
         async_sleep(0, error);
    async_set_result(future, NULL, error);
    settle("a", before);
    settle("b", behind);
    async_release(future);
    return ok;
}

/* -- Lines ------------------------------------------------------------------------- */

ACTOR(work) {
    void *item;
    while (async_queue_get(self->thing, &item, error)) {
        trace("%s got %s at %ld", self->name, (char *)item, (long)now_ms());
        bool ok = async_sleep(self->number * NS_PER_MS, error);
        async_queue_task_done(self->thing, NULL);
        if (!ok) {
            return false;
        }
    }
    return false;
}

PAIR(combinations, a_cancelled_worker_does_not_hold_up_a_join) {
    static const char *const items[] = {"1", "2", "3", "4", "5", "6", "7"};
    static const char *const names[] = {"a", "b", "c"};
    struct async_queue queue;
    struct async_awaitable *workers[3];
    bool ok = true;
    async_queue_init(&queue, 3);
    for (int i = 0; i < 3; i++) {
        workers[i] = async_create_task(AS(work, names[i], &queue, 4 + i));
    }
    for (int i = 0; ok && i < 7; i++) {
        ok = async_queue_put(&queue, (void *)items[i], error);
    }
    async_cancel(workers[1]);
    ok = ok && async_queue_join(&queue, error);
    trace("joined at %ld", (long)now_ms());
    for (int i = 0; i < 3; i++) {
        async_cancel(workers[i]);
        settle(names[i], workers[i]);
    }
    async_queue_close(&queue);
    return ok;
}

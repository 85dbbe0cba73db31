/* Task groups: one failure ends all tasks; cancellations from inside and from
 * outside. */
#include "tests/async/pairs/pair.h"

ACTOR(nap) {
    bool ok = async_sleep(self->number * NS_PER_MS, error);
    if (ok) {
        trace("%s woke at %ld", self->name, (long)now_ms());
    } else {
        trace("%s %s at %ld", self->name, async_error_name(error->kind),
              (long)now_ms());
    }
    return ok;
}

ACTOR(fail_later) {
    return nap_body(self, value, error) &&
           async_fail_with(error, ASYNC_INVALID_ARGUMENT, "%s", self->name);
}

ACTOR(fail_in_cleanup) {
    return nap_body(self, value, error) ||
           (async_sleep(2 * NS_PER_MS, error) &&
            async_fail_with(error, ASYNC_RUNTIME, "%s", self->name));
}

/* Starts a task in the group and releases it. */
static bool add(struct async_task_group *group, struct async_awaitable *coroutine,
                struct async_error *error) {
    return async_task_group_create_task(group, coroutine, NULL, error);
}

static bool nap_here(const char *name, int64_t ms, struct async_error *error) {
    return async_await(AS(nap, name, NULL, ms), NULL, error);
}

/* A group with the errors of its tasks. */
struct watched_group {
    struct async_task_group group;
    struct async_error errors[8];
};

static bool enter(struct watched_group *watched, struct async_error *error) {
    bool ok = async_task_group_enter(&watched->group, error);
    async_task_group_collect(&watched->group, watched->errors, 8);
    return ok;
}

/* Leaves the group, and traces the errors of its tasks. */
static bool leave(struct watched_group *watched, bool ok, struct async_error *error) {
    ok = async_task_group_exit(&watched->group, ok, error);
    if (!ok && error->kind == ASYNC_GROUP) {
        trace("group of %zu at %ld", watched->group.error_count, (long)now_ms());
        for (size_t i = 0; i < watched->group.error_count; i++) {
            trace("- %s", async_error_name(watched->errors[i].kind));
        }
    } else if (!ok) {
        trace("%s at %ld", async_error_name(error->kind), (long)now_ms());
    }
    return ok;
}

static void trace_cancelling(void) {
    trace("cancelling %d", async_cancelling(async_current_task()));
}

PAIR(task_groups, it_ends_when_all_have_ended) {
    struct async_task_group group;
    bool ok = async_task_group_enter(&group, error) &&
              add(&group, AS(nap, "a", NULL, 5), error) &&
              add(&group, AS(nap, "b", NULL, 2), error);
    trace("body ends");
    ok = async_task_group_exit(&group, ok, error);
    trace("group ends at %ld", (long)now_ms());
    return ok;
}

PAIR(task_groups, one_failure_cancels_the_others) {
    struct watched_group watched;
    bool ok = enter(&watched, error) &&
              add(&watched.group, AS(nap, "a", NULL, 5), error) &&
              add(&watched.group, AS(fail_later, "b", NULL, 2), error);
    leave(&watched, ok, error);
    return true;
}

PAIR(task_groups, one_failure_cancels_the_wait_of_the_body) {
    struct watched_group watched;
    bool ok = enter(&watched, error) &&
              add(&watched.group, AS(fail_later, "a", NULL, 2), error) &&
              nap_here("body", 9, error);
    if (ok) {
        trace("never said");
    }
    leave(&watched, ok, error);
    trace_cancelling();
    return nap_here("afterwards", 1, error);
}

PAIR(task_groups, a_failing_body_cancels_all) {
    struct watched_group watched;
    bool ok =
        enter(&watched, error) && add(&watched.group, AS(nap, "a", NULL, 5), error) &&
        async_sleep(NS_PER_MS, error) && async_fail_with(error, ASYNC_RUNTIME, "body");
    leave(&watched, ok, error);
    return true;
}

PAIR(task_groups, failures_in_cleanup_are_counted_too) {
    struct watched_group watched;
    bool ok = enter(&watched, error) &&
              add(&watched.group, AS(fail_in_cleanup, "a", NULL, 5), error) &&
              async_sleep(NS_PER_MS, error) &&
              async_fail_with(error, ASYNC_SYSTEM, "body");
    leave(&watched, ok, error);
    return true;
}

PAIR(task_groups, two_failures_in_one_turn_are_two_errors) {
    struct watched_group watched;
    bool ok = enter(&watched, error) &&
              add(&watched.group, AS(fail_later, "a"), error) &&
              add(&watched.group, AS(fail_later, "b"), error);
    leave(&watched, ok, error);
    return true;
}

PAIR(task_groups, a_cancelled_task_has_not_failed) {
    struct async_task_group group;
    struct async_awaitable *a = NULL;
    bool ok = async_task_group_enter(&group, error) &&
              async_task_group_create_task(&group, AS(nap, "a", NULL, 5), &a, error) &&
              add(&group, AS(nap, "b", NULL, 7), error) &&
              async_sleep(NS_PER_MS, error);
    async_cancel(a);
    async_release(a);
    ok = async_task_group_exit(&group, ok, error);
    trace("group ends at %ld", (long)now_ms());
    return ok;
}

ACTOR(run_group) {
    struct async_task_group group;
    if (!async_task_group_enter(&group, error)) {
        return false;
    }
    bool ok = add(&group, AS(nap, "a", NULL, 5), error) &&
              nap_here("body", self->number, error);
    return async_task_group_exit(&group, ok, error);
}

PAIR(task_groups, a_cancellation_in_the_body_cancels_its_tasks) {
    struct async_awaitable *parent =
        async_create_task(AS(run_group, "parent", NULL, 9));
    bool ok = async_sleep(2 * NS_PER_MS, error);
    async_cancel(parent);
    settle("parent", parent);
    return ok;
}

PAIR(task_groups, a_cancellation_while_it_waits_cancels_its_tasks) {
    struct async_awaitable *parent =
        async_create_task(AS(run_group, "parent", NULL, 1));
    bool ok = async_sleep(2 * NS_PER_MS, error);
    async_cancel(parent);
    settle("parent", parent);
    return ok;
}

ACTOR(be_stubborn) {
    struct async_error late;
    return nap_here("stubborn", 20, error) & nap_here("cleanup", 6, &late);
}

ACTOR(run_stubborn) {
    struct async_task_group group;
    bool ok = async_task_group_enter(&group, error) &&
              add(&group, AS(be_stubborn, "stubborn"), error);
    return async_task_group_exit(&group, ok, error);
}

PAIR(task_groups, after_two_cancellations_it_still_waits_for_its_tasks) {
    struct async_awaitable *parent = async_create_task(AS(run_stubborn, "parent"));
    bool ok = async_sleep(2 * NS_PER_MS, error);
    async_cancel(parent);
    ok = ok && async_sleep(NS_PER_MS, error);
    async_cancel(parent);
    settle("parent", async_retain(parent));
    trace("cancelling %d at %ld", async_cancelling(parent), (long)now_ms());
    async_release(parent);
    return ok;
}

PAIR(task_groups, a_failure_in_an_inner_group_ends_the_outer_one) {
    struct watched_group outer;
    struct watched_group inner;
    bool ok = enter(&outer, error) && enter(&inner, error) &&
              add(&outer.group, AS(nap, "outer", NULL, 9), error) &&
              add(&inner.group, AS(nap, "inner", NULL, 8), error) &&
              add(&inner.group, AS(fail_later, "b", NULL, 2), error);
    ok = leave(&inner, ok, error);
    leave(&outer, ok, error);
    return true;
}

PAIR(task_groups, a_failure_in_the_outer_group_goes_through_the_inner_one) {
    struct watched_group outer;
    struct watched_group inner;
    bool ok = enter(&outer, error) &&
              add(&outer.group, AS(fail_later, "outer", NULL, 2), error) &&
              enter(&inner, error) &&
              add(&inner.group, AS(nap, "inner", NULL, 8), error);
    ok = leave(&inner, ok, error);
    leave(&outer, ok, error);
    trace_cancelling();
    return true;
}

PAIR(task_groups, a_finished_group_takes_no_task) {
    struct async_task_group group;
    bool ok = async_task_group_enter(&group, error) &&
              add(&group, AS(nap, "a", NULL, 1), error);
    ok = async_task_group_exit(&group, ok, error);
    if (!add(&group, AS(nap, "b", NULL, 1), error)) {
        trace("%s", async_error_name(error->kind));
    }
    return ok;
}

ACTOR(come_late) {
    if (async_sleep(5 * NS_PER_MS, error)) {
        return true;
    }
    struct async_error refusal;
    if (!add(self->thing, AS(nap, "b", NULL, 1), &refusal)) {
        trace("%s", async_error_name(refusal.kind));
    }
    return false;
}

PAIR(task_groups, a_failed_group_takes_no_task) {
    struct watched_group watched;
    bool ok = enter(&watched, error) &&
              add(&watched.group, AS(come_late, "late", &watched.group), error) &&
              add(&watched.group, AS(fail_later, "a", NULL, 1), error);
    leave(&watched, ok, error);
    return true;
}

ACTOR(breed) {
    bool ok = async_sleep(NS_PER_MS, error) &&
              add(self->thing, AS(nap, "child", NULL, 4), error);
    trace("parent ends");
    return ok;
}

PAIR(task_groups, a_task_may_start_another_while_the_group_waits) {
    struct async_task_group group;
    bool ok = async_task_group_enter(&group, error) &&
              add(&group, AS(breed, "parent", &group), error);
    trace("body ends");
    ok = async_task_group_exit(&group, ok, error);
    trace("group ends at %ld", (long)now_ms());
    return ok;
}

PAIR(task_groups, a_timeout_around_a_group_is_a_timeout) {
    struct async_timeout timeout;
    struct async_task_group group;
    bool ok = async_timeout_enter(&timeout, 3 * NS_PER_MS, error) &&
              async_task_group_enter(&group, error) &&
              add(&group, AS(nap, "a", NULL, 9), error) && nap_here("body", 8, error);
    ok = async_task_group_exit(&group, ok, error);
    if (!async_timeout_exit(&timeout, ok, error)) {
        trace("%s at %ld", async_error_name(error->kind), (long)now_ms());
    }
    trace_cancelling();
    return true;
}

static void trace_a_turn(void *argument) {
    (void)argument;
    trace("a turn");
}

PAIR(task_groups, an_empty_group_waits_for_nothing) {
    struct async_task_group group;
    struct async_handle soon = {0};
    async_call_soon(async_get_running_loop(), &soon, trace_a_turn, NULL, error);
    bool ok = async_task_group_enter(&group, error);
    trace("body");
    ok = async_task_group_exit(&group, ok, error);
    async_handle_cancel(&soon);
    trace("group ends");
    return ok;
}

PAIR(task_groups, a_body_that_swallows_the_cancellation_still_fails) {
    struct watched_group watched;
    bool ok = enter(&watched, error) &&
              add(&watched.group, AS(fail_later, "a", NULL, 1), error);
    if (ok && !async_sleep(5 * NS_PER_MS, error)) {
        trace("swallowed");
        async_error_clear(error);
    }
    ok = ok && nap_here("body", 1, error);
    leave(&watched, ok, error);
    trace_cancelling();
    return true;
}

/* async/wait/task_group.c: the tests of CPython 3.13 (test_taskgroups.py) that are about
 * cancellation, each with the name of its original. They have no pair in Python, because
 * a pair runs on the Python of this machine, and 3.11 and 3.12 end some of these cases in
 * another way. Left out are the tests about KeyboardInterrupt, reference cycles and
 * entering twice, which do not exist here. */
#include "async/task_group.h"

#include "tests/async/support.h"

/* Sleeps so many milliseconds, then fails with its name. */
ACTOR(crash_after) {
    bool ok = self->number > 0 ? async_sleep(self->number * NS_PER_MS, error)
                               : async_sleep(0, error);
    return ok && async_fail(error, 1, "%s", self->name);
}

/* Sleeps for 10 s, and turns its cancellation into a failure. */
ACTOR(crash_in_cleanup) {
    async_sleep(10 * NS_PER_S, error);
    return async_fail(error, 1, "%s", self->name);
}

/* Sleeps for 10 s, and traces how that ended. */
ACTOR(nap) {
    return trace_end(self->name, async_sleep(10 * NS_PER_S, error), error);
}

static bool add(struct async_task_group *group, struct async_awaitable *coroutine,
                struct async_error *error) {
    return async_task_group_create_task(group, coroutine, NULL, error);
}

static bool add_five(struct async_task_group *group, async_function *function,
                     struct async_error *error) {
    bool ok = true;
    for (int i = 0; i < 5; i++) {
        ok = ok && add(group, AS(function, "foo"), error);
    }
    return ok;
}

/* How a task ends that is cancelled from outside after 100 ms. */
static struct async_error cancel_at_100_ms(async_function *runner) {
    struct async_error error = {.kind = ASYNC_OK};
    struct async_awaitable *task = NEW_TASK(runner, NULL);
    SUCCEEDS(async_sleep(100 * NS_PER_MS, &error));
    cr_expect_not(async_done(task));
    async_cancel_with(task, "test");
    async_await(task, NULL, &error);
    async_release(task);
    return error;
}

static void expect_end(async_function *runner, enum async_error_kind kind,
                       const char *message) {
    struct async_error end = cancel_at_100_ms(runner);
    cr_expect_eq(end.kind, kind, "%s", async_error_name(end.kind));
    cr_expect_str_eq(end.message, message);
}

/* The end of a group fails with ASYNC_GROUP and this message. */
#define FAILS_AT_EXIT(group, ok, expected)                                             \
    do {                                                                               \
        cr_expect_not(async_task_group_exit((group), (ok), error));                    \
        cr_expect_eq(error->kind, ASYNC_GROUP);                                        \
        cr_expect_str_eq(error->message, (expected));                                  \
    } while (0)

/* -- A cancellation from outside --------------------------------------------------- */

ASYNC_FUNCTION(run_naps) {
    struct async_task_group group;
    bool ok = async_task_group_enter(&group, error) && add_five(&group, nap, error);
    return async_task_group_exit(&group, ok, error);
}

ASYNC_TEST(async_task_group_of_cpython, test_cancellation) {
    expect_end(run_naps, ASYNC_CANCELLED, "test");
    EXPECT_TRACE_OF("foo", "CancelledError CancelledError CancelledError "
                           "CancelledError CancelledError");
    return true;
}

ASYNC_FUNCTION(run_naps_and_a_body) {
    struct async_task_group group;
    bool ok = async_task_group_enter(&group, error) && add_five(&group, nap, error) &&
              trace_end("body", async_sleep(10 * NS_PER_S, error), error);
    return async_task_group_exit(&group, ok, error);
}

ASYNC_TEST(async_task_group_of_cpython, test_taskgroup_07) {
    expect_end(run_naps_and_a_body, ASYNC_CANCELLED, "test");
    EXPECT_TRACE("body CancelledError foo CancelledError foo CancelledError "
                 "foo CancelledError foo CancelledError foo CancelledError");
    return true;
}

static const char five_crashes[] =
    "unhandled errors in a TaskGroup (5 sub-exceptions), "
    "first Exception: foo";

ASYNC_FUNCTION(run_crashes) {
    struct async_task_group group;
    bool ok = async_task_group_enter(&group, error) &&
              add_five(&group, crash_in_cleanup, error) &&
              async_sleep(10 * NS_PER_S, error);
    return async_task_group_exit(&group, ok, error);
}

ASYNC_TEST(async_task_group_of_cpython, test_taskgroup_08) {
    expect_end(run_crashes, ASYNC_GROUP, five_crashes);
    return true;
}

static const char one_group[] = "unhandled errors in a TaskGroup (1 sub-exception), "
                                "first ExceptionGroup: unhandled errors in a TaskGroup "
                                "(5 sub-exceptions), first Exception: foo";

ASYNC_FUNCTION(run_crashes_in_a_group) {
    struct async_task_group group;
    bool ok = async_task_group_enter(&group, error);
    ok = ok && run_crashes(NULL, NULL, error);
    return async_task_group_exit(&group, ok, error);
}

ASYNC_TEST(async_task_group_of_cpython, test_taskgroup_11) {
    expect_end(run_crashes_in_a_group, ASYNC_GROUP, one_group);
    return true;
}

ASYNC_FUNCTION(run_crashes_beside_a_nap) {
    struct async_task_group group;
    bool ok =
        async_task_group_enter(&group, error) && add(&group, AS(nap, "g1"), error);
    ok = ok && run_crashes(NULL, NULL, error);
    return async_task_group_exit(&group, ok, error);
}

ASYNC_TEST(async_task_group_of_cpython, test_taskgroup_12) {
    expect_end(run_crashes_beside_a_nap, ASYNC_GROUP, one_group);
    EXPECT_TRACE("g1 CancelledError");
    return true;
}

/* A task crashes while the body cleans up. */
ASYNC_FUNCTION(run_a_slow_cleanup) {
    struct async_task_group group;
    bool ok = async_task_group_enter(&group, error) &&
              add(&group, AS(crash_after, "soon", NULL, 300), error) &&
              async_sleep(10 * NS_PER_S, error);
    async_sleep(500 * NS_PER_MS, NULL);
    return async_task_group_exit(&group, ok, error);
}

static const char one_crash[] =
    "unhandled errors in a TaskGroup (1 sub-exception), first Exception: soon";

ASYNC_TEST(async_task_group_of_cpython, test_taskgroup_15) {
    expect_end(run_a_slow_cleanup, ASYNC_GROUP, one_crash);
    return true;
}

ASYNC_FUNCTION(await_a_slow_cleanup) {
    struct async_awaitable *task = NEW_TASK(run_a_slow_cleanup, NULL);
    bool ok = async_await(task, NULL, error);
    async_release(task);
    return ok;
}

ASYNC_TEST(async_task_group_of_cpython, test_taskgroup_16) {
    expect_end(await_a_slow_cleanup, ASYNC_GROUP, one_crash);
    return true;
}

ASYNC_FUNCTION(run_a_body) {
    struct async_task_group group;
    bool ok = async_task_group_enter(&group, error) &&
              trace_end("body", async_sleep(10 * NS_PER_S, error), error);
    return async_task_group_exit(&group, ok, error);
}

ASYNC_TEST(async_task_group_of_cpython, test_taskgroup_17) {
    expect_end(run_a_body, ASYNC_CANCELLED, "test");
    EXPECT_TRACE("body CancelledError");
    return true;
}

ASYNC_FUNCTION(run_a_body_that_fails_in_its_cleanup) {
    struct async_task_group group;
    bool ok = async_task_group_enter(&group, error) &&
              crash_in_cleanup(&(struct actor){.name = "soon"}, NULL, error);
    return async_task_group_exit(&group, ok, error);
}

ASYNC_TEST(async_task_group_of_cpython, test_taskgroup_18) {
    expect_end(run_a_body_that_fails_in_its_cleanup, ASYNC_GROUP, one_crash);
    return true;
}

/* -- A cancellation by the group --------------------------------------------------- */

ASYNC_TEST(async_task_group_of_cpython, test_cancel_children_on_child_error) {
    struct async_task_group group;
    bool ok = async_task_group_enter(&group, error);
    for (int i = 0; i < 3; i++) {
        ok = ok && add(&group, AS(crash_after, "foo1", NULL, 100), error);
    }
    ok = ok && add(&group, AS(nap, "foo2"), error) &&
         trace_end("runner", async_sleep(10 * NS_PER_S, error), error);
    FAILS_AT_EXIT(&group, ok,
                  "unhandled errors in a TaskGroup (3 sub-exceptions), "
                  "first Exception: foo1");
    EXPECT_TRACE("foo2 CancelledError runner CancelledError");
    return true;
}

ASYNC_TEST(async_task_group_of_cpython, test_taskgroup_03) {
    struct async_task_group group;
    struct async_awaitable *task = NULL;
    bool ok = async_task_group_enter(&group, error) &&
              async_task_group_create_task(&group, AS(nap, "t1"), &task, error) &&
              async_sleep(150 * NS_PER_MS, error);
    async_cancel(task);
    ok = async_task_group_exit(&group, ok, error);
    cr_expect(async_cancelled(task));
    async_release(task);
    EXPECT_TRACE("t1 CancelledError");
    return ok;
}

/* The body fails, with tasks that have begun or not. */
ASYNC_TEST(async_task_group_of_cpython, test_taskgroup_09_and_10) {
    for (int milliseconds = 0; milliseconds <= 100; milliseconds += 100) {
        struct async_task_group group;
        struct async_awaitable *tasks[2] = {NULL};
        bool ok = async_task_group_enter(&group, error);
        for (int i = 0; i < 2; i++) {
            ok = ok &&
                 async_task_group_create_task(&group, AS(nap, "t"), &tasks[i], error);
        }
        ok = ok && (milliseconds == 0 || async_sleep(100 * NS_PER_MS, error)) &&
             async_fail(error, 1, "soon");
        FAILS_AT_EXIT(&group, ok, one_crash);
        for (int i = 0; i < 2; i++) {
            cr_expect(async_cancelled(tasks[i]));
            async_release(tasks[i]);
        }
    }
    EXPECT_TRACE("t CancelledError t CancelledError");
    return true;
}

/* One task crashes in the outer group (13) or in the inner one (14). */
static bool nest(int64_t outer_ms, int64_t inner_ms, struct async_error *error) {
    struct async_task_group outer;
    struct async_task_group inner;
    bool ok = async_task_group_enter(&outer, error) &&
              add(&outer, AS(crash_after, "soon", NULL, outer_ms), error) &&
              async_task_group_enter(&inner, error) &&
              add(&inner, AS(crash_after, "soon", NULL, inner_ms), error);
    ok = async_task_group_exit(&inner, ok, error);
    ok = async_task_group_exit(&outer, ok, error);
    cr_expect_eq(async_cancelling(async_current_task()), 0);
    return ok;
}

ASYNC_TEST(async_task_group_of_cpython, test_taskgroup_13) {
    cr_expect_not(nest(100, 10000, error));
    cr_expect_str_eq(error->message, one_crash);
    return true;
}

ASYNC_TEST(async_task_group_of_cpython, test_taskgroup_14) {
    cr_expect_not(nest(10000, 100, error));
    cr_expect_str_eq(error->message,
                     "unhandled errors in a TaskGroup (1 sub-exception), first "
                     "ExceptionGroup: unhandled errors in a TaskGroup (1 "
                     "sub-exception), first Exception: soon");
    return true;
}

/* Both the task and the body fail: the body in its cleanup (19), or on its way out
 * (context_manager_exit_raises). */
ASYNC_TEST(async_task_group_of_cpython, test_taskgroup_19) {
    struct async_task_group group;
    bool ok = async_task_group_enter(&group, error) &&
              add(&group, AS(crash_after, "soon", NULL, 100), error) &&
              crash_in_cleanup(&(struct actor){.name = "nested"}, NULL, error);
    FAILS_AT_EXIT(&group, ok,
                  "unhandled errors in a TaskGroup (2 sub-exceptions), "
                  "first Exception: soon");
    cr_expect_eq(async_cancelling(async_current_task()), 0);
    return async_sleep(1, error);
}

ACTOR(try_to_add) {
    struct async_error refusal = {.kind = ASYNC_OK};
    bool ok = async_sleep(10 * NS_PER_S, error);
    cr_expect_not(add(self->thing, AS(nap, "late"), &refusal));
    cr_expect_eq(refusal.kind, ASYNC_RUNTIME);
    cr_expect_str_eq(refusal.message, "the task group is shutting down");
    return ok;
}

ASYNC_TEST(async_task_group_of_cpython, test_taskgroup_no_create_task_after_failure) {
    struct async_task_group group;
    bool ok = async_task_group_enter(&group, error) &&
              add(&group, AS(crash_after, "soon", NULL, 1), error) &&
              add(&group, AS(try_to_add, "coro2", &group), error);
    FAILS_AT_EXIT(&group, ok, one_crash);
    return true;
}

ASYNC_TEST(async_task_group_of_cpython, test_cancelling_level_preserved) {
    struct async_task_group group;
    bool ok = async_task_group_enter(&group, error) &&
              add(&group, AS(crash_after, "soon"), error);
    FAILS_AT_EXIT(&group, ok, one_crash);
    cr_expect_eq(async_cancelling(async_current_task()), 0);
    return true;
}

/* -- Both at the same moment ------------------------------------------------------- */

/* The inner group takes its own cancellation back, and requests the outer group's again.
 * The outer group takes that one back, so nothing is left for the next wait. CPython
 * 3.11 leaves cancelling() at 1 here, 3.12 too. */
ASYNC_TEST(async_task_group_of_cpython, test_nested_groups_both_cancelled) {
    struct async_task_group outer;
    struct async_task_group inner;
    bool ok = async_task_group_enter(&outer, error) &&
              async_task_group_enter(&inner, error) &&
              add(&inner, AS(crash_after, "inner"), error) &&
              add(&outer, AS(crash_after, "outer"), error);
    FAILS_AT_EXIT(&inner, ok,
                  "unhandled errors in a TaskGroup (1 sub-exception), "
                  "first Exception: inner");
    cr_expect_eq(async_cancelling(async_current_task()), 1);
    async_error_clear(error); /* the block of the outer group ends well */
    FAILS_AT_EXIT(&outer, true,
                  "unhandled errors in a TaskGroup (1 sub-exception), "
                  "first Exception: outer");
    cr_expect_eq(async_cancelling(async_current_task()), 0);
    return async_sleep(NS_PER_MS, error);
}

/* The same, but the block of the outer group goes on after the inner group: its next
 * wait is cancelled. */
ASYNC_TEST(async_task_group_of_cpython, the_block_between_the_groups_is_cancelled) {
    struct async_task_group outer;
    struct async_task_group inner;
    bool ok = async_task_group_enter(&outer, error) &&
              async_task_group_enter(&inner, error) &&
              add(&inner, AS(crash_after, "inner"), error) &&
              add(&outer, AS(crash_after, "outer"), error);
    cr_expect_not(async_task_group_exit(&inner, ok, error));
    ok = trace_end("between", async_sleep(NS_PER_MS, error), error);
    FAILS_AT_EXIT(&outer, ok,
                  "unhandled errors in a TaskGroup (1 sub-exception), "
                  "first Exception: outer");
    cr_expect_eq(async_cancelling(async_current_task()), 0);
    EXPECT_TRACE("between CancelledError");
    return async_sleep(NS_PER_MS, error);
}

ACTOR(raise_error) {
    async_event_set(self->thing);
    return async_sleep(0, error) && async_fail(error, 1, "soon");
}

ASYNC_FUNCTION(run_until_cancelled_twice) {
    struct async_task_group group;
    bool ok = async_task_group_enter(&group, error) &&
              add(&group, AS(raise_error, "e", argument), error) &&
              async_sleep(NS_PER_S, error);
    cr_expect_not(ok, "the sleep in the group was not cancelled");
    FAILS_AT_EXIT(&group, ok, one_crash);
    cr_expect_eq(async_cancelling(async_current_task()), 1);
    ok = async_sleep(NS_PER_S, error);
    cr_expect_not(ok, "the sleep after the group was not cancelled");
    return ok;
}

ASYNC_TEST(async_task_group_of_cpython, test_error_and_cancel) {
    struct async_event event = {.is_set = false};
    struct async_awaitable *task = NEW_TASK(run_until_cancelled_twice, &event);
    SUCCEEDS(async_event_wait(&event, error));
    cr_expect_eq(async_cancelling(task), 0);
    async_cancel(task);
    cr_expect_eq(async_cancelling(task), 1);
    cr_expect_not(async_await(task, NULL, error));
    cr_expect(async_cancelled(task));
    async_release(task);
    return true;
}

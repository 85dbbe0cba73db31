/* If a task fails, the group cancels its parent, so that the code in the block stops
 * waiting. exit() takes that cancellation back, and keeps those that came from
 * elsewhere. This, and the choice among several errors, is that of CPython 3.13 (3.11
 * drops a cancellation that meets a failure). From a later version comes one thing: a
 * cancellation from elsewhere that meets the group's own while exit() waits is passed on
 * even if no task failed. */
#include "async/task_group.h"
#include "async/loop/argument.h"
#include "async/loop/circle.h"
#include "async/loop/core.h"
#include "async/loop/error_kind.h"
#include "async/loop/refusal.h"

#include <stdlib.h>

/* A task of the group that is not done. */
struct async_group_member {
    struct async_node node; /* among the task's callbacks until it is done */
    struct async_awaitable *task;
    struct async_task_group *group;
    struct async_group_member *next;
    struct async_group_member *previous;
};

static void add_error(struct async_task_group *group,
                      const struct async_error *failure) {
    if (group->error_count == 0) {
        group->first = *failure;
    }
    if (group->error_count < group->error_capacity) {
        group->errors[group->error_count] = *failure;
    }
    group->error_count++;
    group->error_kinds |= UINT32_C(1) << failure->kind;
}

static void remove_member(struct async_group_member *member) {
    struct async_task_group *group = member->group;
    *(member->previous ? &member->previous->next : &group->members) = member->next;
    *(member->next ? &member->next->previous : &group->last_member) = member->previous;
    async_release(member->task);
    free(member);
}

static void abort_members(struct async_task_group *group) {
    group->is_aborting = true;
    for (struct async_group_member *member = group->members; member;
         member = member->next) {
        async_cancel(member->task); /* takes effect later: the list does not change */
    }
}

static void cancel_parent(struct async_task_group *group) {
    if (!group->is_parent_cancelled) {
        group->is_parent_cancelled = true;
        async_cancel(group->parent);
    }
}

static void end_member(struct async_node *node) {
    struct async_group_member *member = ASYNC_OF(node, struct async_group_member, node);
    struct async_task_group *group = member->group;
    struct async_error failure;
    bool has_failed =
        !async_cancelled(member->task) && async_exception(member->task, &failure);
    remove_member(member);
    if (group->completion && !group->members) {
        async_future_wake(group->completion, NULL);
    }
    if (!has_failed) {
        return;
    }
    add_error(group, &failure);
    if (!group->is_aborting && !group->is_parent_cancelled) {
        abort_members(group);
        cancel_parent(group);
    }
}

bool async_task_group_enter(struct async_task_group *group, struct async_error *error) {
    *group = (struct async_task_group){.error_count = 0};
    group->parent = async_need_current_task("async_task_group_enter()", error);
    group->loop = group->parent ? async_get_loop(group->parent) : NULL;
    return group->parent;
}

void async_task_group_collect(struct async_task_group *group,
                              struct async_error errors[], size_t capacity) {
    group->errors = errors;
    group->error_capacity = errors ? capacity : 0;
}

bool async_task_group_has(const struct async_task_group *group,
                          enum async_error_kind kind) {
    return async_is_error_kind(kind) && (group->error_kinds >> kind & 1);
}

static bool fail_as(const char *state, struct async_error *error) {
    return async_fail_with(error, ASYNC_RUNTIME, "the task group %s", state);
}

static bool is_finished(const struct async_task_group *group) {
    return group->is_exiting && !group->members;
}

static bool is_taking_tasks(const struct async_task_group *group,
                            struct async_error *error) {
    const char *why_not = !group->parent       ? "has not been entered"
                          : is_finished(group) ? "is finished"
                          : group->is_aborting ? "is shutting down"
                                               : NULL;
    return !why_not || fail_as(why_not, error);
}

bool async_task_group_create_task(struct async_task_group *group,
                                  struct async_awaitable *coroutine,
                                  struct async_awaitable **task,
                                  struct async_error *error) {
    if (!is_taking_tasks(group, error)) {
        async_give_up(coroutine);
        return false;
    }
    struct async_group_member *member = malloc(sizeof(*member));
    if (!member) {
        async_give_up(coroutine);
        return async_fail_with(error, ASYNC_NO_MEMORY,
                               "out of memory for a task of a group");
    }
    struct async_awaitable *made = async_loop_create_task(group->loop, coroutine);
    if (!made) {
        free(member);
        return async_refusal_fail(error);
    }
    *member = (struct async_group_member){.node.run = end_member,
                                          .task = made,
                                          .group = group,
                                          .previous = group->last_member};
    *(group->last_member ? &group->last_member->next : &group->members) = member;
    group->last_member = member;
    async_future_watch(made, &member->node);
    if (task) {
        *task = async_retain(made);
    }
    return true;
}

void async_task_group_cancel(struct async_task_group *group) {
    if (!group->parent || group->is_aborting || is_finished(group)) {
        return;
    }
    abort_members(group);
    cancel_parent(group);
}

/* Waits until the last task has ended. A cancellation that comes meanwhile stops the
 * tasks, not the waiting; *late is the last one, and *cancellation is the one that
 * stopped the tasks. False: the loop was closed; the error is in *late. */
static bool wait_for_members(struct async_task_group *group,
                             struct async_error *cancellation,
                             struct async_error *late) {
    while (group->members) {
        struct async_awaitable completion;
        async_future_open(&completion, group->loop, "task group");
        group->completion = &completion;
        bool is_complete = async_await(&completion, NULL, late);
        group->completion = NULL;
        async_future_close(&completion);
        if (is_complete) {
            continue;
        }
        if (late->kind != ASYNC_CANCELLED) {
            return false;
        }
        if (!group->is_aborting) {
            *cancellation = *late;
            abort_members(group);
        }
    }
    return true;
}

/* The loop was closed, so its tasks end without the group. */
static bool leave_members(struct async_task_group *group, struct async_error *error,
                          const struct async_error *failure) {
    while (group->members) {
        async_node_remove(&group->members->node);
        remove_member(group->members);
    }
    return async_error_copy(error, failure);
}

/* Fails with the one error that stands for all. */
static bool fail_as_group(struct async_task_group *group, struct async_error *error) {
    /* If a cancellation from elsewhere met a failure, it is requested again, so that it
     * reaches the next await. */
    if (async_cancelling(group->parent) > 0) {
        async_uncancel(group->parent);
        async_cancel(group->parent);
    }
    return async_fail_with(error, ASYNC_GROUP,
                           "unhandled errors in a TaskGroup (%zu sub-exception%s), "
                           "first %s: %s",
                           group->error_count, group->error_count == 1 ? "" : "s",
                           async_error_name(group->first.kind), group->first.message);
}

/* Takes back the cancellation that the group itself requested. If *cancellation is
 * still set after that, it came from elsewhere and is passed on. */
static void uncancel_parent(struct async_task_group *group,
                            struct async_error *cancellation,
                            const struct async_error *late) {
    if (!group->is_parent_cancelled) {
        return;
    }
    if (async_uncancel(group->parent) == 0) {
        cancellation->kind = ASYNC_OK;
    } else if (cancellation->kind == ASYNC_OK) {
        *cancellation = *late;
    }
}

bool async_task_group_exit(struct async_task_group *group, bool ok,
                           struct async_error *error) {
    struct async_error body = {.kind = ok ? ASYNC_OK : ASYNC_FAILED};
    struct async_error cancellation = {.kind = ASYNC_OK};
    struct async_error late = {.kind = ASYNC_OK};
    if (!group->parent || group->is_exiting) {
        return ok &&
               fail_as(group->parent ? "is finished" : "has not been entered", error);
    }
    group->is_exiting = true;
    if (!ok && error) {
        body = *error;
        async_argument_failure("the block of a task group", &body);
    }
    if (body.kind == ASYNC_CLOSED) {
        return leave_members(group, error, &body);
    }
    if (body.kind == ASYNC_CANCELLED) {
        cancellation = body;
    }
    if (!ok && !group->is_aborting) {
        abort_members(group);
    }
    if (!wait_for_members(group, &cancellation, &late)) {
        return leave_members(group, error, &late);
    }
    uncancel_parent(group, &cancellation, &late);
    if (cancellation.kind != ASYNC_OK && group->error_count == 0) {
        return async_error_copy(error, &cancellation);
    }
    if (!ok && body.kind != ASYNC_CANCELLED) {
        add_error(group, &body);
    }
    return group->error_count == 0 || fail_as_group(group, error);
}

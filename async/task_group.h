/* A task group: tasks that end together. The block is the code between enter and exit.
 * If a task fails, the other tasks and the code in the block are cancelled. exit waits
 * until all tasks have ended.
 *
 *   struct async_task_group group;
 *   if (!async_task_group_enter(&group, error)) return false;
 *   bool ok = async_task_group_create_task(&group, soup, NULL, error) &&
 *             async_task_group_create_task(&group, bread, NULL, error) &&
 *             async_sleep(NS_PER_S, error);
 *   return async_task_group_exit(&group, ok, error);
 *
 * Several tasks may fail, and a C function returns one error. That error has the kind
 * ASYNC_GROUP and says how many failures there were and what the first was. The group
 * itself keeps the first failure, their count and their kinds. To get all of them, pass
 * an array to async_task_group_collect(). Nothing has to be freed.
 *
 * Cancellation is that of Python 3.13: a group takes back only the cancellation that it
 * requested itself, and keeps async_cancelling() as it was. If an inner and an outer
 * group fail at the same moment, the inner group ends with its error, and the outer
 * group's cancellation comes at the next wait, or, if there is none, never. */
#ifndef SIMUL_ASYNC_TASK_GROUP_H
#define SIMUL_ASYNC_TASK_GROUP_H

#include "async/awaitable.h"

#ifdef __cplusplus
extern "C" {
#endif

struct async_group_member;

/* In the caller's storage, where it must not move between enter and exit. The caller
 * may read `first`, `error_count` and `error_kinds`, also after exit. */
struct async_task_group {
    struct async_error first; /* the first failure; ASYNC_OK if none */
    size_t error_count;
    uint32_t error_kinds; /* bit k is set if a failure was of kind k */

    struct async_error *errors; /* the caller's array; NULL if there is none */
    size_t error_capacity;
    struct async_loop *loop;
    struct async_awaitable *parent;     /* the task that entered */
    struct async_awaitable *completion; /* awaited by exit; NULL if it does not wait */
    struct async_group_member *members; /* the tasks that are not done, oldest first */
    struct async_group_member *last_member;
    bool is_exiting;
    bool is_aborting;
    bool is_parent_cancelled; /* by the group; exit takes the cancellation back */
};

/* `async with asyncio.TaskGroup() as group:`. Fails with ASYNC_RUNTIME outside a task;
 * then there is nothing to exit. Each enter that succeeds needs its exit. */
bool async_task_group_enter(struct async_task_group *group, struct async_error *error);

/* The end of the block. `ok` and `error` say how the code in it ended. Waits for all
 * tasks; if the code failed, or the calling task is cancelled, the tasks are cancelled
 * first. Fails with ASYNC_GROUP if a task or the code failed (a cancelled task has not
 * failed), or with ASYNC_CANCELLED if the calling task was cancelled and nothing
 * failed. Fails with ASYNC_RUNTIME if the group has not been entered, or has been exited
 * already. */
bool async_task_group_exit(struct async_task_group *group, bool ok,
                           struct async_error *error);

/* `group.create_task()`: stores the task in *task, to be released; if `task` is NULL
 * the task runs all the same. Tasks of the group may call it too. Fails with
 * ASYNC_RUNTIME if the group "has not been entered" (a zeroed group), "is shutting
 * down" (because of a failure) or "is finished"; with ASYNC_INVALID_ARGUMENT if it is
 * given no coroutine; and with ASYNC_NO_MEMORY. The coroutine is given away in any
 * case. */
bool async_task_group_create_task(struct async_task_group *group,
                                  struct async_awaitable *coroutine,
                                  struct async_awaitable **task,
                                  struct async_error *error);

/* The group copies its failures to `errors` in the order in which they happen, up to
 * `capacity` of them; group.error_count says how many there were. */
void async_task_group_collect(struct async_task_group *group,
                              struct async_error errors[], size_t capacity);

/* `except* kind`: true if one of the failures has this kind. */
bool async_task_group_has(const struct async_task_group *group,
                          enum async_error_kind kind);

/* `group.cancel()` (Python 3.15): ends the group early. All its tasks and the code in
 * the block are cancelled, and exit succeeds unless one of them failed. */
void async_task_group_cancel(struct async_task_group *group);

#ifdef __cplusplus
}
#endif

#endif

/* A task group: tasks that begin and end together. When one fails the others are
 * cancelled, and the code in the block too; the block ends when all have ended.
 *
 *   struct async_task_group group;
 *   if (!async_task_group_enter(&group, error)) return false;
 *   bool ok = async_task_group_create_task(&group, soup, NULL, error) &&
 *             async_task_group_create_task(&group, bread, NULL, error) &&
 *             async_sleep(NS_PER_S, error);
 *   return async_task_group_exit(&group, ok, error);
 *
 * Several may fail, and C returns one error: it is of kind ASYNC_GROUP and says how
 * many there are and what the first was. The group itself keeps the first, the count
 * and the kinds; all of them come in the caller's array, where
 * async_task_group_collect() was given one. Nothing is allocated for them, and nothing
 * is to be given back. */
#ifndef SIMUL_ASYNC_TASK_GROUP_H
#define SIMUL_ASYNC_TASK_GROUP_H

#include "async/awaitable.h"

struct async_group_member;

/* In the caller's storage; it must not move between enter and exit. Only `first`,
 * `error_count` and `error_kinds` are for reading, after exit too. */
struct async_task_group {
    struct async_error first; /* of the failures; ASYNC_OK: none failed */
    size_t error_count;
    uint32_t error_kinds; /* bit k: a failure was of kind k */

    struct async_error *errors; /* the caller's; NULL: not wanted */
    size_t error_capacity;
    struct async_loop *loop;
    struct async_awaitable *parent;     /* the task that entered */
    struct async_awaitable *completion; /* what exit() awaits; NULL: nothing */
    struct async_group_member *members; /* the tasks that are not done, oldest first */
    struct async_group_member *last_member;
    bool is_exiting;
    bool is_aborting;
    bool is_parent_cancelled; /* by the group: to be taken back */
};

/* `async with asyncio.TaskGroup() as group:`. ASYNC_RUNTIME: outside a task; then there
 * is nothing to exit. */
bool async_task_group_enter(struct async_task_group *group, struct async_error *error);

/* The end of the block: `ok` and `error` say how the code in it ended. Waits for all
 * tasks; where the code failed, or the caller is cancelled, they are cancelled first.
 * False: ASYNC_GROUP: tasks or the code failed (a cancelled task has not failed);
 * ASYNC_CANCELLED: the caller was cancelled, and nothing failed. No exit may be left
 * out. */
bool async_task_group_exit(struct async_task_group *group, bool ok,
                           struct async_error *error);

/* `group.create_task()`: the task in *task, to be released; NULL: not wanted, it runs
 * all the same. Tasks of the group may call it too. ASYNC_RUNTIME: the group "is
 * shutting down" (something failed) or "is finished"; ASYNC_NO_MEMORY. The coroutine is
 * given away in any case. */
bool async_task_group_create_task(struct async_task_group *group,
                                  struct async_awaitable *coroutine,
                                  struct async_awaitable **task,
                                  struct async_error *error);

/* Where the failures are copied to, in the order of their happening, as many as there
 * is room for; group.error_count says how many there were. */
void async_task_group_collect(struct async_task_group *group,
                              struct async_error errors[], size_t capacity);

/* `except* kind`: was one of the failures of this kind? */
bool async_task_group_has(const struct async_task_group *group,
                          enum async_error_kind kind);

/* `group.cancel()` (Python 3.15): ends the group early: all tasks and the code in the
 * block are cancelled, and exit succeeds unless something failed. */
void async_task_group_cancel(struct async_task_group *group);

#endif

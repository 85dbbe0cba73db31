/* async/sync/line.c: the line in which tasks wait for a lock and its kin. */
#include "async/sync/line.h"

#include "tests/async/support.h"

enum { QUEUE_LENGTH = 10000 };

struct stand {
    struct async_line line;
    int next; /* the number of the task that has to be woken next */
};

ACTOR(wait_there) {
    struct stand *stand = self->thing;
    bool is_woken;
    bool ok = async_line_wait(&stand->line, "line", &is_woken, error);
    cr_expect_eq(ok, is_woken);
    if (ok) {
        cr_assert_eq(self->number, stand->next);
        stand->next++;
    }
    return ok;
}

ASYNC_TEST(async_line, a_long_line_is_served_in_order) {
    struct stand stand = {.next = 0};
    for (int i = 0; i < QUEUE_LENGTH; i++) {
        async_release(async_create_task(AS(wait_there, "w", &stand, i)));
    }
    bool ok = turns(2, error);
    while (async_line_wake(&stand.line)) {
    }
    cr_expect_eq(stand.line.woken_count, QUEUE_LENGTH);
    ok = ok && turns(2, error);
    cr_expect_eq(stand.next, QUEUE_LENGTH);
    cr_expect_eq(stand.line.woken_count, 0);
    return ok;
}

ASYNC_TEST(async_line, a_task_may_leave_the_line_at_any_place) {
    for (int leaver = 0; leaver < 3; leaver++) {
        struct stand stand = {.next = 0};
        struct async_awaitable *tasks[3];
        for (int i = 0, number = 0; i < 3; i++) {
            number += i != leaver;
            tasks[i] = async_create_task(AS(wait_there, "w", &stand, number - 1));
        }
        cr_assert(turns(2, error));
        async_cancel(tasks[leaver]);
        cr_assert(turns(2, error));
        while (async_line_wake(&stand.line)) {
        }
        for (int i = 0; i < 3; i++) {
            cr_expect_eq(end_of(tasks[i]), i == leaver ? ASYNC_CANCELLED : ASYNC_OK);
        }
        cr_expect_eq(stand.next, 2);
        cr_expect_null(stand.line.first);
        cr_expect_null(stand.line.last);
    }
    return true;
}

ACTOR(wait_and_tell) {
    struct stand *stand = self->thing;
    bool is_woken;
    bool ok = async_line_wait(&stand->line, "line", &is_woken, error);
    stand->next = is_woken ? 1 : -1;
    return ok;
}

ASYNC_TEST(async_line, a_cancelled_task_learns_whether_it_was_woken) {
    struct stand stand = {.next = 0};
    struct async_awaitable *task = async_create_task(AS(wait_and_tell, "w", &stand));
    bool ok = turns(2, error);
    async_line_wake(&stand.line);
    async_cancel(task);
    cr_expect_eq(end_of(task), ASYNC_CANCELLED);
    cr_expect_eq(stand.next, 1);
    task = async_create_task(AS(wait_and_tell, "w", &stand));
    ok = ok && turns(2, error);
    async_cancel(task);
    cr_expect_not(async_line_wake(&stand.line), "a cancelled task was woken");
    cr_expect_eq(end_of(task), ASYNC_CANCELLED);
    cr_expect_eq(stand.next, -1);
    return ok;
}

ASYNC_TEST(async_line, wake_only_one_waits_until_the_woken_task_has_run) {
    struct stand stand = {.next = 0};
    for (int i = 0; i < 2; i++) {
        async_release(async_create_task(AS(wait_there, "w", &stand, i)));
    }
    bool ok = turns(2, error);
    async_line_wake_only_one(&stand.line);
    async_line_wake_only_one(&stand.line);
    cr_expect(async_line_is_taken(&stand.line));
    ok = ok && turns(2, error);
    cr_expect_eq(stand.next, 1);
    async_line_wake_only_one(&stand.line);
    ok = ok && turns(2, error);
    cr_expect_eq(stand.next, 2);
    cr_expect_not(async_line_is_taken(&stand.line));
    return ok;
}

ASYNC_TEST(async_line, the_description_of_a_waiting_task_names_the_line) {
    struct stand stand = {.next = 0};
    char text[300];
    struct async_awaitable *task = async_create_task(AS(wait_there, "w", &stand));
    bool ok = turns(2, error);
    async_describe(task, text, sizeof text);
    cr_expect(strstr(text, "'line'"), "%s", text);
    async_line_wake(&stand.line);
    return ok && end_of(task) == ASYNC_OK;
}

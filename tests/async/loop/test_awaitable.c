/* async/loop/awaitable.c: owners, names, the end. */
#include "tests/async/support.h"

static bool nothing(void *argument, void **value, struct async_error *error) {
    (void)argument, (void)value, (void)error;
    return true;
}

Test(async_awaitable, null_is_left_alone) {
    async_release(NULL);
    cr_expect_null(async_retain(NULL));
    cr_expect_null(async_get_loop(NULL));
    cr_expect_str_empty(async_get_name(NULL));
    async_set_name(NULL, "x");
    cr_expect_not(async_done(NULL));
    cr_expect_not(async_cancel(NULL));
}

static bool name_tasks(void *argument, void **value, struct async_error *error) {
    (void)argument, (void)value;
    cr_expect_str_eq(async_get_name(async_current_task()), "Task-1");
    struct async_awaitable *second = NEW_TASK(nothing, NULL);
    struct async_awaitable *third = NEW_TASK(nothing, NULL);
    cr_expect_str_eq(async_get_name(third), "Task-3");
    char name[] = "knight";
    async_set_name(second, name);
    name[0] = 'K';
    cr_expect_str_eq(async_get_name(second), "knight");
    async_set_name(third, "bishop");
    async_set_name(third, NULL);
    cr_expect_str_eq(async_get_name(third), "Task-3");
    bool ok = async_await(second, NULL, error) && async_await(third, NULL, error);
    cr_expect_str_eq(async_get_name(second), "knight");
    async_release(second);
    async_release(third);
    return ok;
}

Test(async_awaitable, tasks_are_numbered_or_named) {
    run_well(name_tasks, NULL);
}

Test(async_awaitable, a_future_outlives_its_loop_where_it_is_held) {
    struct async_loop *loop = new_loop();
    struct async_awaitable *future = async_create_future(loop);
    struct async_error error;
    cr_assert(async_set_result(future, "kept", &error));
    async_loop_free(loop);
    void *value = NULL;
    cr_expect(async_result(future, &value, &error));
    cr_expect_str_eq(value, "kept");
    async_release(future);
}

Test(async_awaitable, the_last_owner_reports_an_error_that_nobody_asked_for_once) {
    struct async_loop *loop = new_loop();
    int reports[8] = {0};
    async_set_exception_handler(loop, count_report, reports);
    struct async_awaitable *future = async_create_future(loop);
    struct async_error error;
    async_fail(&error, 0, "lost");
    cr_assert(async_set_exception(future, &error, NULL));
    async_retain(future);
    async_release(future);
    cr_expect_eq(reports[ASYNC_REPORT_NEVER_RETRIEVED], 0);
    async_release(future);
    cr_expect_eq(reports[ASYNC_REPORT_NEVER_RETRIEVED], 1);
    async_loop_free(loop);
    cr_expect_eq(reports[ASYNC_REPORT_NEVER_RETRIEVED], 1);
}

static void keep(struct async_loop *loop, const struct async_report *report,
                 void *context) {
    (void)loop;
    async_release(async_retain(report->awaitable));
    ++*(int *)context;
}

Test(async_awaitable, a_handler_may_hold_what_is_being_reported) {
    struct async_loop *loop = new_loop();
    int count = 0;
    async_set_exception_handler(loop, keep, &count);
    struct async_awaitable *future = async_create_future(loop);
    struct async_error error;
    async_fail(&error, 0, "lost");
    async_set_exception(future, &error, NULL);
    async_release(future);
    cr_expect_eq(count, 1);
    async_loop_free(loop);
}

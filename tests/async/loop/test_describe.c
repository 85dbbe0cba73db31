/* async/loop/describe.c: a task in words, the awaitable that it waits for, its name. */
#include "tests/async/support.h"

ASYNC_FUNCTION(await_argument) {
    return async_await(argument, value, error);
}

ASYNC_TEST(async_describe, it_says_state_name_place_and_the_awaitable_waited_for) {
    struct async_awaitable *inner = NEW_TASK(wait_for_ever, NULL);
    struct async_awaitable *outer = NEW_TASK(await_argument, inner);
    async_set_name(outer, "outer");
    bool ok = async_sleep(0, error);
    char text[512];
    async_describe(outer, text, sizeof text);
    cr_expect_not_null(
        strstr(text, "<Task pending name='outer' coro=<await_argument() at "), "%s",
        text);
    cr_expect_not_null(strstr(text, "wait_for=<Task pending name='Task-2'"), "%s",
                       text);
    cr_expect_not_null(strstr(text, "wait_for=<Future pending name='sleep'>>>"), "%s",
                       text);
    async_cancel(inner);
    async_describe(inner, text, sizeof text);
    cr_expect_eq(strncmp(text, "<Task cancelling", 16), 0, "%s", text);
    async_await(outer, NULL, NULL);
    async_describe(outer, text, sizeof text);
    cr_expect_eq(strncmp(text, "<Task cancelled", 15), 0, "%s", text);
    char cut[20];
    cr_expect_eq(strlen(async_describe(outer, cut, sizeof cut)), sizeof cut - 1);
    char none[] = "ab";
    cr_expect_str_eq(async_describe(outer, none + 1, 0), "b");
    cr_expect_str_eq(none, "ab", "it wrote before the buffer");
    async_release(inner);
    async_release(outer);
    return ok;
}

ASYNC_FUNCTION(list) {
    struct async_awaitable *other = NEW_TASK(wait_for_ever, NULL);
    struct async_awaitable *tasks[3] = {NULL};
    cr_expect_eq(async_all_tasks(async_get_running_loop(), tasks, 3), 2);
    cr_expect_eq(tasks[0], async_current_task());
    cr_expect_eq(tasks[1], other);
    bool ok = async_sleep(0, error);
    async_print_tasks(async_get_running_loop(), argument);
    async_cancel(other);
    async_await(other, NULL, NULL);
    cr_expect_eq(async_all_tasks(async_get_running_loop(), NULL, 0), 1);
    async_release(other);
    return ok;
}

Test(async_describe, all_tasks_are_listed_one_on_a_line) {
    char text[1024] = "";
    FILE *output = fmemopen(text, sizeof text, "w");
    run_well(list, output);
    fclose(output);
    cr_expect_eq(strncmp(text, "<Task pending name='Task-1' coro=<list() at ", 44), 0,
                 "%s", text);
    cr_expect_not_null(strstr(text, "\n<Task pending name='Task-2'"), "%s", text);
    cr_expect_not_null(strstr(text, "wait_for=<Future pending name='sleep'>>\n"), "%s",
                       text);
}

Test(async_describe, null_and_a_coroutine_have_descriptions) {
    char text[64];
    cr_expect_str_eq(async_describe(NULL, text, sizeof text), "<nothing>");
    struct async_awaitable *coroutine = async_coroutine(list, NULL);
    async_describe(coroutine, text, sizeof text);
    cr_expect_eq(strncmp(text, "<coroutine list() at ", 21), 0, "%s", text);
    async_release(coroutine);
}

ASYNC_TEST(async_describe, tasks_are_numbered_or_named) {
    cr_expect_str_eq(async_get_name(async_current_task()), "Task-1");
    static int no_time_ms = 0;
    struct async_awaitable *second = NEW_TASK(sleep_ms, &no_time_ms);
    struct async_awaitable *third = NEW_TASK(sleep_ms, &no_time_ms);
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

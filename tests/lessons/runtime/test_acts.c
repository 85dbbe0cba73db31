/* lessons/runtime/acts.c: the timeline shows what a lesson does. */
#include "lessons/lesson.h"
#include "lessons/runtime/stage.h"

#include <criterion/criterion.h>
#include <string.h>
#include <unistd.h>

static const struct spans *play(async_function *program) {
    struct async_error error = {.kind = ASYNC_OK};
    alarm(20);
    stage_open(100);
    stage_start();
    cr_assert(async_run(async_coroutine(program, NULL), NULL, &error), "%s",
              error.message);
    return stage_close();
}

static bool nap(void *argument, void **value, struct async_error *error) {
    *value = argument;
    return lesson_sleep(1, argument, error);
}

static bool await_all_kinds(void *argument, void **value, struct async_error *error) {
    (void)argument;
    static char own[] = "its own";
    struct async_awaitable *task = async_create_task(async_coroutine(nap, own));
    bool ok = lesson_await(task, NULL, "a task", error) &&
              lesson_await(async_coroutine(nap, own), value, "a coroutine", error);
    cr_expect_eq(*value, own);
    async_release(task);
    return ok;
}

Test(lesson_acts, a_coroutine_has_its_own_spans_in_the_row_of_its_task) {
    const struct spans *spans = play(await_all_kinds);
    cr_assert_eq(spans->count, 3);
    cr_expect_str_eq(spans->list[0].row, "main");
    cr_expect_str_eq(spans->list[0].what, "a task");
    cr_expect_str_eq(spans->list[1].row, "Task-2");
    cr_expect_str_eq(spans->list[1].what, "its own");
    cr_expect_geq(spans->list[0].end_s, spans->list[1].end_s);
    cr_expect_str_eq(spans->list[2].row, "main");
    cr_expect_str_eq(spans->list[2].what, "its own");
    for (size_t i = 0; i < 3; i++) {
        cr_expect_geq(spans->list[i].end_s - spans->list[i].begin_s, 1);
    }
}

static bool await_what_fails(void *argument, void **value, struct async_error *error) {
    (void)argument, (void)value;
    cr_expect_not(lesson_await(NULL, NULL, "nothing", error));
    cr_expect_eq(error->kind, ASYNC_INVALID_ARGUMENT);
    struct async_awaitable *future = async_create_future(NULL);
    async_cancel(future);
    cr_expect_not(lesson_await(future, NULL, "a cancelled one", error));
    cr_expect_eq(error->kind, ASYNC_CANCELLED);
    async_release(future);
    async_error_clear(error);
    return true;
}

Test(lesson_acts, an_await_fails_as_it_would_without_a_timeline) {
    cr_expect_eq(play(await_what_fails)->count, 1);
}

static bool sleep_for_somebody(void *argument, void **value,
                               struct async_error *error) {
    (void)argument, (void)value;
    return lesson_sleep_in("master", 1, "1", error) && lesson_sleep(1, "2", error);
}

Test(lesson_acts, a_task_may_sleep_in_a_row_of_another_name) {
    const struct spans *spans = play(sleep_for_somebody);
    cr_assert_eq(spans->count, 2);
    cr_expect_str_eq(spans->list[0].row, "master");
    cr_expect_eq(spans->list[0].kind, SPAN_AWAITS);
    cr_expect_str_eq(spans->list[1].row, "main");
}

static bool act_and_await(void *argument, void **value, struct async_error *error) {
    (void)argument, (void)value;
    return lesson_act(1, "cooks", error) &&
           lesson_act_in("master", 1, "moves", error) &&
           lesson_sleep(1, "waits", error);
}

Test(lesson_acts, what_acts_is_told_from_what_awaits) {
    const struct spans *spans = play(act_and_await);
    cr_assert_eq(spans->count, 3);
    cr_expect_eq(spans->list[0].kind, SPAN_ACTS);
    cr_expect_eq(spans->list[1].kind, SPAN_ACTS);
    cr_expect_str_eq(spans->list[1].row, "master");
    cr_expect_eq(spans->list[2].kind, SPAN_AWAITS);
}

static bool say_one(void *argument, void **value, struct async_error *error) {
    (void)argument, (void)value;
    bool ok = lesson_sleep(1, "", error);
    lesson_say("speaker: One");
    return ok;
}

static bool await_a_speaker(void *argument, void **value, struct async_error *error) {
    (void)argument;
    lesson_say("begin");
    return async_await(lesson_start(say_one, NULL, "speaker"), value, error);
}

Test(lesson_acts, a_main_that_only_awaits_others_has_a_row_from_begin_to_end) {
    const struct spans *spans = play(await_a_speaker);
    cr_assert_eq(spans->count, 2);
    cr_expect_str_eq(spans->list[0].row, "main");
    cr_expect_eq(spans->list[0].kind, SPAN_AWAITS);
    cr_expect_float_eq(spans->list[0].begin_s, 0, 1e-9);
    cr_expect_float_eq(spans->list[0].end_s, spans->total_s, 1e-9);
}

Test(lesson_acts, each_printed_line_is_noted_in_the_row_of_its_task) {
    const struct spans *spans = play(await_a_speaker);
    cr_assert_eq(spans->saying_count, 2);
    cr_expect_str_eq(spans->sayings[0].row, "main");
    cr_expect_str_eq(spans->sayings[0].text, "begin");
    cr_expect_str_eq(spans->sayings[1].row, "speaker");
    cr_expect_str_eq(spans->sayings[1].text, "One");
    cr_expect_geq(spans->sayings[1].at_s, 1);
}

static bool doze(void *argument, void **value, struct async_error *error) {
    (void)argument, (void)value, (void)error;
    lesson_block(60, "blocks"); /* 0.6 s of real time: more than a machine is late */
    return true;
}

static bool sleep_beside_a_blocker(void *argument, void **value,
                                   struct async_error *error) {
    (void)argument, (void)value;
    lesson_start(doze, NULL, "blocker");
    return lesson_sleep_in("sleeper", 1, "", error);
}

Test(lesson_acts, a_task_that_cannot_go_on_is_frozen_in_the_same_row) {
    const struct spans *spans = play(sleep_beside_a_blocker);
    const struct span *list = &spans->list[1]; /* behind main */
    cr_assert_eq(spans->count, 4);
    cr_expect_str_eq(list[1].row, "blocker");
    cr_expect_eq(list[1].kind, SPAN_HOLDS);
    cr_expect_str_eq(list[2].row, "sleeper");
    cr_expect_eq(list[2].kind, SPAN_FROZEN);
    cr_expect_float_eq(list[2].begin_s, list[0].begin_s + 1, 1e-9);
}

static bool count(void *argument, void **value, struct async_error *error) {
    (void)argument, (void)value, (void)error;
    cr_expect_eq(lesson_count(lesson_begin("all", ""), 1000, 1000), 0);
    cr_expect_eq(lesson_count(lesson_begin("some", ""), 1234567, 67), 1234500);
    return true;
}

Test(lesson_acts, the_timeline_shows_how_many_counts_were_lost) {
    const struct spans *spans = play(count);
    cr_assert_eq(spans->count, 2);
    cr_expect_str_eq(spans->list[0].what, "none lost");
    cr_expect_str_eq(spans->list[1].what, "1,234,500 lost");
}

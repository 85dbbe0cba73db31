/* Three calls that block for a second each: in the loop, and then in its executor. A
 * clock ticks beside them, if the loop is free. */
#include "lessons/lesson.h"

static bool doze(void *argument, void **value, struct async_error *error) {
    (void)argument, (void)value, (void)error;
    lesson_block(1, "sleep");
    return true;
}

static bool compute(void *argument, void **value, struct async_error *error) {
    (void)argument, (void)value, (void)error;
    lesson_compute(1, "compute");
    return true;
}

static bool request(void *argument, void **value, struct async_error *error) {
    (void)argument, (void)value;
    return lesson_request(1, "request", error); /* HTTP, by curl_easy_perform() */
}

static bool tick(void *argument, void **value, struct async_error *error) {
    (void)argument, (void)value;
    while (lesson_sleep(0.5, "", error)) {
        lesson_say("tick");
    }
    return false; /* cancelled at the end */
}

static bool program(void *argument, void **value, struct async_error *error) {
    async_function *const calls[] = {doze, compute, request};
    const char *const names[] = {"sleep", "compute", "request"};
    bool ok = true;
    (void)argument;
    lesson_debug();
    lesson_start(tick, NULL, "clock"); /* create_task() and set_name() */
    for (int i = 0; ok && i < 3; i++) {
        lesson_say("%s, in the loop", names[i]);
        struct async_awaitable *task = lesson_start(calls[i], NULL, names[i]);
        ok = async_await(task, value, error);
    }
    for (int i = 0; ok && i < 3; i++) {
        lesson_say("%s, in the executor", names[i]);
        ok = async_to_thread(calls[i], NULL, value, error);
    }
    return ok; /* and async_run() cancels the clock */
}

const struct lesson lesson = {
    .place = 70,
    .shows = "a call that blocks in the loop freezes every other task",
    .total_s = 6,
    .remember = "A call that blocks the loop blocks every task: run it in an executor.",
    .program = program,
};

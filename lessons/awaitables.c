/* The three kinds of things that can be awaited.
 *
 *   coroutine = say("the coroutine")                    # nothing happens yet
 *   task = asyncio.create_task(say("the task"))         # runs by itself
 *   future = loop.create_future()                       # a callback will set it
 *   loop.call_later(3, future.set_result, "the future")
 */
#include "lessons/lesson.h"

static char names[][16] = {"the coroutine", "the task", "the future"};

static bool say(void *argument, void **value, struct async_error *error) {
    lesson_say("%s runs", (const char *)argument);
    *value = argument;
    return lesson_sleep(1, argument, error);
}

static void set_result(void *future) {
    lesson_say("a callback sets the future");
    async_set_result(future, names[2], NULL);
}

static bool wait_for(struct async_awaitable *awaitable, const char *what,
                     struct async_error *error) {
    void *result;
    if (!lesson_await(awaitable, &result, what, error)) { /* async_await() */
        return false;
    }
    lesson_say("awaited: %s", (const char *)result);
    return true;
}

static bool program(void *argument, void **value, struct async_error *error) {
    (void)argument, (void)value;
    struct async_loop *loop = async_get_running_loop();
    struct async_awaitable *coroutine = async_coroutine(say, names[0]);
    struct async_awaitable *task = async_create_task(async_coroutine(say, names[1]));
    struct async_awaitable *future = async_create_future(NULL);
    async_set_name(async_current_task(), "main");
    bool ok = async_call_later(loop, NULL, lesson_ns(3), set_result, future, error);
    lesson_say("all three are made");
    ok = ok && wait_for(task, names[1], error) &&
         wait_for(coroutine, names[0], error) && wait_for(future, names[2], error);
    async_release(task);
    async_release(future);
    return ok;
}

const struct lesson lesson = {
    .place = 60,
    .shows = "one coroutine, one task, one future",
    .total_s = 3,
    .remember = "A coroutine runs when it is awaited, a task by itself; a future does "
                "not run, it is set.",
    .program = program,
};

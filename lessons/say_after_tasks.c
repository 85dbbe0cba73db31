/* Two tasks: both run, and while one is awaited, the other goes on.
 *
 *   async def main():
 *       one = asyncio.create_task(say_after(1, "One"))
 *       two = asyncio.create_task(say_after(2, "Two"))
 *       await one
 *       await two
 *
 *   asyncio.run(main())
 */
#include "lessons/lesson.h"

struct saying {
    double delay_s;
    const char *what;
};

static bool say_after(void *argument, void **value, struct async_error *error) {
    (void)value;
    const struct saying *saying = argument;
    if (!lesson_sleep(saying->delay_s, saying->what, error)) {
        return false;
    }
    lesson_say("%s", saying->what);
    return true;
}

static bool program(void *argument, void **value, struct async_error *error) {
    (void)argument, (void)value;
    struct saying sayings[] = {{1, "One"}, {2, "Two"}};
    struct async_awaitable *one =
        async_create_task(async_coroutine(say_after, &sayings[0]));
    struct async_awaitable *two =
        async_create_task(async_coroutine(say_after, &sayings[1]));
    bool ok = async_await(one, NULL, error) && async_await(two, NULL, error);
    async_release(one);
    async_release(two);
    return ok;
}

static bool run(struct async_error *error) {
    return async_run(async_coroutine(program, NULL), NULL, error);
}

const struct lesson lesson = {
    .place = 30,
    .shows = "the same two as tasks: both wait at the same time",
    .total_s = 2,
    .instead = "one after the other",
    .instead_s = 3,
    .remember = "A task runs by itself once it is created, beside its creator.",
    .run = run,
};

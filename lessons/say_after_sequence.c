/* Two coroutines, awaited one after the other.
 *
 *   async def say_after(delay, what):
 *       await asyncio.sleep(delay)
 *       print(what)
 *
 *   async def main():
 *       await say_after(1, "One")
 *       await say_after(2, "Two")
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
    struct saying one = {1, "One"};
    struct saying two = {2, "Two"};
    return async_await(async_coroutine(say_after, &one), NULL, error) &&
           async_await(async_coroutine(say_after, &two), NULL, error);
}

static bool run(struct async_error *error) {
    return async_run(async_coroutine(program, NULL), NULL, error);
}

const struct lesson lesson = {
    .place = 20,
    .shows = "two coroutines are awaited, one after the other",
    .total_s = 3,
    .remember = "To await a coroutine is to run it, here and now: nothing runs beside "
                "it.",
    .run = run,
};

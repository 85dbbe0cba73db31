/* gather makes tasks of coroutines and waits for all of them.
 *
 *   async def main():
 *       await asyncio.gather(say_after(1, "One"), say_after(2, "Two"))
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
    return async_gather(
        ASYNC_LIST(async_coroutine(say_after, &one), async_coroutine(say_after, &two)),
        false, NULL, error);
}

static bool run(struct async_error *error) {
    return async_run(async_coroutine(program, NULL), NULL, error);
}

const struct lesson lesson = {
    .place = 40,
    .shows = "the same two, gathered: one line instead of four",
    .total_s = 2,
    .instead = "one after the other",
    .instead_s = 3,
    .remember = "gather makes tasks of coroutines, and lasts as long as the slowest.",
    .run = run,
};

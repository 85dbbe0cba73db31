/* A coroutine: a function that can wait.
 *
 *   async def main():
 *       print("One")
 *       await asyncio.sleep(1)
 *       print("Two")
 *
 *   asyncio.run(main())
 */
#include "lessons/lesson.h"

static bool program(void *argument, void **value, struct async_error *error) {
    (void)argument, (void)value;
    lesson_say("One");
    if (!lesson_sleep(1, "sleep 1", error)) {
        return false;
    }
    lesson_say("Two");
    return true;
}

static bool run(struct async_error *error) {
    return async_run(async_coroutine(program, NULL), NULL, error);
}

const struct lesson lesson = {
    .place = 10,
    .shows = "a coroutine says One, waits a second, says Two",
    .total_s = 1,
    .remember = "A coroutine waits without holding its thread; alone, it gains nothing "
                "by that.",
    .run = run,
};

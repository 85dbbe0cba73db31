/* The loop is started from inside itself, as by asyncio.run() in a notebook.
 *
 *   async def main():
 *       loop = asyncio.get_running_loop()
 *       try:
 *           loop.run_until_complete(say_after(1, "One"))
 *       except RuntimeError as error:
 *           print("RuntimeError:", error)
 *       await say_after(1, "One")
 */
#include "lessons/lesson.h"

static bool say_after(void *argument, void **value, struct async_error *error) {
    (void)value;
    if (!lesson_sleep(1, argument, error)) {
        return false;
    }
    lesson_say("%s", (const char *)argument);
    return true;
}

static bool program(void *argument, void **value, struct async_error *error) {
    (void)argument, (void)value;
    static char one[] = "One";
    struct async_loop *loop = async_get_running_loop();
    if (!async_run_until_complete(loop, async_coroutine(say_after, one), NULL, error)) {
        lesson_say("run_until_complete: %s: %s", async_error_name(error->kind),
                   error->message);
    }
    if (!async_run(async_coroutine(say_after, one), NULL, error)) {
        lesson_say("run: %s: %s", async_error_name(error->kind), error->message);
    }
    async_error_clear(error); /* the error is caught; inside a loop, await instead: */
    return async_await(async_coroutine(say_after, one), NULL, error);
}

static bool run(struct async_error *error) {
    return async_run(async_coroutine(program, NULL), NULL, error);
}

const struct lesson lesson = {
    .place = 50,
    .shows = "the loop is started from inside itself",
    .total_s = 1,
    .remember = "A running loop cannot be started again: inside it, await.",
    .run = run,
};

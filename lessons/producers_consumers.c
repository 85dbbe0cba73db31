/* Two cooks, three waiters, and a counter for plates between them. In Python:
 * await queue.put(plate), plate = await queue.get(), queue.task_done(). */
#include "lessons/lesson.h"

static struct async_queue counter; /* zeroed: without a limit */

static bool cook(void *plates, void **value, struct async_error *error) {
    (void)value;
    for (const char **plate = plates; *plate; plate++) {
        if (!lesson_act(1, *plate, error) ||
            !async_queue_put(&counter, (void *)*plate, error)) {
            return false;
        }
    }
    return true;
}

static bool wait_tables(void *name, void **value, struct async_error *error) {
    (void)value;
    void *plate;
    while (async_queue_get(&counter, &plate, error) && lesson_act(1.4, plate, error)) {
        lesson_say("%s has served %s", (const char *)name, (const char *)plate);
        async_queue_task_done(&counter, NULL);
    }
    return false; /* cancelled: nothing is left to serve */
}

static bool program(void *argument, void **value, struct async_error *error) {
    static const char *soups[] = {"soup 1", "soup 2", "soup 3", "soup 4", NULL};
    static const char *pies[] = {"pie 1", "pie 2", "pie 3", "pie 4", NULL};
    static char waiters[][9] = {"waiter 1", "waiter 2", "waiter 3"};
    (void)argument, (void)value;
    for (int i = 0; i < 3; i++) {
        lesson_start(wait_tables, waiters[i], waiters[i]);
    }
    return async_gather(ASYNC_LIST(lesson_start(cook, soups, "cook 1"),
                                   lesson_start(cook, pies, "cook 2")),
                        false, NULL, error) &&
           async_queue_join(&counter, error);
}

static bool run(struct async_error *error) {
    bool ok = async_run(async_coroutine(program, NULL), NULL, error);
    async_queue_close(&counter);
    return ok;
}

const struct lesson lesson = {
    .place = 90,
    .shows = "a queue between two producers and three consumers",
    .total_s = 5.8,
    .instead = "with one waiter",
    .instead_s = 12.2,
    .remember = "With a queue, producers and consumers each work at their own pace.",
    .run = run,
};

/* docs/async/guide.md: errors and exceptions. */
#include <simul/async.h>

enum { NO_SUCH_DISH = 7 };

static bool cook(void *argument, void **value, struct async_error *error) {
    const char *dish = argument;
    return async_sleep(0, error) &&
           async_fail(error, NO_SUCH_DISH, "there is no %s", dish);
}

static bool program(void *argument, void **value, struct async_error *error) {
    struct async_error failure = {0};
    if (!async_await(async_coroutine(cook, "soup"), NULL, &failure)) {
        if (failure.kind != ASYNC_FAILED || failure.code != NO_SUCH_DISH) {
            return async_error_copy(error, &failure); /* raise */
        }
        printf("caught: %s\n", failure.message);
    }
    struct async_awaitable *task = async_create_task(async_coroutine(cook, "bread"));
    async_await(task, NULL, &failure);
    printf("again: %d\n", async_exception(task, &failure));
    printf("it is: %s\n", failure.message);
    async_release(task);
    return true;
}

int main(void) {
    struct async_error error = {0};
    if (!async_run(async_coroutine(program, NULL), NULL, &error)) {
        fprintf(stderr, "%s: %s\n", async_error_name(error.kind), error.message);
        return 1;
    }
    return 0;
}

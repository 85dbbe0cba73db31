/* docs/async/guide.md: many coroutines at once. */
#include <simul/async.h>

static bool square(void *argument, void **value, struct async_error *error) {
    int *number = argument;
    if (!async_sleep(*number * NS_PER_MS, error)) {
        return false;
    }
    if (*number == 13) {
        return async_fail(error, 0, "unlucky");
    }
    *number *= *number;
    *value = number;
    return true;
}

static bool program(void *argument, void **value, struct async_error *error) {
    int numbers[] = {5, 13, 2};
    struct async_awaitable *all[3];
    struct async_outcome outcomes[3];
    for (int i = 0; i < 3; i++) {
        all[i] = async_coroutine(square, &numbers[i]);
    }
    if (!async_gather(all, 3, true, outcomes, error)) {
        return false;
    }
    for (int i = 0; i < 3; i++) {
        if (outcomes[i].error.kind == ASYNC_OK) {
            printf("%d\n", *(int *)outcomes[i].value);
        } else {
            puts(outcomes[i].error.message);
        }
    }
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

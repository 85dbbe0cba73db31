/* docs/async/guide.md: tasks that begin and end together. */
#include <simul/async.h>

static bool burn(void *argument, void **value, struct async_error *error) {
    return async_sleep(NS_PER_MS, error) && async_fail(error, 0, "burnt");
}

static bool simmer(void *argument, void **value, struct async_error *error) {
    bool ok = async_sleep(NS_PER_S, error);
    printf("off the stove: %s\n", async_error_name(error->kind));
    return ok;
}

static bool dinner(struct async_error *error) {
    struct async_task_group group;
    if (!async_task_group_enter(&group, error)) {
        return false;
    }
    bool ok =
        async_task_group_create_task(&group, async_coroutine(simmer, NULL), NULL,
                                     error) &&
        async_task_group_create_task(&group, async_coroutine(burn, NULL), NULL, error);
    ok = async_task_group_exit(&group, ok, error);
    if (async_task_group_has(&group, ASYNC_FAILED)) {
        printf("%zu failed: %s\n", group.error_count, group.first.message);
    }
    return ok;
}

static bool program(void *argument, void **value, struct async_error *error) {
    struct async_error failure = {0};
    bool ok = dinner(&failure);
    printf("dinner: %d %s\n", ok, async_error_name(failure.kind));
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

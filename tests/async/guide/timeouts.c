/* docs/async/guide.md: three ways to limit a wait. */
#include <simul/async.h>

static bool slow(void *argument, void **value, struct async_error *error) {
    return async_sleep(NS_PER_S, error);
}

static bool in_a_block(struct async_error *error) {
    struct async_timeout timeout;
    if (!async_timeout_enter(&timeout, 10 * NS_PER_MS, error)) {
        return false;
    }
    bool ok = async_sleep(0, error) && async_sleep(NS_PER_S, error);
    return async_timeout_exit(&timeout, ok, error);
}

static bool program(void *argument, void **value, struct async_error *error) {
    struct async_error failure = {0};
    async_wait_for(async_coroutine(slow, NULL), 10 * NS_PER_MS, NULL, &failure);
    printf("wait_for: %s\n", async_error_name(failure.kind));
    in_a_block(&failure);
    printf("timeout: %s\n", async_error_name(failure.kind));
    struct async_awaitable *task = async_create_task(async_coroutine(slow, NULL));
    struct async_awaitable *shield = async_shield_future(task);
    async_wait_for(shield, 10 * NS_PER_MS, NULL, &failure);
    async_release(shield);
    printf("shielded: %s, done %d\n", async_error_name(failure.kind), async_done(task));
    async_cancel(task);
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

/* docs/async/guide.md: cancellation and cleanup. */
#include <simul/async.h>

static bool dine(void *argument, void **value, struct async_error *error) {
    puts("takes the fork");
    bool ok = async_sleep(NS_PER_S, error);
    puts("puts the fork back");
    return ok;
}

static bool insist(void *argument, void **value, struct async_error *error) {
    if (!async_sleep(NS_PER_S, error)) {
        if (error->kind != ASYNC_CANCELLED) {
            return false;
        }
        printf("no: %s\n", error->message);
        async_error_clear(error);
    }
    return true;
}

static void end(struct async_awaitable *task) {
    struct async_error error = {0};
    async_cancel_with(task, "closing time");
    async_await(task, NULL, &error);
    printf("%s, cancelled %d\n", async_error_name(error.kind), async_cancelled(task));
    async_release(task);
}

static bool program(void *argument, void **value, struct async_error *error) {
    struct async_awaitable *guest = async_create_task(async_coroutine(dine, NULL));
    struct async_awaitable *regular = async_create_task(async_coroutine(insist, NULL));
    struct async_awaitable *late = async_create_task(async_coroutine(dine, NULL));
    async_cancel(late); /* it has not begun, so it never will */
    bool ok = async_sleep(0, error);
    end(guest);
    end(regular);
    end(late);
    return ok;
}

int main(void) {
    struct async_error error = {0};
    if (!async_run(async_coroutine(program, NULL), NULL, &error)) {
        fprintf(stderr, "%s: %s\n", async_error_name(error.kind), error.message);
        return 1;
    }
    return 0;
}

/* docs/async/guide.md: a call that blocks. */
#include <simul/async.h>
#include <time.h>

static bool block(void *argument, void **value, struct async_error *error) {
    int *count = argument;
    nanosleep(&(struct timespec){.tv_nsec = 50 * NS_PER_MS}, NULL);
    *count += 1;
    *value = count;
    return true;
}

static bool tick(void *argument, void **value, struct async_error *error) {
    puts("the loop goes on");
    return true;
}

static bool program(void *argument, void **value, struct async_error *error) {
    static int count = 41; /* the thread may use it after a cancelled call */
    void *result = NULL;
    struct async_awaitable *ticker = async_create_task(async_coroutine(tick, NULL));
    bool ok = async_to_thread(block, &count, &result, error);
    if (ok) {
        printf("the thread says %d\n", *(int *)result);
    }
    async_release(ticker);
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

/* docs/async/guide.md: producers and consumers. */
#include <simul/async.h>

static bool work(void *argument, void **value, struct async_error *error) {
    struct async_queue *queue = argument;
    void *order;
    while (async_queue_get(queue, &order, error)) {
        printf("%s\n", (const char *)order);
        async_queue_task_done(queue, NULL);
    }
    return false;
}

static bool program(void *argument, void **value, struct async_error *error) {
    static const char *const orders[] = {"soup", "bread", "wine", "cheese"};
    struct async_queue queue;
    async_queue_init(&queue, 2);
    struct async_awaitable *worker = async_create_task(async_coroutine(work, &queue));
    bool ok = true;
    for (int i = 0; ok && i < 4; i++) {
        ok = async_queue_put(&queue, (void *)orders[i], error);
    }
    ok = ok && async_queue_join(&queue, error);
    struct async_error ending = {0};
    async_cancel(worker);
    async_await(worker, NULL, &ending);
    printf("worker: %s\n", async_error_name(ending.kind));
    async_release(worker);
    async_queue_close(&queue);
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

/* One thread, and a coroutine for each conversation: each sends and waits as if it were
 * alone, and while it waits the others run.
 *
 *   loop   0 1 2 . . . . 0 1 2       (runs each in turn, sleeps in between)
 *   0      send=response==>
 *   1      ....send=response==>
 */
#include "models/http/awaitable.h"
#include "models/model.h"

#include <stdlib.h>

struct conversations {
    const struct workload *workload;
    struct awaitable_client client;
    struct awaitable_transfer *transfers; /* one a conversation */
    struct async_awaitable **tasks;       /* one a conversation; NULL: out of memory */
};

/* The coroutine of one conversation. */
static bool converse(void *argument, void **value, struct async_error *error) {
    (void)value;
    struct awaitable_transfer *transfer = argument;
    for (int32_t round = 0; round < transfer->transfer.workload->rounds; round++) {
        if (!awaitable_send(transfer, round, error) ||
            !awaitable_receive(transfer, error)) { /* the others run meanwhile */
            return false;
        }
    }
    return true;
}

static bool converse_all(void *argument, void **value, struct async_error *error) {
    (void)value;
    struct conversations *all = argument;
    const struct workload *workload = all->workload;
    for (int32_t i = 0; i < workload->conversations; i++) {
        struct awaitable_transfer *transfer = &all->transfers[i];
        if (awaitable_open(transfer, &all->client, workload, i)) {
            all->tasks[i] = async_create_task(async_coroutine(converse, transfer));
        }
    }
    for (int32_t i = 0; i < workload->conversations; i++) {
        if (!all->tasks[i] || !async_await(all->tasks[i], NULL, error)) {
            workload_fail_conversation(workload, i, EVENT_LIMIT); /* no task or stack */
        }
        async_release(all->tasks[i]);
    }
    return true;
}

static bool run_on(struct async_loop *loop, struct conversations *all,
                   struct error *error) {
    if (!awaitable_client_open(&all->client, loop, error)) {
        return false;
    }
    struct async_error failure;
    bool ok = async_run_until_complete(loop, async_coroutine(converse_all, all), NULL,
                                       &failure);
    awaitable_client_close(&all->client);
    for (int32_t i = 0; i < all->workload->conversations; i++) {
        awaitable_close(&all->transfers[i]);
    }
    return ok || error_failed(error, "%s", failure.message);
}

static bool run(const struct workload *workload, struct error *error) {
    size_t count = (size_t)workload->conversations;
    struct conversations all = {
        .workload = workload,
        .transfers = calloc(count, sizeof *all.transfers),
        .tasks = calloc(count, sizeof(struct async_awaitable *)),
    };
    struct async_error failure = {.message = "out of memory for the conversations"};
    struct async_loop *loop =
        all.transfers && all.tasks ? async_new_event_loop(&failure) : NULL;
    bool ok =
        loop ? run_on(loop, &all, error) : error_failed(error, "%s", failure.message);
    async_loop_free(loop);
    free(all.transfers);
    free(all.tasks);
    return ok;
}

const struct model model = {
    .summary = "one thread, a coroutine for each conversation, each awaiting its own",
    .holds = HOLDS_ALL,
    .send_holds = SEND_HOLDS_LOOP,
    .needs = {.descriptors = 20,
              .descriptors_per_caller = 1,
              .bytes_per_caller = 40 * 1024},
    .run = run,
};

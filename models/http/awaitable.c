/* Turns callbacks into awaits by one future for each request: the coroutine awaits the
 * future, and the callback sets its result. */
#include "models/http/awaitable.h"

/* libuv calls this between two turns of the loop. */
static void on_answer(struct transfer *done, void *context) {
    struct awaitable_transfer *transfer = (struct awaitable_transfer *)done;
    (void)context;
    transfer->is_under_way = false;
    async_set_result(transfer->answer, NULL, NULL);
}

bool awaitable_client_open(struct awaitable_client *client, struct async_loop *loop,
                           struct error *error) {
    async_lock_init(&client->sending);
    return http_loop_open(&client->http, async_loop_uv(loop), on_answer, client, error);
}

void awaitable_client_close(struct awaitable_client *client) {
    http_loop_close(&client->http);
}

bool awaitable_open(struct awaitable_transfer *transfer,
                    struct awaitable_client *client, const struct workload *workload,
                    int32_t conversation) {
    *transfer = (struct awaitable_transfer){.client = client};
    return transfer_open(&transfer->transfer, workload, conversation);
}

void awaitable_close(struct awaitable_transfer *transfer) {
    transfer_close(&transfer->transfer);
}

/* The future is made first: if that fails, no request is sent. */
static void start(struct awaitable_transfer *transfer, int32_t round) {
    const struct workload *workload = transfer->transfer.workload;
    transfer->answer = async_create_future(NULL);
    if (!transfer->answer) {
        workload_end(workload_begin(workload, transfer->transfer.conversation, round),
                     0, EVENT_LIMIT);
        return;
    }
    transfer_begin(&transfer->transfer, round);
    transfer->is_under_way = true;
    http_loop_start(&transfer->client->http, &transfer->transfer);
}

static bool end(struct awaitable_transfer *transfer, bool ok) {
    if (transfer->is_under_way) {
        http_loop_give_up(&transfer->client->http, &transfer->transfer);
        transfer->is_under_way = false;
    }
    async_release(transfer->answer);
    transfer->answer = NULL;
    return ok;
}

/* curl has no callback for a request that is on the wire, so the coroutine checks in
 * every turn of the loop. */
static bool wait_until_sent(struct awaitable_transfer *transfer,
                            struct async_error *error) {
    while (transfer->is_under_way && !transfer_is_sent(&transfer->transfer)) {
        if (!async_sleep(0, error)) {
            return false;
        }
    }
    return true;
}

bool awaitable_send(struct awaitable_transfer *transfer, int32_t round,
                    struct async_error *error) {
    if (transfer->transfer.workload->send_hold_ns == 0) {
        start(transfer, round);
        return true;
    }
    struct async_lock *sending = &transfer->client->sending;
    if (!async_lock_acquire(sending, error)) {
        return false;
    }
    start(transfer, round);
    bool ok = wait_until_sent(transfer, error);
    async_lock_release(sending, NULL);
    return ok || end(transfer, false);
}

bool awaitable_receive(struct awaitable_transfer *transfer, struct async_error *error) {
    bool is_sent = transfer->answer != NULL;
    return end(transfer, !is_sent || async_await(transfer->answer, NULL, error));
}

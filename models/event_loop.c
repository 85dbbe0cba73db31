/* One thread that never waits for an answer: it starts all conversations, and its loop
 * calls it back when an answer has come.
 *
 *   loop   0 1 2 . . . . 0 1 2       (runs callbacks, sleeps in between)
 *   0      send=response==>
 *   1      ....send=response==>
 */
#include "models/http/loop.h"
#include "models/model.h"

#include <stdlib.h>

struct event_loop {
    const struct workload *workload;
    uv_loop_t uv;
    struct http_loop http;
    struct transfer *transfers; /* one a conversation */
    uv_idle_t idle;             /* active while the line is not empty */
    int32_t *line; /* a ring of the conversations that wait for this thread to send */
    int32_t line_begin;
    int32_t line_length;
    struct transfer *outgoing; /* started, and not on the wire yet; NULL: none */
};

/* The client's own part of a send holds this thread, so the line is served one at a
 * time and in order. A hold begins only if the request before it is on the wire. */
static void send_next(uv_idle_t *idle) {
    struct event_loop *loop = idle->data;
    if (loop->outgoing && !transfer_is_sent(loop->outgoing)) {
        return;
    }
    if (loop->line_length == 0) {
        uv_idle_stop(idle);
        return;
    }
    struct transfer *transfer = &loop->transfers[loop->line[loop->line_begin]];
    loop->line_begin = (loop->line_begin + 1) % loop->workload->conversations;
    loop->line_length--;
    transfer_begin(transfer, transfer->round);
    http_loop_start(&loop->http, transfer);
    loop->outgoing = transfer;
}

static void send_request(struct event_loop *loop, struct transfer *transfer) {
    if (loop->workload->send_hold_ns == 0) {
        transfer_begin(transfer, transfer->round);
        http_loop_start(&loop->http, transfer);
        return;
    }
    int32_t end =
        (loop->line_begin + loop->line_length) % loop->workload->conversations;
    loop->line[end] = transfer->conversation;
    loop->line_length++;
    uv_idle_start(&loop->idle, send_next);
}

static void on_answer(struct transfer *transfer, void *context) {
    struct event_loop *loop = context;
    if (loop->outgoing == transfer) {
        loop->outgoing = NULL;
    }
    if (++transfer->round < loop->workload->rounds) {
        send_request(loop, transfer);
    } else if (loop->http.under_way == 0 && loop->line_length == 0) {
        uv_stop(&loop->uv);
    }
}

static void start_all(struct event_loop *loop) {
    for (int32_t i = 0; i < loop->workload->conversations; i++) {
        if (transfer_open(&loop->transfers[i], loop->workload, i)) {
            send_request(loop, &loop->transfers[i]);
        } else {
            workload_fail_conversation(loop->workload, i, EVENT_LIMIT);
        }
    }
}

static void close_all(struct event_loop *loop) {
    uv_close((uv_handle_t *)&loop->idle, NULL);
    http_loop_close(&loop->http);
    for (int32_t i = 0; i < loop->workload->conversations; i++) {
        transfer_close(&loop->transfers[i]);
    }
}

static bool run(const struct workload *workload, struct error *error) {
    struct event_loop loop = {.workload = workload};
    loop.transfers = calloc((size_t)workload->conversations, sizeof *loop.transfers);
    loop.line = calloc((size_t)workload->conversations, sizeof *loop.line);
    bool ok = loop.transfers && loop.line && uv_loop_init(&loop.uv) == 0;
    if (!ok) {
        error_failed(error, "out of memory or descriptors for an event loop");
    } else {
        ok = http_loop_open(&loop.http, &loop.uv, on_answer, &loop, error);
        uv_idle_init(&loop.uv, &loop.idle);
        loop.idle.data = &loop;
        if (ok) {
            start_all(&loop);
            if (loop.http.under_way > 0 || loop.line_length > 0) {
                uv_run(&loop.uv, UV_RUN_DEFAULT);
            }
        }
        close_all(&loop);
        uv_loop_close(&loop.uv);
    }
    free(loop.transfers);
    free(loop.line);
    return ok;
}

const struct model model = {
    .summary = "one thread, all conversations at once, called back when one can go on",
    .holds = HOLDS_ALL,
    .send_holds = SEND_HOLDS_LOOP,
    .needs = {.descriptors = 20,
              .descriptors_per_caller = 1,
              .bytes_per_caller = 28 * 1024},
    .run = run,
};

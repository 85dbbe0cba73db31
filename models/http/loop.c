/* Transfers on curl's bridge to libuv. A transfer has a cache of its own for its
 * connection, which costs 9 KiB. If all shared one cache, curl would search it at each
 * request, and could hand out the connection of another conversation. */
#include "models/http/loop.h"
#include "models/http/waking.h"

#include <utlist.h>

static void end_waking(struct http_loop *loop, struct transfer *transfer) {
    if (transfer->prev) {
        DL_DELETE(loop->waking, transfer);
        transfer->prev = NULL;
    }
    if (!loop->waking) {
        uv_timer_stop(&loop->waker);
    }
}

/* A pause that ends at once makes curl run the transfer in the loop's next turn. */
static void wake_all(uv_timer_t *waker) {
    struct http_loop *loop = waker->data;
    struct transfer *transfer;
    struct transfer *next;
    DL_FOREACH_SAFE(loop->waking, transfer, next) {
        if (transfer_needs_waking(transfer)) {
            curl_easy_pause(transfer->easy, CURLPAUSE_ALL);
            curl_easy_pause(transfer->easy, CURLPAUSE_CONT);
        } else {
            end_waking(loop, transfer);
        }
    }
}

static void begin_waking(struct http_loop *loop, struct transfer *transfer) {
    DL_APPEND(loop->waking, transfer);
    if (!uv_is_active((uv_handle_t *)&loop->waker)) {
        uv_timer_start(&loop->waker, wake_all, WAKING_MS, WAKING_MS);
    }
}

static void on_done(CURL *easy, CURLcode code, void *context) {
    struct http_loop *loop = context;
    struct transfer *transfer = NULL;
    curl_easy_getinfo(easy, CURLINFO_PRIVATE, (char **)&transfer);
    transfer_end(transfer, code);
    end_waking(loop, transfer);
    loop->under_way--;
    loop->on_done(transfer, loop->context);
}

bool http_loop_open(struct http_loop *loop, uv_loop_t *uv,
                    void (*on_transfer_done)(struct transfer *transfer, void *context),
                    void *context, struct error *error) {
    *loop =
        (struct http_loop){.uv = uv, .on_done = on_transfer_done, .context = context};
    if (!async_multi_open(&loop->multi, uv, on_done, loop)) {
        return error_failed(error, "out of memory or descriptors for curl");
    }
    uv_timer_init(uv, &loop->waker);
    loop->waker.data = loop;
    return true;
}

/* Gives a transfer a cache of its own for its connection; if memory is short, it uses
 * the loop's cache. With one round there is no connection to find again, so the
 * transfer gets no cache and does not search the loop's. */
static void own_connection(struct transfer *transfer) {
    if (transfer->workload->rounds == 1) {
        curl_easy_setopt(transfer->easy, CURLOPT_FRESH_CONNECT, 1L);
    } else if (!transfer->share) {
        transfer->share = curl_share_init();
        curl_share_setopt(transfer->share, CURLSHOPT_SHARE, CURL_LOCK_DATA_CONNECT);
        curl_easy_setopt(transfer->easy, CURLOPT_SHARE, transfer->share);
    }
}

void http_loop_start(struct http_loop *loop, struct transfer *transfer) {
    loop->under_way++;
    if (transfer->workload->connections != CONNECTIONS_CLOSE) {
        own_connection(transfer);
    }
    async_multi_start(&loop->multi, transfer->easy);
    if (transfer_needs_waking(transfer)) {
        begin_waking(loop, transfer);
    }
}

void http_loop_give_up(struct http_loop *loop, struct transfer *transfer) {
    async_multi_stop(&loop->multi, transfer->easy);
    end_waking(loop, transfer);
    loop->under_way--;
}

void http_loop_close(struct http_loop *loop) {
    if (!loop->multi.curl) {
        return;
    }
    async_multi_close(&loop->multi);
    uv_close((uv_handle_t *)&loop->waker, NULL);
    uv_run(loop->uv, UV_RUN_NOWAIT);
}

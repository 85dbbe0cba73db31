/* A client that never waits: it starts a transfer, returns, and calls back when the
 * transfer is done. It is curl's multi interface on libuv, by async's bridge but
 * without async's tasks. */
#ifndef SIMUL_MODELS_HTTP_LOOP_H
#define SIMUL_MODELS_HTTP_LOOP_H

#include "async/http/multi.h"
#include "models/http/transfer.h"

#include <uv.h>

struct http_loop {
    uv_loop_t *uv;
    struct async_multi multi;
    int64_t under_way;
    void (*on_done)(struct transfer *transfer, void *context);
    void *context;
    uv_timer_t waker;        /* runs while `waking` is not empty */
    struct transfer *waking; /* a list of those that transfer_needs_waking() */
};

/* Puts a client on a libuv loop. The loop calls `on_done` after the event is recorded;
 * `on_done` may start transfers, the same one too. If memory or descriptors are short,
 * it fails and leaves nothing on the loop. */
bool http_loop_open(struct http_loop *loop, uv_loop_t *uv,
                    void (*on_done)(struct transfer *transfer, void *context),
                    void *context, struct error *error);

/* Starts a transfer that transfer_begin() has prepared, and returns at once. */
void http_loop_start(struct http_loop *loop, struct transfer *transfer);

/* Stops a transfer that is under way. on_done is not called; the event stays open. */
void http_loop_give_up(struct http_loop *loop, struct transfer *transfer);

/* Frees the client's resources and detaches its transfers, which their owner closes
 * afterwards. (If they were closed before, curl would search for each.) Runs one pass
 * of the libuv loop to close the client's handles; other handles may stay on the
 * loop. */
void http_loop_close(struct http_loop *loop);

#endif

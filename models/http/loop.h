/* A client that never waits: starts a transfer, returns, and calls back when it is
 * done. It is curl's multi interface on libuv, the asyncio's bridge without its tasks.
 */
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
};

/* Puts a client on a libuv loop. `on_done` is called from the loop, with the event
 * already recorded; it may start transfers, the same one too. Fails: out of memory or
 * descriptors, with nothing left on the loop. */
bool http_loop_open(struct http_loop *loop, uv_loop_t *uv,
                    void (*on_done)(struct transfer *transfer, void *context),
                    void *context, struct error *error);

/* Starts a transfer that transfer_begin() made ready, and returns at once. */
void http_loop_start(struct http_loop *loop, struct transfer *transfer);

/* Ends a transfer that is under way, without a word to on_done; its event stays open.
 */
void http_loop_give_up(struct http_loop *loop, struct transfer *transfer);

/* Gives everything back, and lets go of its transfers, which their owner closes
 * afterwards (the other way round each would be searched for). Runs the libuv loop
 * for one pass, by which its handles are closed; others may stay on it. */
void http_loop_close(struct http_loop *loop);

#endif

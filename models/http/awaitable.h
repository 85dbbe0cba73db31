/* A client that is awaited: a coroutine sends and receives as if it stood and waited,
 * and meanwhile the others run. It is http/loop on an asyncio for C: where that calls
 * back, a future is done. */
#ifndef SIMUL_MODELS_HTTP_AWAITABLE_H
#define SIMUL_MODELS_HTTP_AWAITABLE_H

#include "async/async.h"
#include "models/http/loop.h"

struct awaitable_client {
    struct http_loop http;
    struct async_lock sending; /* a send of the client's own holds the whole loop */
};

/* One conversation's transfer, and what its coroutine waits for. */
struct awaitable_transfer {
    struct transfer transfer; /* first: http/loop hands this one back */
    struct awaitable_client *client;
    struct async_awaitable *answer; /* a future; NULL: nothing was sent */
    bool is_under_way;
};

/* Puts a client on a loop, which must not run. Fails: out of memory or descriptors. */
bool awaitable_client_open(struct awaitable_client *client, struct async_loop *loop,
                           struct error *error);

/* Gives everything back and lets go of its transfers, which their owner closes
 * afterwards. The loop must not run. */
void awaitable_client_close(struct awaitable_client *client);

/* As transfer_open() and transfer_close(). */
bool awaitable_open(struct awaitable_transfer *transfer,
                    struct awaitable_client *client, const struct workload *workload,
                    int32_t conversation);
void awaitable_close(struct awaitable_transfer *transfer);

/* Sends the request of a round. Where a send is the client's own work it holds the
 * loop: one at a time, in the order of asking, and it returns when the request is on
 * the wire. Else it returns at once. */
bool awaitable_send(struct awaitable_transfer *transfer, int32_t round,
                    struct async_error *error);

/* Waits for its answer; what became of it stands in the event. Both fail only where
 * the task is cancelled or its loop closed; then the request is given up, and its event
 * stays open. */
bool awaitable_receive(struct awaitable_transfer *transfer, struct async_error *error);

#endif

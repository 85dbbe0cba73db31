/* A client for coroutines: a coroutine awaits the answer, and the others run meanwhile.
 * It is http/loop.h on async: the callback completes a future, which the coroutine
 * awaits. */
#ifndef SIMUL_MODELS_HTTP_AWAITABLE_H
#define SIMUL_MODELS_HTTP_AWAITABLE_H

#include "async/async.h"
#include "models/http/loop.h"

struct awaitable_client {
    struct http_loop http;
    struct async_lock sending; /* held by a send that is the client's own work */
};

/* One conversation's transfer, and the future that its coroutine awaits. */
struct awaitable_transfer {
    struct transfer transfer; /* first: a pointer to it is a pointer to this struct */
    struct awaitable_client *client;
    struct async_awaitable *answer; /* the future; NULL: no request was sent */
    bool is_under_way;
};

/* Puts a client on a loop that does not run. Fails if memory or descriptors are
 * short. */
bool awaitable_client_open(struct awaitable_client *client, struct async_loop *loop,
                           struct error *error);

/* Frees the client's resources and detaches its transfers, which their owner closes
 * afterwards. The loop must not run. */
void awaitable_client_close(struct awaitable_client *client);

/* Like transfer_open() and transfer_close(). */
bool awaitable_open(struct awaitable_transfer *transfer,
                    struct awaitable_client *client, const struct workload *workload,
                    int32_t conversation);
void awaitable_close(struct awaitable_transfer *transfer);

/* Sends the request of a round. If a send is the client's own work, it holds the loop:
 * sends go one at a time, in the order of the calls, and the function returns when the
 * request is on the wire. Else the function returns at once. */
bool awaitable_send(struct awaitable_transfer *transfer, int32_t round,
                    struct async_error *error);

/* Awaits the answer; the event records the result, also of a request that fails. Both
 * functions fail only if the task is cancelled or its loop is closed; then the request
 * is given up, and its event stays open. */
bool awaitable_receive(struct awaitable_transfer *transfer, struct async_error *error);

#endif

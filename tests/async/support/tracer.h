/* A protocol that traces what its transport tells it: "made", "data abc", "eof",
 * "pause", "resume", and its end as "lost", "lost ECONNRESET" or "lost GeneratorExit".
 * A tracer with a name begins each line with it: "a made". */
#ifndef SIMUL_TESTS_ASYNC_SUPPORT_TRACER_H
#define SIMUL_TESTS_ASYNC_SUPPORT_TRACER_H

#include "async/async.h"

/* The protocol's context. */
struct tracer {
    const char *name;
    bool keeps_open; /* when the peer has ended its side */
    /* Set by connection_made(), not retained. */
    struct async_transport *transport;
    /* Set by connection_lost(). NULL: a test that does not wait for it. */
    struct async_awaitable *lost;
};

extern const struct async_protocol tracer_protocol;

/* Connects a tracer to one of a pair of sockets; *peer is the other one. Makes
 * tracer->lost, which tracer_await_end() releases. */
bool tracer_open(struct tracer *tracer, int *peer, struct async_error *error);

/* Waits for connection_lost(). */
bool tracer_await_end(struct tracer *tracer, struct async_error *error);

#endif

/* The clients' connections: on each, its requests, one after the other, and their
 * answers. */
#ifndef SIMUL_MOCK_API_CONNECTION_H
#define SIMUL_MOCK_API_CONNECTION_H

#include "base/deadline.h"
#include "base/witness.h"
#include "mock_api/answer.h"
#include "mock_api/exchange.h"
#include "mock_api/metrics.h"
#include "mock_api/settings.h"

#include <stdint.h>
#include <uv.h>

#define CONNECTION_READ_BYTES 16384

struct connection;

/* All connections of a server, and what they share. The server opens and closes
 * `deadlines` and `witness`. */
struct connections {
    const struct settings *settings; /* borrowed */
    struct deadlines deadlines;
    struct witness witness;
    struct exchanges exchanges;
    struct metrics metrics;
    struct answer_date date;
    struct connection *first;
    int64_t sequence; /* the number of requests whose path names no conversation */
    char read_buffer[CONNECTION_READ_BYTES]; /* for one connection at a time */
};

/* Fills the struct, without connections. `settings` has to outlive it. */
void connections_init(struct connections *connections, const struct settings *settings);

/* Closes every connection. */
void connections_close(struct connections *connections);

/* Handles the deadlines that are due: those of exchanges, and those of connections that
 * wait for a slow client. */
void connections_pop_due(struct connections *connections);

/* Accepts a connection and begins to read. The connection frees itself after its client
 * has gone, or after connections_close(). */
void connection_accept(struct connections *connections, uv_stream_t *listener);

#endif

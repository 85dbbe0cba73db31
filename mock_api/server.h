/* The mock API: one libuv loop and the connections that it serves. */
#ifndef SIMUL_MOCK_API_SERVER_H
#define SIMUL_MOCK_API_SERVER_H

#include "base/deadline.h"
#include "base/error.h"
#include "base/witness.h"
#include "mock_api/answer.h"
#include "mock_api/exchange.h"
#include "mock_api/metrics.h"
#include "mock_api/settings.h"

#include <uv.h>

#define SERVER_READ_BYTES 16384
#define SERVER_URL_BYTES  80

struct connection;

struct server {
    const struct settings *settings;
    uv_loop_t loop;
    uv_tcp_t listener;
    uv_poll_t timer;     /* watches deadlines.fd */
    uv_prepare_t before; /* arms the timer before the loop sleeps */
    uv_signal_t signals[2];
    struct deadlines deadlines;
    struct witness witness;
    struct exchanges exchanges;
    struct metrics metrics;
    struct answer_date date;
    struct connection *connections;
    int64_t sequence; /* the number of requests whose path names no conversation */
    bool stopping;
    char read_buffer[SERVER_READ_BYTES]; /* for all connections, one at a time */
};

/* Binds, listens and creates the log. Fails (input) if it cannot use the address or
 * create the log. Call server_close() in either case. `settings` stays the caller's. */
bool server_open(struct server *server, const struct settings *settings,
                 struct error *error);

/* Writes the URL of the server into `url`, and returns `url`. */
const char *server_url(const struct server *server, char url[static SERVER_URL_BYTES]);

/* Serves until SIGTERM or SIGINT; then closes every connection and returns. */
void server_run(struct server *server);

void server_close(struct server *server);

#endif

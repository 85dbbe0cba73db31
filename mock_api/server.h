/* The mock API: one libuv loop and the connections that it serves. */
#ifndef SIMUL_MOCK_API_SERVER_H
#define SIMUL_MOCK_API_SERVER_H

#include "base/error.h"
#include "mock_api/connection.h"
#include "mock_api/settings.h"

#include <uv.h>

#define SERVER_URL_BYTES 80

struct server {
    const struct settings *settings; /* borrowed */
    uv_loop_t loop;
    uv_tcp_t listener;
    uv_poll_t timer;     /* watches the descriptor of connections.deadlines */
    uv_prepare_t before; /* arms the timer before the loop sleeps */
    uv_signal_t signals[2];
    struct connections connections;
    bool stopping;
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

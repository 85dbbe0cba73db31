/* One client's connection: its requests, one after the other, and their answers. */
#ifndef SIMUL_MOCK_API_CONNECTION_H
#define SIMUL_MOCK_API_CONNECTION_H

#include "mock_api/exchange.h"

#include <stdint.h>

struct server;
struct connection;

/* Accepts one and begins to read it. It lives until its client goes or
 * connection_close(). */
void connection_accept(struct server *server);

/* The phases call these through struct exchanges: time for a 100
 * Continue, for the answer. */
void connection_on_sent(struct exchange *exchange);
void connection_on_due(struct exchange *exchange);

/* A deadline of one of the connections was popped: of its exchange,
 * or of its own patience. */
void connection_deadline_due(struct deadline *deadline);

/* Drops it at once; a request under way counts as hung up. */
void connection_close(struct connection *connection);

#endif

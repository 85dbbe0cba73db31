/* One client's connection: its requests, one after the other, and their answers. */
#ifndef SIMUL_MOCK_API_CONNECTION_H
#define SIMUL_MOCK_API_CONNECTION_H

#include "mock_api/exchange.h"

#include <stdint.h>

struct server;
struct connection;

/* Accepts a connection and begins to read. The connection frees itself after its client
 * has gone, or after connection_close(). */
void connection_accept(struct server *server);

/* struct exchanges calls these: the first if the send phase has ended before the body,
 * for a 100 Continue; the second if the response is due, for the answer. */
void connection_on_sent(struct exchange *exchange);
void connection_on_due(struct exchange *exchange);

/* Handles a deadline that was popped: of an exchange, or of a connection that waits for
 * a slow client. */
void connection_deadline_due(struct deadline *deadline);

/* Closes the connection at once; a request under way counts as hung up. */
void connection_close(struct connection *connection);

#endif

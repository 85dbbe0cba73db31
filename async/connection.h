/* `loop.create_connection()`: from here to somewhere else by TCP. */
#ifndef SIMUL_ASYNC_CONNECTION_H
#define SIMUL_ASYNC_CONNECTION_H

#include "async/transport.h"

/* Looks the host up (NULL: loopback), tries its addresses one after the other, and
 * returns when connection_made() was called. `transport` (may be NULL) is retained for
 * the caller, who releases it. ASYNC_SYSTEM: what the first address failed with
 * (ECONNREFUSED, ...), or as async_getaddrinfo() says. Where it fails or is cancelled,
 * the protocol and its context are not used any more when it returns: connection_lost()
 * was called before, where connection_made() was. */
bool async_create_connection(const char *host, int port,
                             const struct async_protocol *protocol, void *context,
                             struct async_transport **transport,
                             struct async_error *error);

/* The same over a socket that is connected already (`sock=`), the transport's own from
 * then on, also where it fails. */
bool async_connect_socket(int fd, const struct async_protocol *protocol, void *context,
                          struct async_transport **transport,
                          struct async_error *error);

#endif

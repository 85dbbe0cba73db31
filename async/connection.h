/* `loop.create_connection()`: opens a TCP connection. */
#ifndef SIMUL_ASYNC_CONNECTION_H
#define SIMUL_ASYNC_CONNECTION_H

#include "async/transport.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Looks up the host (NULL means loopback), tries its addresses one after the other, and
 * returns after connection_made() was called. The transport is retained for the caller,
 * who releases it; `transport` may be NULL. Fails with ASYNC_SYSTEM and the errno of
 * the first address (ECONNREFUSED, ...), or as async_getaddrinfo() does. If it fails or
 * is cancelled, the protocol and its context are not used any more when it returns: if
 * connection_made() was called, connection_lost() was called too. */
bool async_create_connection(const char *host, int port,
                             const struct async_protocol *protocol, void *context,
                             struct async_transport **transport,
                             struct async_error *error);

/* The same over a socket that is connected already (`sock=`). The socket is given away,
 * even if the call fails. */
bool async_connect_socket(int fd, const struct async_protocol *protocol, void *context,
                          struct async_transport **transport,
                          struct async_error *error);

#ifdef __cplusplus
}
#endif

#endif

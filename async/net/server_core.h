/* Opening a server, for the library's own files; not installed. */
#ifndef SIMUL_ASYNC_NET_SERVER_CORE_H
#define SIMUL_ASYNC_NET_SERVER_CORE_H

#include "async/server.h"

/* async_create_server(), but the argument is given away: discard(argument) is called
 * when the server is freed, and also if the call fails. */
bool async_server_open(const char *host, int port,
                       const struct async_server_options *options,
                       const struct async_protocol *protocol,
                       async_context_factory *new_context, void *argument,
                       void (*discard)(void *argument), struct async_server **server,
                       struct async_error *error);

#endif

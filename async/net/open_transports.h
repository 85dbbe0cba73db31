/* The transports that are open on a loop: where the loop is closed first, each is told
 * so and gives back its descriptor. For the library's own files. */
#ifndef SIMUL_ASYNC_NET_OPEN_TRANSPORTS_H
#define SIMUL_ASYNC_NET_OPEN_TRANSPORTS_H

#include "async/net/transport_core.h"

/* Takes itself out by async_node_remove(&transport->member). False: out of memory. */
bool async_open_transports_add(struct async_transport *transport,
                               struct async_error *error);

#endif

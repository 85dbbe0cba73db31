/* One listening socket of a server; not installed. */
#ifndef SIMUL_ASYNC_NET_LISTENER_H
#define SIMUL_ASYNC_NET_LISTENER_H

#include "async/address.h"
#include "async/loop.h"

struct async_listener;

/* Binds a socket to one address. `accept_one` gets each accepted descriptor and owns
 * it. Returns NULL and fails with ASYNC_SYSTEM or ASYNC_NO_MEMORY. */
struct async_listener *async_listener_open(struct async_loop *loop,
                                           const struct addrinfo *info, bool reuse_port,
                                           void (*accept_one)(void *context, int fd),
                                           void *context, struct async_error *error);

/* Listens and accepts from now on. Fails with ASYNC_SYSTEM. */
bool async_listener_start(struct async_listener *listener, int backlog,
                          struct async_error *error);
bool async_listener_get_address(const struct async_listener *listener,
                                struct async_address *address);
void async_listener_close(struct async_listener *listener);

#endif

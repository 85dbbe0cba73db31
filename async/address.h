/* Where somebody listens: a numeric address and a port, and how a name becomes such. */
#ifndef SIMUL_ASYNC_ADDRESS_H
#define SIMUL_ASYNC_ADDRESS_H

#include "async/awaitable.h"

#include <netinet/in.h>
#include <sys/socket.h>

struct addrinfo;

struct async_address {
    char host[INET6_ADDRSTRLEN + 16]; /* "127.0.0.1", "fe80::1%eth0" */
    int port;
};

/* False: of another family than IPv4 and IPv6. */
bool async_address_read(struct async_address *address, const struct sockaddr *from);

/* `loop.getaddrinfo()` for TCP: waits in a thread of the executor; not at all where the
 * host is numeric or NULL (loopback; with AI_PASSIVE: all addresses). The list is the
 * caller's, for freeaddrinfo(). ASYNC_SYSTEM with a negative code (EAI_NONAME, ...):
 * the name is not known. */
bool async_getaddrinfo(const char *host, int port, int flags, struct addrinfo **list,
                       struct async_error *error);

#endif

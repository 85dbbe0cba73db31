/* A numeric address with its port, and how to get addresses from a name. */
#ifndef SIMUL_ASYNC_ADDRESS_H
#define SIMUL_ASYNC_ADDRESS_H

#include "async/awaitable.h"

#include <netinet/in.h>
#include <sys/socket.h>

#ifdef __cplusplus
extern "C" {
#endif

struct addrinfo;

struct async_address {
    char host[INET6_ADDRSTRLEN + 16]; /* "127.0.0.1", "fe80::1%eth0" */
    int port;
};

/* Returns false if the address is neither IPv4 nor IPv6. */
bool async_address_read(struct async_address *address, const struct sockaddr *from);

/* `loop.getaddrinfo()` for TCP. A name is looked up in a thread of the executor while
 * the task waits. A numeric host is read at once, and so is NULL, which means loopback,
 * or all addresses if `flags` has AI_PASSIVE. The caller frees the list with
 * freeaddrinfo(). Fails with ASYNC_SYSTEM and a negative code (EAI_NONAME, ...) if the
 * name is not known; with ASYNC_INVALID_ARGUMENT if the port is not in 0-65535; and with
 * ASYNC_NO_MEMORY. */
bool async_getaddrinfo(const char *host, int port, int flags, struct addrinfo **list,
                       struct async_error *error);

#ifdef __cplusplus
}
#endif

#endif

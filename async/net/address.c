/* Looks addresses up: numbers at once, names in a thread, because a look-up blocks. */
#include "async/address.h"
#include "async/loop/core.h"
#include "async/executor.h"

#include <arpa/inet.h>
#include <net/if.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool async_address_read(struct async_address *address, const struct sockaddr *from) {
    if (from->sa_family == AF_INET) {
        const struct sockaddr_in *ip4 = (const struct sockaddr_in *)from;
        address->port = ntohs(ip4->sin_port);
        return inet_ntop(AF_INET, &ip4->sin_addr, address->host,
                         sizeof address->host) != NULL;
    }
    if (from->sa_family == AF_INET6) {
        return getnameinfo(from, sizeof(struct sockaddr_in6), address->host,
                           sizeof address->host, NULL, 0, NI_NUMERICHOST) == 0 &&
               (address->port = ntohs(((const struct sockaddr_in6 *)from)->sin6_port),
                true);
    }
    return false;
}

/* One look-up of a name. The task that asks and the thread's work hold it. */
struct lookup {
    int references;
    int flags;
    int code;
    struct addrinfo *list;
    char port[12];
    char host[];
};

static int look_up(const char *host, const char *port, int flags,
                   struct addrinfo **list) {
    struct addrinfo hints = {
        .ai_family = AF_UNSPEC,
        .ai_socktype = SOCK_STREAM,
        .ai_flags = flags | AI_NUMERICSERV,
    };
    return getaddrinfo(host, port, &hints, list);
}

static bool look_up_in_thread(void *argument, void **value, struct async_error *error) {
    struct lookup *lookup = argument;
    (void)value, (void)error;
    lookup->code = look_up(lookup->host, lookup->port, lookup->flags, &lookup->list);
    return true;
}

static void release_lookup(void *argument) {
    struct lookup *lookup = argument;
    if (--lookup->references == 0) {
        if (lookup->list) {
            freeaddrinfo(lookup->list);
        }
        free(lookup);
    }
}

static bool fail_lookup(struct async_error *error, int code, const char *host) {
    async_fail_with(error, ASYNC_SYSTEM, "%.180s: %s", host ? host : "loopback",
                    gai_strerror(code));
    if (error) {
        error->code = code;
    }
    return false;
}

static struct lookup *new_lookup(const char *host, const char *port, int flags) {
    size_t host_bytes = strlen(host) + 1;
    struct lookup *lookup = calloc(1, sizeof *lookup + host_bytes);
    if (lookup) {
        lookup->references = 2;
        lookup->flags = flags;
        memcpy(lookup->port, port, strlen(port) + 1);
        memcpy(lookup->host, host, host_bytes);
    }
    return lookup;
}

bool async_getaddrinfo(const char *host, int port, int flags, struct addrinfo **list,
                       struct async_error *error) {
    char port_text[12];
    if (port < 0 || port > UINT16_MAX) {
        return async_fail_with(error, ASYNC_INVALID_ARGUMENT,
                               "port must be 0-65535, not %d", port);
    }
    snprintf(port_text, sizeof port_text, "%d", port);
    int code = look_up(host, port_text, flags | AI_NUMERICHOST, list);
    if (code == 0) {
        return true;
    }
    if (code != EAI_NONAME || !host) {
        return fail_lookup(error, code, host);
    }
    struct lookup *lookup = new_lookup(host, port_text, flags);
    if (!lookup) {
        return async_fail_with(error, ASYNC_NO_MEMORY,
                               "%.180s: out of memory for a look-up", host);
    }
    struct async_awaitable *task =
        async_need_current_task("async_getaddrinfo()", error);
    if (!task) {
        lookup->references = 1;
        release_lookup(lookup);
        return false;
    }
    struct async_awaitable *future = async_run_in_executor_owned(
        task->loop, NULL, look_up_in_thread, lookup, release_lookup);
    bool ok = async_await(future, NULL, error);
    async_release(future);
    if (ok && lookup->code != 0) {
        ok = fail_lookup(error, lookup->code, host);
    } else if (ok) {
        *list = lookup->list;
        lookup->list = NULL;
    }
    release_lookup(lookup);
    return ok;
}

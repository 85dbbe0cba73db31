/* Accepts connections: all that have come, in order; pauses if no descriptor is
 * left. */
#include "async/net/listener.h"
#include "async/net/watcher.h"
#include "base/clock.h"

#include <errno.h>
#include <netdb.h>
#include <stdlib.h>
#include <unistd.h>

/* At most so many in one turn, so that other nodes are called too; asyncio's number. */
enum { ACCEPTED_AT_ONCE = 100 };

struct async_listener {
    struct async_loop *loop;
    struct async_watcher *watcher;
    int fd;
    void (*accept_one)(void *context, int fd);
    void *context;
    struct async_handle pause; /* ends when descriptors may be free again */
};

static void accept_ready(void *argument);

static void go_on(void *argument) {
    struct async_listener *listener = argument;
    async_watcher_read(listener->watcher, accept_ready);
}

/* If there is no free descriptor, the next turn would find none either, so the listener
 * pauses for a second, as asyncio does. */
static void accept_ready(void *argument) {
    struct async_listener *listener = argument;
    for (int i = 0; i < ACCEPTED_AT_ONCE; i++) {
        int fd = accept4(listener->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd >= 0) {
            listener->accept_one(listener->context, fd);
        } else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS ||
                   errno == ENOMEM) {
            async_watcher_read(listener->watcher, NULL);
            async_call_later(listener->loop, &listener->pause, NS_PER_S, go_on,
                             listener, NULL);
            return;
        } else if (errno != EINTR && errno != ECONNABORTED) {
            return;
        }
    }
}

static bool bind_socket(int fd, const struct addrinfo *info, bool reuse_port) {
    int yes = 1;
    if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) != 0) {
        return false;
    }
    if (reuse_port && setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &yes, sizeof yes) != 0) {
        return false;
    }
    /* IPv4 has a listener of its own. */
    if (info->ai_family == AF_INET6 &&
        setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &yes, sizeof yes) != 0) {
        return false;
    }
    return bind(fd, info->ai_addr, info->ai_addrlen) == 0;
}

static bool fail_bind(struct async_error *error, int code,
                      const struct addrinfo *info) {
    struct async_address address = {.port = 0};
    char what[120];
    async_address_read(&address, info->ai_addr);
    snprintf(what, sizeof what, "error while attempting to bind on address ('%s', %d)",
             address.host, address.port);
    return async_fail_system(error, code, what);
}

struct async_listener *async_listener_open(struct async_loop *loop,
                                           const struct addrinfo *info, bool reuse_port,
                                           void (*accept_one)(void *context, int fd),
                                           void *context, struct async_error *error) {
    struct async_listener *listener = calloc(1, sizeof *listener);
    if (!listener) {
        async_fail_with(error, ASYNC_NO_MEMORY, "out of memory for a server");
        return NULL;
    }
    listener->loop = loop;
    listener->accept_one = accept_one;
    listener->context = context;
    listener->fd = socket(info->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC,
                          info->ai_protocol);
    if (listener->fd < 0) {
        async_fail_system(error, errno, "socket");
    } else if (!bind_socket(listener->fd, info, reuse_port)) {
        fail_bind(error, errno, info);
    } else if ((listener->watcher =
                    async_watcher_open(loop, listener->fd, listener, error))) {
        return listener;
    }
    async_listener_close(listener);
    return NULL;
}

bool async_listener_start(struct async_listener *listener, int backlog,
                          struct async_error *error) {
    if (listen(listener->fd, backlog) != 0) {
        return async_fail_system(error, errno, "listen");
    }
    async_watcher_read(listener->watcher, accept_ready);
    return true;
}

bool async_listener_get_address(const struct async_listener *listener,
                                struct async_address *address) {
    struct sockaddr_storage storage;
    socklen_t length = sizeof storage;
    return getsockname(listener->fd, (struct sockaddr *)&storage, &length) == 0 &&
           async_address_read(address, (struct sockaddr *)&storage);
}

void async_listener_close(struct async_listener *listener) {
    async_handle_cancel(&listener->pause);
    async_watcher_close(listener->watcher);
    if (listener->fd >= 0) {
        close(listener->fd);
    }
    free(listener);
}

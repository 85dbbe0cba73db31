/* Connects without blocking in connect(). */
#include "async/connection.h"
#include "async/net/transport_core.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <unistd.h>

static void wake_up(void *future) {
    async_future_wake(future, NULL);
}

/* Waits until the connection is made or refused. */
static bool wait_for_connection(struct async_loop *loop, int fd,
                                struct async_error *error) {
    struct async_awaitable future;
    async_future_open(&future, loop, "connect");
    struct async_watcher *watcher = async_watcher_open(loop, fd, &future, error);
    bool ok = watcher != NULL;
    if (ok) {
        async_watcher_write(watcher, wake_up);
        ok = async_await(&future, NULL, error);
    }
    async_watcher_close(watcher);
    async_future_close(&future);
    return ok;
}

static bool fail_connect(struct async_error *error, int code,
                         const struct addrinfo *info) {
    struct async_address address = {.port = 0};
    char what[100] = "connect";
    if (async_address_read(&address, info->ai_addr)) {
        snprintf(what, sizeof what, "Connect call failed ('%s', %d)", address.host,
                 address.port);
    }
    return async_fail_system(error, code, what);
}

/* Returns a connected socket, or -1. */
static int connect_to(struct async_loop *loop, const struct addrinfo *info,
                      struct async_error *error) {
    int fd = socket(info->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC,
                    info->ai_protocol);
    if (fd < 0) {
        async_fail_system(error, errno, "socket");
        return -1;
    }
    int code = connect(fd, info->ai_addr, info->ai_addrlen) == 0 ? 0 : errno;
    bool ok = code == 0;
    if (code == EINPROGRESS) {
        ok = wait_for_connection(loop, fd, error);
        socklen_t length = sizeof code;
        if (ok && getsockopt(fd, SOL_SOCKET, SO_ERROR, &code, &length) == 0 && code) {
            ok = fail_connect(error, code, info);
        }
    } else if (code != 0) {
        ok = fail_connect(error, code, info);
    }
    if (!ok) {
        close(fd);
        fd = -1;
    }
    return fd;
}

bool async_connect_socket(int fd, const struct async_protocol *protocol, void *context,
                          struct async_transport **transport,
                          struct async_error *error) {
    struct async_awaitable *task =
        async_need_current_task("async_connect_socket()", error);
    if (!task) {
        close(fd);
        return false;
    }
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
    struct async_awaitable made;
    async_future_open(&made, task->loop, "connection_made");
    struct async_transport *opened = async_transport_open(
        &async_socket_transport, task->loop, fd, protocol, context, &made, error);
    bool ok = opened != NULL;
    if (opened) {
        async_transport_retain(opened);
        ok = async_await(&made, NULL, error);
        opened->waiter = NULL;
        if (!ok) {
            async_transport_lose(opened);
        }
    }
    async_future_close(&made);
    if (ok && transport) {
        *transport = opened;
    } else {
        async_transport_release(opened);
    }
    return ok;
}

/* Reports the first failure, because the last one is often only "Network is
 * unreachable". */
static int connect_to_one_of(struct async_loop *loop, const struct addrinfo *list,
                             struct async_error *error) {
    for (const struct addrinfo *info = list; info; info = info->ai_next) {
        struct async_error cause = {.kind = ASYNC_OK};
        int fd = connect_to(loop, info, &cause);
        if (fd >= 0) {
            return fd;
        }
        if (info == list || cause.kind != ASYNC_SYSTEM) {
            async_error_copy(error, &cause);
        }
        if (cause.kind != ASYNC_SYSTEM) {
            break;
        }
    }
    return -1;
}

bool async_create_connection(const char *host, int port,
                             const struct async_protocol *protocol, void *context,
                             struct async_transport **transport,
                             struct async_error *error) {
    struct async_awaitable *task =
        async_need_current_task("async_create_connection()", error);
    struct addrinfo *list;
    if (!task || !async_getaddrinfo(host, port, 0, &list, error)) {
        return false;
    }
    int fd = connect_to_one_of(task->loop, list, error);
    freeaddrinfo(list);
    return fd >= 0 && async_connect_socket(fd, protocol, context, transport, error);
}

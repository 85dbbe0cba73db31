/* Connects sockets before the clock starts, and hands them to curl. */
#include "models/http/warm.h"

#include <curl/curl.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Waits for the end of a connect that is under way; returns false with errno if it
 * failed. */
static bool wait_connected(int fd) {
    struct pollfd poll_fd = {.fd = fd, .events = POLLOUT};
    while (poll(&poll_fd, 1, -1) < 0 && errno == EINTR) {
    }
    int reason = 0;
    socklen_t length = sizeof reason;
    getsockopt(fd, SOL_SOCKET, SO_ERROR, &reason, &length);
    errno = reason;
    return reason == 0;
}

/* Connects a nonblocking socket. curl calls connect() again for a socket that it is
 * given; Linux lets this succeed once if the first connect() did not wait. curl's own
 * way to take a connected socket, CURL_SOCKOPT_ALREADY_CONNECTED, fails with EISCONN in
 * 7.88. */
static int connect_address(const struct addrinfo *address) {
    int fd = socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) {
        return -1;
    }
    if (connect(fd, address->ai_addr, address->ai_addrlen) != 0 &&
        (errno != EINPROGRESS || !wait_connected(fd))) {
        int reason = errno;
        close(fd);
        errno = reason;
        return -1;
    }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
    return fd;
}

static int connect_host(const char *host, const char *port, struct error *error) {
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
    struct addrinfo *addresses = NULL;
    int failed = getaddrinfo(host, port, &hints, &addresses);
    if (failed) {
        error_failed(error, "cannot find %s: %s", host, gai_strerror(failed));
        return -1;
    }
    int fd = -1;
    for (struct addrinfo *at = addresses; at && fd < 0; at = at->ai_next) {
        fd = connect_address(at);
    }
    if (fd < 0) {
        error_failed(error, "cannot connect to %s port %s: %s", host, port,
                     strerror(errno));
    }
    freeaddrinfo(addresses);
    return fd;
}

static int connect_url(const char *url, struct error *error) {
    CURLU *parts = curl_url();
    char *host = NULL;
    char *port = NULL;
    int fd = -1;
    if (parts && curl_url_set(parts, CURLUPART_URL, url, 0) == CURLUE_OK &&
        curl_url_get(parts, CURLUPART_HOST, &host, 0) == CURLUE_OK &&
        curl_url_get(parts, CURLUPART_PORT, &port, CURLU_DEFAULT_PORT) == CURLUE_OK) {
        host[strcspn(host, "]")] = '\0'; /* a URL writes [::1] for ::1 */
        fd = connect_host(host + strspn(host, "["), port, error);
    } else {
        error_input(error, "'%.200s' is no URL", url);
    }
    curl_free(host);
    curl_free(port);
    curl_url_cleanup(parts);
    return fd;
}

bool warm_connect(struct workload *workload, struct error *error) {
    size_t count = (size_t)workload->conversations;
    workload->warm_sockets = malloc(count * sizeof *workload->warm_sockets);
    if (!workload->warm_sockets) {
        return error_failed(error, "out of memory");
    }
    memset(workload->warm_sockets, -1, count * sizeof *workload->warm_sockets);
    for (int32_t i = 0; i < workload->conversations; i++) {
        char url[WORKLOAD_URL_BYTES];
        workload->warm_sockets[i] =
            connect_url(workload_url(workload, i, 0, url), error);
        if (workload->warm_sockets[i] < 0) {
            return false;
        }
    }
    return true;
}

void warm_close(struct workload *workload) {
    for (int32_t i = 0; workload->warm_sockets && i < workload->conversations; i++) {
        if (workload->warm_sockets[i] >= 0) {
            close(workload->warm_sockets[i]);
        }
    }
    free(workload->warm_sockets);
    workload->warm_sockets = NULL;
}

int warm_take(const struct workload *workload, int32_t conversation) {
    if (!workload->warm_sockets) {
        return -1;
    }
    int fd = workload->warm_sockets[conversation];
    workload->warm_sockets[conversation] = -1;
    return fd;
}

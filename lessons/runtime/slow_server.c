/* Serves one connection at a time: a client that blocks makes one request at a time. */
#include "lessons/runtime/slow_server.h"
#include "base/clock.h"

#include <arpa/inet.h>
#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static struct {
    pthread_t thread;
    int fd;
    int64_t delay_ns;
    bool is_started;
} server;

static void answer(int fd) {
    static const char text[] = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n"
                               "Connection: close\r\n\r\nok";
    char request[2048];
    size_t bytes = 0;
    ssize_t count = 1;
    while (count > 0 && bytes < sizeof request - 1) {
        request[bytes] = '\0';
        if (strstr(request, "\r\n\r\n")) {
            break;
        }
        count = recv(fd, request + bytes, sizeof request - 1 - bytes, 0);
        bytes += count > 0 ? (size_t)count : 0;
    }
    clock_sleep_until_ns(clock_now_ns() + server.delay_ns);
    send(fd, text, sizeof text - 1, MSG_NOSIGNAL);
}

static void *serve(void *argument) {
    (void)argument;
    int fd;
    while ((fd = accept4(server.fd, NULL, NULL, SOCK_CLOEXEC)) >= 0 || errno == EINTR) {
        if (fd >= 0) {
            answer(fd);
            close(fd);
        }
    }
    return NULL; /* slow_server_stop() has shut the listener down */
}

bool slow_server_start(int64_t delay_ns, int *port) {
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    if (!server.is_started) {
        server.delay_ns = delay_ns;
        server.fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        server.is_started =
            server.fd >= 0 &&
            bind(server.fd, (struct sockaddr *)&address, sizeof address) == 0 &&
            listen(server.fd, 16) == 0 &&
            pthread_create(&server.thread, NULL, serve, NULL) == 0;
    }
    if (!server.is_started ||
        getsockname(server.fd, (struct sockaddr *)&address, &length) != 0) {
        return false;
    }
    *port = ntohs(address.sin_port);
    return true;
}

void slow_server_stop(void) {
    if (server.is_started) {
        shutdown(server.fd, SHUT_RDWR);
        pthread_join(server.thread, NULL);
        close(server.fd);
        server.is_started = false;
    }
}

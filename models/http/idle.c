/* Asks the kernel about a socket. */
#include "models/http/idle.h"

#include <poll.h>
#include <sys/socket.h>

bool idle_is_closed(int fd) {
    struct pollfd poll_fd = {.fd = fd, .events = POLLIN | POLLRDHUP};
    return poll(&poll_fd, 1, 0) > 0;
}

/* The bytes that came are thrown away, because curl peeks at the next one to find out
 * whether the connection has ended. The loop ends: after the shutdown no more come. */
void idle_end(int fd) {
    char bytes[4096];
    shutdown(fd, SHUT_RDWR);
    while (recv(fd, bytes, sizeof bytes, MSG_DONTWAIT) > 0) {
    }
}

/* mock_api/losses.c: the losses that the kernel counts for a socket. */
#include "mock_api/losses.h"

#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

/* No connection to this socket is accepted, unless a test does it. */
static int listen_on_loopback(int backlog, struct sockaddr_in *address) {
    socklen_t bytes = sizeof *address;
    *address = (struct sockaddr_in){.sin_family = AF_INET,
                                    .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    cr_assert_eq(bind(fd, (struct sockaddr *)address, sizeof *address), 0);
    cr_assert_eq(listen(fd, backlog), 0);
    cr_assert_eq(getsockname(fd, (struct sockaddr *)address, &bytes), 0);
    return fd;
}

static int connect_without_waiting(const struct sockaddr_in *address) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    int result = connect(fd, (const struct sockaddr *)address, sizeof *address);
    (void)result; /* the connection is under way, or complete and in the queue */
    return fd;
}

Test(losses, of_a_queue_that_overflows_are_counted_on_that_socket_alone) {
    struct sockaddr_in full;
    struct sockaddr_in roomy;
    int clients[8];
    int full_fd = listen_on_loopback(1, &full);
    int roomy_fd = listen_on_loopback(100, &roomy);
    for (int i = 0; i < 8; i++) {
        clients[i] = connect_without_waiting(&full);
    }
    int other = connect_without_waiting(&roomy);
    cr_expect_gt(losses_dropped(full_fd), 0);
    cr_expect_eq(losses_dropped(roomy_fd), 0);
    for (int i = 0; i < 8; i++) {
        close(clients[i]);
    }
    close(other);
    close(full_fd);
    close(roomy_fd);
}

Test(losses, of_a_sound_connection_are_none) {
    struct sockaddr_in address;
    int listener = listen_on_loopback(10, &address);
    int client = connect_without_waiting(&address);
    int accepted = accept(listener, NULL, NULL);
    cr_assert_eq(write(accepted, "hello", 5), 5);
    cr_expect_eq(losses_retransmitted(accepted), 0);
    close(accepted);
    close(client);
    close(listener);
}

Test(losses, of_a_descriptor_that_is_no_socket_are_none) {
    cr_expect_eq(losses_dropped(-1), 0);
    cr_expect_eq(losses_retransmitted(0), 0);
}

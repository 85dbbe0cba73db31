/* models/http/idle.c: connections that the server closes while they are idle. */
#include "models/http/idle.h"

#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

/* The two ends of one TCP connection. */
struct line {
    int client;
    int server;
};

static struct line line;

static void connect_line(void) {
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    line.client = socket(AF_INET, SOCK_STREAM, 0);
    cr_assert(bind(listener, (struct sockaddr *)&address, length) == 0 &&
              listen(listener, 1) == 0 &&
              getsockname(listener, (struct sockaddr *)&address, &length) == 0 &&
              connect(line.client, (struct sockaddr *)&address, length) == 0);
    line.server = accept(listener, NULL, NULL);
    cr_assert_geq(line.server, 0);
    close(listener);
}

static void close_line(void) {
    close(line.client);
    if (line.server >= 0) {
        close(line.server);
    }
}

TestSuite(idle, .init = connect_line, .fini = close_line);

/* Waits until the client's end has something to read. */
static void await_news(void) {
    struct pollfd poll_fd = {.fd = line.client, .events = POLLIN};
    cr_assert_eq(poll(&poll_fd, 1, 10000), 1);
}

static void close_server(void) {
    close(line.server);
    line.server = -1;
    await_news();
}

Test(idle, a_connection_on_which_nothing_came_is_open) {
    cr_expect_not(idle_is_closed(line.client));
}

Test(idle, a_connection_that_the_server_closed_is_closed) {
    close_server();
    cr_expect(idle_is_closed(line.client));
}

Test(idle, a_connection_that_was_reset_is_closed) {
    struct linger linger = {.l_onoff = 1, .l_linger = 0};
    setsockopt(line.server, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
    close_server();
    cr_expect(idle_is_closed(line.client));
}

Test(idle, a_notice_before_the_end_is_the_end) {
    cr_assert_eq(send(line.server, "HTTP/1.1 408", 12, 0), 12);
    await_news();
    cr_expect(idle_is_closed(line.client));
}

Test(idle, an_ended_connection_has_nothing_left_to_read) {
    char byte;
    cr_assert_eq(send(line.server, "HTTP/1.1 408", 12, 0), 12);
    close_server();
    idle_end(line.client);
    cr_expect_eq(recv(line.client, &byte, 1, MSG_PEEK | MSG_DONTWAIT), 0);
}

Test(idle, a_connection_can_be_ended_before_the_server_does_it) {
    char byte;
    cr_assert_eq(send(line.server, "HTTP/1.1 408", 12, 0), 12);
    await_news();
    idle_end(line.client);
    cr_expect_eq(recv(line.client, &byte, 1, MSG_PEEK | MSG_DONTWAIT), 0);
}

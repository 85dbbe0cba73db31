/* async/net/listener.c: one listening socket. Here it is a door at which connections
 * knock. */
#include "async/net/listener.h"
#include "tests/async/support.h"

#include <errno.h>
#include <netdb.h>
#include <sys/resource.h>

struct door {
    int came;
};

static void accept_one(void *context, int fd) {
    struct door *door = context;
    door->came++;
    close(fd);
}

static struct async_listener *
open_door(struct door *door, struct async_address *address, struct async_error *error) {
    struct addrinfo *list;
    SUCCEEDS(async_getaddrinfo("127.0.0.1", 0, AI_PASSIVE, &list, error));
    struct async_listener *listener = async_listener_open(
        async_get_running_loop(), list, false, accept_one, door, error);
    freeaddrinfo(list);
    cr_assert(listener, "%s", error->message);
    cr_assert(async_listener_get_address(listener, address));
    SUCCEEDS(async_listener_start(listener, SOMAXCONN, error));
    return listener;
}

static int knock(int port) {
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    cr_assert_eq(connect(fd, (struct sockaddr *)&to, sizeof to), 0);
    return fd;
}

enum { MANY = 150 }; /* more than the listener accepts in one turn */

REAL_TIME_TEST(async_listener, all_connections_are_accepted) {
    struct door door = {.came = 0};
    struct async_address address;
    int fds[MANY];
    struct async_listener *listener = open_door(&door, &address, error);
    for (int i = 0; i < MANY; i++) {
        fds[i] = knock(address.port);
    }
    while (door.came < MANY) {
        SUCCEEDS(async_sleep(NS_PER_MS, error));
    }
    for (int i = 0; i < MANY; i++) {
        close(fds[i]);
    }
    async_listener_close(listener);
    return true;
}

/* If no descriptor is left it pauses for a second, because its socket stays readable
 * and it would spin. Virtual time makes the second short. */
REAL_TIME_TEST(async_listener, without_a_free_descriptor_it_pauses) {
    struct door door = {.came = 0};
    struct async_address address;
    struct rlimit before, none;
    async_use_virtual_time(async_get_running_loop());
    struct async_listener *listener = open_door(&door, &address, error);
    int fd = knock(address.port);
    getrlimit(RLIMIT_NOFILE, &before);
    none = (struct rlimit){.rlim_cur = (rlim_t)fd, .rlim_max = before.rlim_max};
    setrlimit(RLIMIT_NOFILE, &none);
    SUCCEEDS(async_sleep(NS_PER_S / 2, error));
    cr_expect_eq(door.came, 0);
    setrlimit(RLIMIT_NOFILE, &before);
    SUCCEEDS(async_sleep(NS_PER_S / 4, error));
    cr_expect_eq(door.came, 0, "it did not pause");
    SUCCEEDS(async_sleep(NS_PER_S, error));
    for (int i = 0; i < 100 && door.came == 0; i++) {
        SUCCEEDS(async_sleep(NS_PER_MS, error));
    }
    cr_expect_eq(door.came, 1, "it did not go on after the pause");
    async_listener_close(listener);
    close(fd);
    return true;
}

/* A small server on poll(2). The clients under test send each request by one write, so
 * one read gets one request. */
#include "tests/support/rogue.h"

#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST_CONNECTIONS = 256 };

#define GOOD_ANSWER "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
#define HALF_ANSWER "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"

/* What follows the text of an answer. */
enum afterwards {
    KEEP,
    CLOSE, /* the end of the connection comes in one segment with the text: a client that
            * has read the text finds the end */
    RESET,
};

static const struct manner {
    const char *text;
    enum afterwards afterwards;
} manners[] = {
    [ROGUE_ANSWERS] = {GOOD_ANSWER, KEEP},
    [ROGUE_DROPS_FIRST] = {GOOD_ANSWER, KEEP},
    [ROGUE_LEAVES] = {GOOD_ANSWER, CLOSE},
    [ROGUE_SAYS_GOODBYE] = {GOOD_ANSWER
                            "HTTP/1.1 408 Request Timeout\r\n"
                            "Content-Length: 0\r\nConnection: close\r\n\r\n",
                            CLOSE},
    [ROGUE_ENDS_SECOND] = {GOOD_ANSWER, KEEP},
    [ROGUE_CLOSES] = {"", CLOSE},
    [ROGUE_RESETS] = {"", RESET},
    [ROGUE_BABBLES] = {"SSH-2.0-this is no HTTP at all, not a byte of it\r\n\r\n",
                       CLOSE},
    [ROGUE_HALF_BODY] = {HALF_ANSWER, CLOSE},
    [ROGUE_RESETS_BODY] = {HALF_ANSWER, RESET},
    [ROGUE_NOT_FOUND] = {"HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno", KEEP},
    [ROGUE_BREAKS_DOWN] = {"HTTP/1.1 500 Broken\r\nContent-Length: 2\r\n\r\nno", KEEP},
    [ROGUE_SILENT] = {"", KEEP},
    [ROGUE_STOPS_MIDWAY] = {HALF_ANSWER, KEEP},
};

/* Answers a request, the number-th of its connection from 0, in the rogue's way.
 * Returns false if it has closed the connection. */
static bool misbehave(enum rogue_way way, int fd, int number) {
    static const struct manner end = {"", CLOSE};
    const struct manner *manner =
        way == ROGUE_ENDS_SECOND && number > 0 ? &end : &manners[way];
    struct linger linger = {.l_onoff = 1, .l_linger = 0};
    int more = manner->afterwards == CLOSE ? MSG_MORE : 0;
    if (*manner->text) {
        ssize_t sent =
            send(fd, manner->text, strlen(manner->text), MSG_NOSIGNAL | more);
        (void)sent; /* an error means that the client has gone, which does no harm */
    }
    if (manner->afterwards == RESET) {
        setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
    }
    if (manner->afterwards != KEEP) {
        close(fd);
    }
    return manner->afterwards == KEEP;
}

struct visits {
    struct pollfd fds[MOST_CONNECTIONS + 2];
    int seen[MOST_CONNECTIONS + 2]; /* the conversation on each; -1: none yet */
    int requests[MOST_CONNECTIONS + 2];
    nfds_t count;
    int of_one[ROGUE_CONVERSATIONS]; /* connections that each conversation used */
};

static void note_conversation(struct rogue *rogue, struct visits *visits, nfds_t i,
                              const char *request) {
    int conversation = -1;
    sscanf(request, "GET /%d/", &conversation);
    if (conversation < 0 || conversation >= ROGUE_CONVERSATIONS ||
        visits->seen[i] == conversation) {
        return;
    }
    if (visits->seen[i] >= 0) {
        rogue->is_shared = true;
    }
    visits->seen[i] = conversation;
    if (++visits->of_one[conversation] > rogue->most_of_one) {
        rogue->most_of_one = visits->of_one[conversation];
    }
}

static void leave(struct visits *visits, nfds_t i) {
    visits->count--;
    visits->fds[i] = visits->fds[visits->count];
    visits->seen[i] = visits->seen[visits->count];
    visits->requests[i] = visits->requests[visits->count];
}

static void accept_one(struct rogue *rogue, struct visits *visits) {
    int fd = accept(rogue->listener, NULL, NULL);
    if (fd < 0) {
        return;
    }
    rogue->connections++;
    if (rogue->way == ROGUE_DROPS_FIRST && rogue->connections <= ROGUE_DROPPED) {
        close(fd);
        return;
    }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
    if (visits->count == MOST_CONNECTIONS + 2) {
        close(fd);
        return;
    }
    visits->fds[visits->count] = (struct pollfd){.fd = fd, .events = POLLIN};
    visits->requests[visits->count] = 0;
    visits->seen[visits->count++] = -1;
}

/* Reads a request and answers it. Returns false if the connection is closed then. */
static bool serve_one(struct rogue *rogue, struct visits *visits, nfds_t i) {
    char request[4096];
    int fd = visits->fds[i].fd;
    ssize_t count = recv(fd, request, sizeof request - 1, 0);
    if (count <= 0) {
        close(fd);
        return false;
    }
    request[count] = '\0';
    if (rogue->requests++ == 0) {
        snprintf(rogue->first_request, sizeof rogue->first_request, "%.1000s", request);
    }
    note_conversation(rogue, visits, i, request);
    return misbehave(rogue->way, fd, visits->requests[i]++);
}

static void *serve(void *argument) {
    struct rogue *rogue = argument;
    struct visits visits = {
        .fds = {{.fd = rogue->stop_fd, .events = POLLIN},
                {.fd = rogue->listener, .events = POLLIN}},
        .count = 2,
    };
    for (;;) {
        poll(visits.fds, visits.count, -1);
        if (visits.fds[0].revents) {
            break;
        }
        /* Backwards, because leave() moves the last visit to the free place. */
        for (nfds_t i = visits.count; i-- > 2;) {
            if (visits.fds[i].revents && !serve_one(rogue, &visits, i)) {
                leave(&visits, i);
            }
        }
        if (visits.fds[1].revents) {
            accept_one(rogue, &visits);
        }
    }
    while (visits.count > 2) {
        close(visits.fds[--visits.count].fd);
    }
    return NULL;
}

/* A socket on a port (0: a free one), not listening yet. */
static int bind_socket(const char *address, int port, char url[static 64]) {
    struct sockaddr_in place = {.sin_family = AF_INET,
                                .sin_port = htons((uint16_t)port)};
    socklen_t length = sizeof place;
    inet_pton(AF_INET, address, &place.sin_addr);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    cr_assert(fd >= 0 && bind(fd, (struct sockaddr *)&place, length) == 0 &&
                  getsockname(fd, (struct sockaddr *)&place, &length) == 0,
              "cannot bind to %s port %d", address, port);
    snprintf(url, 64, "http://%s:%d", address, ntohs(place.sin_port));
    return fd;
}

int rogue_nobody(char url[static 64]) {
    return bind_socket("127.0.0.1", 0, url);
}

void rogue_start(struct rogue *rogue, enum rogue_way way) {
    rogue_start_at(rogue, way, "127.0.0.1", 0);
}

void rogue_start_at(struct rogue *rogue, enum rogue_way way, const char *address,
                    int port) {
    *rogue = (struct rogue){.way = way, .stop_fd = eventfd(0, EFD_CLOEXEC)};
    rogue->listener = bind_socket(address, port, rogue->url);
    cr_assert_eq(listen(rogue->listener, 64), 0, "cannot listen");
    cr_assert_eq(pthread_create(&rogue->thread, NULL, serve, rogue), 0, "no thread");
}

void rogue_stop(struct rogue *rogue) {
    ssize_t written = write(rogue->stop_fd, &(uint64_t){1}, sizeof(uint64_t));
    cr_assert_eq(written, (ssize_t)sizeof(uint64_t), "cannot stop the server");
    pthread_join(rogue->thread, NULL);
    close(rogue->listener);
    close(rogue->stop_fd);
}

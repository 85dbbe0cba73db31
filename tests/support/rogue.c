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

static const char good_answer[] = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
static const char half_answer[] = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf";

static void send_text(int fd, const char *text) {
    ssize_t sent = send(fd, text, strlen(text), MSG_NOSIGNAL);
    (void)sent; /* an error means that the client has gone, which does no harm */
}

static void close_with_reset(int fd) {
    struct linger linger = {.l_onoff = 1, .l_linger = 0};
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
    close(fd);
}

/* Answers a request in the rogue's way. Returns false if it has closed the
 * connection. */
static bool misbehave(enum rogue_way way, int fd) {
    switch (way) {
    case ROGUE_ANSWERS:
        send_text(fd, good_answer);
        return true;
    case ROGUE_LEAVES:
        send_text(fd, good_answer);
        break;
    case ROGUE_CLOSES:
        break;
    case ROGUE_RESETS:
        close_with_reset(fd);
        return false;
    case ROGUE_BABBLES:
        send_text(fd, "SSH-2.0-this is no HTTP at all, not a byte of it\r\n\r\n");
        break;
    case ROGUE_HALF_BODY:
        send_text(fd, half_answer);
        break;
    case ROGUE_RESETS_BODY:
        send_text(fd, half_answer);
        close_with_reset(fd);
        return false;
    case ROGUE_NOT_FOUND:
        send_text(fd, "HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno");
        return true;
    case ROGUE_BREAKS_DOWN:
        send_text(fd, "HTTP/1.1 500 Broken\r\nContent-Length: 2\r\n\r\nno");
        return true;
    case ROGUE_SILENT:
        return true;
    case ROGUE_STOPS_MIDWAY:
        send_text(fd, half_answer);
        return true;
    }
    close(fd);
    return false;
}

struct visits {
    struct pollfd fds[MOST_CONNECTIONS + 2];
    int seen[MOST_CONNECTIONS + 2]; /* the conversation on each; -1: none yet */
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
}

static void accept_one(struct rogue *rogue, struct visits *visits) {
    int fd = accept(rogue->listener, NULL, NULL);
    if (fd < 0) {
        return;
    }
    rogue->connections++;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
    if (visits->count == MOST_CONNECTIONS + 2) {
        close(fd);
        return;
    }
    visits->fds[visits->count] = (struct pollfd){.fd = fd, .events = POLLIN};
    visits->seen[visits->count++] = -1;
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
            char request[4096];
            int fd = visits.fds[i].fd;
            if (!visits.fds[i].revents) {
                continue;
            }
            ssize_t count = recv(fd, request, sizeof request - 1, 0);
            if (count <= 0) {
                close(fd);
                leave(&visits, i);
                continue;
            }
            request[count] = '\0';
            if (rogue->requests++ == 0) {
                snprintf(rogue->first_request, sizeof rogue->first_request, "%.1000s",
                         request);
            }
            note_conversation(rogue, &visits, i, request);
            if (!misbehave(rogue->way, fd)) {
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

/* A loopback socket on a free port, not listening yet. */
static int bind_somewhere(char url[static 64]) {
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    cr_assert(fd >= 0 && bind(fd, (struct sockaddr *)&address, length) == 0 &&
                  getsockname(fd, (struct sockaddr *)&address, &length) == 0,
              "no free port on loopback");
    snprintf(url, 64, "http://127.0.0.1:%d", ntohs(address.sin_port));
    return fd;
}

int rogue_nobody(char url[static 64]) {
    return bind_somewhere(url);
}

void rogue_start(struct rogue *rogue, enum rogue_way way) {
    *rogue = (struct rogue){.way = way, .stop_fd = eventfd(0, EFD_CLOEXEC)};
    rogue->listener = bind_somewhere(rogue->url);
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

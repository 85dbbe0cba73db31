/* A foreign server. A way is a text and the action after it. Some ways never end by
 * themselves: they stop if the client has gone or the test is over. */
#include "tests/support/foreign.h"

#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* The action after the text is sent. */
enum afterwards {
    KEEP,   /* waits for the next request */
    CLOSE,  /* closes; the text and the end of the connection come in one segment */
    RESET,  /* closes with a reset */
    HOLD,   /* sends nothing more, and does not close */
    DRIP,   /* sends the text a byte at a time, 5 ms apart */
    REPEAT, /* sends the repeated text for ever */
    REFUSE, /* answers the first request of a connection, and closes at the second */
};

static const struct way {
    const char *name;
    enum afterwards afterwards;
    const char *text;
    const char *repeated;
} ways[] = {
    {"answers", KEEP, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", NULL},
    {"closes", CLOSE, "", NULL},
    {"resets", RESET, "", NULL},
    {"resets midway", RESET, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", NULL},
    {"silent", HOLD, "", NULL},
    {"stops midway", HOLD, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", NULL},
    {"half a body", CLOSE, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", NULL},
    {"half a chunk", CLOSE,
     "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhalf", NULL},
    {"no last chunk", CLOSE,
     "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n", NULL},
    {"no HTTP", CLOSE, "SSH-2.0-this is no HTTP at all\r\n\r\n", NULL},
    {"zero bytes", CLOSE, "\1\2\3\4\5\6\7\r\n\r\n", NULL},
    {"204", KEEP, "HTTP/1.1 204 No Content\r\n\r\n", NULL},
    {"301", KEEP,
     "HTTP/1.1 301 Moved\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n", NULL},
    {"304", KEEP, "HTTP/1.1 304 Not Modified\r\n\r\n", NULL},
    {"404", KEEP, "HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno", NULL},
    {"429", KEEP, "HTTP/1.1 429 Slow Down\r\nContent-Length: 2\r\n\r\nno", NULL},
    {"500", KEEP, "HTTP/1.1 500 Broken\r\nContent-Length: 2\r\n\r\nno", NULL},
    {"HTTP/1.0", CLOSE, "HTTP/1.0 200 OK\r\n\r\nuntil it closes", NULL},
    {"chunked", KEEP,
     "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n", NULL},
    {"says close", CLOSE,
     "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok", NULL},
    {"leaves", CLOSE, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", NULL},
    {"leaves at the second", REFUSE, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
     NULL},
    {"100 first", KEEP,
     "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
     NULL},
    {"gzip", KEEP,
     "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\x1f\x8bno",
     NULL},
    {"odd timing", KEEP,
     "HTTP/1.1 200 OK\r\nServer-Timing: send;dur=x, end;dur=1, queue;dur=1e99, "
     "response;dur=99999999999999999999, backlog;dur=nan\r\nContent-Length: 0\r\n\r\n",
     NULL},
    {"drips", DRIP, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", NULL},
    {"endless body", REPEAT, "HTTP/1.1 200 OK\r\n\r\n", "body body body body body "},
    {"endless line", REPEAT, "HTTP/1.1 200 OK\r\nName: ", "value value value value "},
    {"endless heads", REPEAT, "HTTP/1.1 200 OK\r\n", "Name: value value value\r\n"},
    {"endless 100s", REPEAT, "", "HTTP/1.1 100 Continue\r\n\r\n"},
};

enum { BLOCK_BYTES = 65536 };

struct visit {
    struct foreign *foreign;
    int fd;
};

static bool send_with(const struct visit *visit, const char *bytes, size_t count,
                      int flags) {
    while (count > 0) {
        ssize_t sent = send(visit->fd, bytes, count, MSG_NOSIGNAL | flags);
        if (sent <= 0 || visit->foreign->is_stopping) {
            return false;
        }
        bytes += sent;
        count -= (size_t)sent;
    }
    return true;
}

static bool send_all(const struct visit *visit, const char *bytes, size_t count) {
    return send_with(visit, bytes, count, 0);
}

static void drip(const struct visit *visit, const char *text) {
    for (; *text && send_all(visit, text, 1); text++) {
        nanosleep(&(struct timespec){.tv_nsec = 5000000}, NULL);
    }
}

static void repeat(const struct visit *visit, const char *text) {
    static const int64_t enough = INT64_C(1) << 33;
    char *block = malloc(BLOCK_BYTES);
    size_t length = strlen(text);
    size_t used = BLOCK_BYTES / length * length;
    for (size_t i = 0; block && i < used; i++) {
        block[i] = text[i % length];
    }
    int64_t sent = 0;
    while (block && sent < enough && send_all(visit, block, used)) {
        sent += (int64_t)used;
        if (sent > visit->foreign->most_sent) {
            visit->foreign->most_sent = sent;
        }
    }
    free(block);
}

/* Waits until the client has gone or the test is over. */
static void hold(const struct visit *visit) {
    char byte;
    struct pollfd poll_fd = {.fd = visit->fd, .events = POLLIN};
    while (!visit->foreign->is_stopping) {
        if (poll(&poll_fd, 1, 20) > 0 && recv(visit->fd, &byte, 1, 0) <= 0) {
            return;
        }
    }
}

/* Reads a request, which comes in one write. Returns false if the client has gone or
 * the test is over. */
static bool read_request(const struct visit *visit) {
    char bytes[16384];
    struct pollfd poll_fd = {.fd = visit->fd, .events = POLLIN};
    while (!visit->foreign->is_stopping) {
        if (poll(&poll_fd, 1, 20) > 0) {
            return recv(visit->fd, bytes, sizeof bytes, 0) > 0;
        }
    }
    return false;
}

static const struct way *find_way(const char *name) {
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        if (!strcmp(ways[i].name, name)) {
            return &ways[i];
        }
    }
    return NULL;
}

/* Answers a request. Returns false if the connection has to be closed. */
static bool answer(const struct visit *visit, const struct way *way, int number) {
    struct linger linger = {.l_onoff = 1, .l_linger = 0};
    if (way->afterwards == DRIP) {
        drip(visit, way->text);
        return true;
    }
    if (way->afterwards == REFUSE && number > 0) {
        return false;
    }
    if (!send_with(visit, way->text, strlen(way->text),
                   way->afterwards == CLOSE ? MSG_MORE : 0)) {
        return false;
    }
    if (way->afterwards == HOLD) {
        hold(visit);
    } else if (way->afterwards == REPEAT) {
        repeat(visit, way->repeated);
    } else if (way->afterwards == RESET) {
        setsockopt(visit->fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
    }
    return way->afterwards == KEEP || way->afterwards == REFUSE;
}

static void *receive(void *argument) {
    struct visit visit = *(struct visit *)argument;
    const struct way *way = find_way(visit.foreign->way);
    free(argument);
    for (int number = 0; read_request(&visit); number++) {
        visit.foreign->requests++;
        if (!answer(&visit, way, number)) {
            break;
        }
    }
    close(visit.fd);
    visit.foreign->under_way--;
    return NULL;
}

static void *serve(void *argument) {
    struct foreign *foreign = argument;
    struct pollfd poll_fd = {.fd = foreign->listener, .events = POLLIN};
    while (!foreign->is_stopping) {
        int fd = poll(&poll_fd, 1, 20) > 0 ? accept(foreign->listener, NULL, NULL) : -1;
        struct visit *visit = fd >= 0 ? malloc(sizeof *visit) : NULL;
        pthread_t thread;
        if (!visit) {
            continue;
        }
        *visit = (struct visit){foreign, fd};
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
        setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &(struct timeval){.tv_sec = 1},
                   sizeof(struct timeval));
        foreign->connections++;
        foreign->under_way++;
        if (pthread_create(&thread, NULL, receive, visit) == 0) {
            pthread_detach(thread);
        } else {
            close(fd);
            free(visit);
            foreign->under_way--;
        }
    }
    return NULL;
}

void foreign_start(struct foreign *foreign, const char *way) {
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    *foreign = (struct foreign){.way = way};
    cr_assert_not_null(find_way(way), "there is no way '%s'", way);
    foreign->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    cr_assert(
        foreign->listener >= 0 &&
            bind(foreign->listener, (struct sockaddr *)&address, length) == 0 &&
            getsockname(foreign->listener, (struct sockaddr *)&address, &length) == 0 &&
            listen(foreign->listener, 64) == 0,
        "no free port on loopback");
    snprintf(foreign->url, sizeof foreign->url, "http://127.0.0.1:%d",
             ntohs(address.sin_port));
    cr_assert_eq(pthread_create(&foreign->thread, NULL, serve, foreign), 0);
}

void foreign_stop(struct foreign *foreign) {
    foreign->is_stopping = true;
    pthread_join(foreign->thread, NULL);
    /* Each thread checks every 20 ms, or its send fails within 1 s. */
    while (foreign->under_way > 0) {
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    }
    close(foreign->listener);
}

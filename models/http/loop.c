/* curl's multi interface on libuv. Four things cost, where they are done naively:
 * - a timeout of zero through a timer: a millisecond a request. Here it runs before the
 * loop sleeps.
 * - a uv_poll_t for each socket: libuv tries and asks the socket five times before it
 * watches it, 4 us a connection. Here curl's sockets are in an epoll of their own, and
 * libuv watches that one.
 * - a socket taken out and put back at each reuse of its connection: it stays.
 * - one cache for all connections: curl searches it at each request, and may hand out
 * another conversation's. Here each has its own; 9 KiB each. */
#include "models/http/loop.h"

#include <limits.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { EVENTS_AT_ONCE = 256 };

/* What the epoll knows of a descriptor; all zero: nothing. */
struct http_socket {
    uint32_t events;   /* what it is watched for; 0: it is not in the epoll */
    bool is_idle;      /* curl lost interest; it stays watched, curl will come back */
    bool is_curls_own; /* it will not: curl closes this one without a word */
};

static void read_messages(struct http_loop *loop) {
    CURLMsg *message;
    int left;
    while ((message = curl_multi_info_read(loop->multi, &left))) {
        if (message->msg != CURLMSG_DONE) {
            continue;
        }
        CURL *easy = message->easy_handle;
        CURLcode code = message->data.result;
        struct transfer *transfer = NULL;
        curl_easy_getinfo(easy, CURLINFO_PRIVATE, (char **)&transfer);
        transfer_end(transfer, code);
        loop->under_way--;
        loop->on_done(transfer, loop->context);
    }
}

/* The server closed a connection that nobody uses: curl finds out at its reuse. */
static void stop_watching(struct http_loop *loop, curl_socket_t fd) {
    epoll_ctl(loop->epoll_fd, EPOLL_CTL_DEL, fd, NULL);
    loop->sockets[fd].events = 0;
}

/* An event may be stale, of a descriptor that one before it closed: curl looks for
 * itself whether a socket is ready. */
static void on_ready(struct http_loop *loop, const struct epoll_event *event) {
    if (loop->sockets[event->data.fd].is_idle) {
        stop_watching(loop, event->data.fd);
        return;
    }
    int flags = event->events & EPOLLIN ? CURL_CSELECT_IN : 0;
    flags |= event->events & EPOLLOUT ? CURL_CSELECT_OUT : 0;
    flags |= event->events & (EPOLLERR | EPOLLHUP) ? CURL_CSELECT_ERR : 0;
    int running;
    curl_multi_socket_action(loop->multi, event->data.fd, flags, &running);
    read_messages(loop);
}

/* Once around; what is left over makes libuv call again. */
static void on_poll(uv_poll_t *poll, int status, int uv_events) {
    (void)status, (void)uv_events;
    struct http_loop *loop = poll->data;
    struct epoll_event events[EVENTS_AT_ONCE];
    int count = epoll_wait(loop->epoll_fd, events, EVENTS_AT_ONCE, 0);
    for (int i = 0; i < count; i++) {
        on_ready(loop, &events[i]);
    }
}

/* False: out of memory. */
static bool make_room(struct http_loop *loop, curl_socket_t fd) {
    size_t index = (size_t)fd;
    if (index < loop->socket_count) {
        return true;
    }
    size_t count = 2 * index + 16;
    struct http_socket *sockets = realloc(loop->sockets, count * sizeof *loop->sockets);
    if (!sockets) {
        return false;
    }
    memset(sockets + loop->socket_count, 0,
           (count - loop->socket_count) * sizeof *sockets);
    loop->sockets = sockets;
    loop->socket_count = count;
    return true;
}

/* The others are curl's signal pairs, by which a thread that resolves a name is
 * heard. */
static bool is_tcp(curl_socket_t fd) {
    int protocol = 0;
    socklen_t length = sizeof protocol;
    getsockopt(fd, SOL_SOCKET, SO_PROTOCOL, &protocol, &length);
    return protocol == IPPROTO_TCP;
}

static bool watch(struct http_loop *loop, curl_socket_t fd, uint32_t events) {
    struct http_socket *http_socket = &loop->sockets[fd];
    struct epoll_event event = {.events = events, .data.fd = fd};
    int how = EPOLL_CTL_MOD;
    if (http_socket->events == 0) {
        how = EPOLL_CTL_ADD;
        http_socket->is_curls_own = !is_tcp(fd);
    }
    http_socket->events = events;
    return epoll_ctl(loop->epoll_fd, how, fd, &event) == 0;
}

static int on_interest(CURL *easy, curl_socket_t fd, int what, void *context,
                       void *assigned) {
    (void)easy, (void)assigned;
    struct http_loop *loop = context;
    if (!make_room(loop, fd)) {
        return -1;
    }
    struct http_socket *http_socket = &loop->sockets[fd];
    uint32_t events =
        (what & CURL_POLL_IN ? EPOLLIN : 0) | (what & CURL_POLL_OUT ? EPOLLOUT : 0);
    http_socket->is_idle = what == CURL_POLL_REMOVE;
    if (http_socket->is_idle) {
        if (http_socket->is_curls_own) {
            stop_watching(loop, fd);
        }
        return 0;
    }
    return events == http_socket->events || watch(loop, fd, events) ? 0 : -1;
}

static int close_socket(void *context, curl_socket_t fd) {
    struct http_loop *loop = context;
    if ((size_t)fd < loop->socket_count) {
        loop->sockets[fd] = (struct http_socket){.events = 0};
    }
    return close(fd); /* leaves the epoll by that */
}

static void time_out(struct http_loop *loop) {
    int running;
    curl_multi_socket_action(loop->multi, CURL_SOCKET_TIMEOUT, 0, &running);
    read_messages(loop);
}

static void on_timer(uv_timer_t *timer) {
    time_out(timer->data);
}

static void on_prepare(uv_prepare_t *prepare) {
    struct http_loop *loop = prepare->data;
    while (loop->timeout_is_now) {
        loop->timeout_is_now = false;
        time_out(loop);
    }
}

/* curl wants to be called after so long; not from here, it is not reentrant. */
static int on_timeout_change(CURLM *multi, long timeout_ms, void *context) {
    (void)multi;
    struct http_loop *loop = context;
    loop->timeout_is_now = timeout_ms == 0;
    if (timeout_ms > 0) {
        uv_update_time(loop->uv); /* armed with a stale clock it would fire early */
        uv_timer_start(&loop->timer, on_timer, (uint64_t)timeout_ms, 0);
    } else {
        uv_timer_stop(&loop->timer);
    }
    return 0;
}

bool http_loop_open(struct http_loop *loop, uv_loop_t *uv,
                    void (*on_done)(struct transfer *transfer, void *context),
                    void *context, struct error *error) {
    *loop = (struct http_loop){
        .uv = uv,
        .multi = curl_multi_init(),
        .epoll_fd = epoll_create1(EPOLL_CLOEXEC),
        .on_done = on_done,
        .context = context,
    };
    if (!loop->multi || loop->epoll_fd < 0 ||
        uv_poll_init(uv, &loop->poll, loop->epoll_fd) != 0) {
        curl_multi_cleanup(loop->multi);
        loop->multi = NULL;
        if (loop->epoll_fd >= 0) {
            close(loop->epoll_fd);
        }
        return error_failed(error, "out of memory or descriptors for curl");
    }
    uv_timer_init(uv, &loop->timer);
    uv_prepare_init(uv, &loop->prepare);
    loop->timer.data = loop->prepare.data = loop->poll.data = loop;
    uv_poll_start(&loop->poll, UV_READABLE, on_poll);
    uv_prepare_start(&loop->prepare, on_prepare);
    curl_multi_setopt(loop->multi, CURLMOPT_SOCKETFUNCTION, on_interest);
    curl_multi_setopt(loop->multi, CURLMOPT_SOCKETDATA, loop);
    curl_multi_setopt(loop->multi, CURLMOPT_TIMERFUNCTION, on_timeout_change);
    curl_multi_setopt(loop->multi, CURLMOPT_TIMERDATA, loop);
    /* A smaller cache would be searched for its oldest connection at each end. */
    curl_multi_setopt(loop->multi, CURLMOPT_MAXCONNECTS, (long)INT_MAX);
    return true;
}

/* Gives a transfer a cache of its own for its one connection; where there is no memory
 * for that, the loop's serves too. Who asks only once finds nothing in a cache: no look
 * into it, and none of their own. */
static void own_connection(struct transfer *transfer) {
    if (transfer->workload->rounds == 1) {
        curl_easy_setopt(transfer->easy, CURLOPT_FRESH_CONNECT, 1L);
    } else if (!transfer->share) {
        transfer->share = curl_share_init();
        curl_share_setopt(transfer->share, CURLSHOPT_SHARE, CURL_LOCK_DATA_CONNECT);
        curl_easy_setopt(transfer->easy, CURLOPT_SHARE, transfer->share);
    }
}

void http_loop_start(struct http_loop *loop, struct transfer *transfer) {
    loop->under_way++;
    if (transfer->workload->connections != CONNECTIONS_CLOSE) {
        own_connection(transfer);
    }
    curl_easy_setopt(transfer->easy, CURLOPT_CLOSESOCKETFUNCTION, close_socket);
    curl_easy_setopt(transfer->easy, CURLOPT_CLOSESOCKETDATA, loop);
    /* Only now: curl takes a handle out with a search of its cache, and after the last
     * request that would be measured for nothing. */
    curl_multi_remove_handle(loop->multi, transfer->easy);
    curl_multi_add_handle(loop->multi, transfer->easy);
}

void http_loop_close(struct http_loop *loop) {
    if (!loop->multi) {
        return;
    }
    curl_multi_cleanup(loop->multi); /* closes the connections that are kept */
    uv_close((uv_handle_t *)&loop->poll, NULL);
    uv_close((uv_handle_t *)&loop->timer, NULL);
    uv_close((uv_handle_t *)&loop->prepare, NULL);
    uv_run(loop->uv, UV_RUN_DEFAULT);
    close(loop->epoll_fd);
    free(loop->sockets);
    *loop = (struct http_loop){.multi = NULL};
}

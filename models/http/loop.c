/* curl's multi interface on libuv. Three things cost, where they are done naively:
 * - a timeout of zero through a timer: a millisecond a request. Here it runs before the
 * loop sleeps.
 * - a poll handle made and closed at each reuse of a connection: 11 us a request. Here
 * it lives as long as its socket.
 * - one cache for all connections: curl searches it at each request, and may hand out
 * another conversation's. Here each has its own; 9 KiB each. */
#include "models/http/loop.h"

#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct http_socket {
    uv_poll_t poll; /* first: a handle is its socket */
    struct http_loop *loop;
    curl_socket_t fd;
    int events;        /* what is polled for; 0: stopped */
    bool is_idle;      /* curl lost interest; the poll goes on, it will come back */
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
        curl_multi_remove_handle(loop->multi, easy);
        loop->under_way--;
        loop->on_done(transfer, loop->context);
    }
}

static void on_poll(uv_poll_t *poll, int status, int events) {
    struct http_socket *http_socket = (struct http_socket *)poll;
    struct http_loop *loop = http_socket->loop;
    if (http_socket->is_idle) {
        /* The server closed a connection that nobody uses: curl
         * finds out at its reuse. */
        uv_poll_stop(poll);
        http_socket->events = 0;
        return;
    }
    int flags = status < 0 ? CURL_CSELECT_ERR : 0;
    flags |= events & UV_READABLE ? CURL_CSELECT_IN : 0;
    flags |= events & UV_WRITABLE ? CURL_CSELECT_OUT : 0;
    int running;
    curl_multi_socket_action(loop->multi, http_socket->fd, flags, &running);
    read_messages(loop);
}

/* The others are curl's signal pairs, by which a thread that
 * resolves a name is heard. */
static bool is_tcp(curl_socket_t fd) {
    int protocol = 0;
    socklen_t length = sizeof protocol;
    getsockopt(fd, SOL_SOCKET, SO_PROTOCOL, &protocol, &length);
    return protocol == IPPROTO_TCP;
}

/* NULL: out of memory. */
static struct http_socket *find_socket(struct http_loop *loop, curl_socket_t fd) {
    size_t index = (size_t)fd;
    if (index >= loop->socket_count) {
        size_t count = 2 * index + 16;
        struct http_socket **sockets =
            realloc(loop->sockets, count * sizeof *loop->sockets);
        if (!sockets) {
            return NULL;
        }
        memset(sockets + loop->socket_count, 0,
               (count - loop->socket_count) * sizeof *sockets);
        loop->sockets = sockets;
        loop->socket_count = count;
    }
    if (!loop->sockets[index]) {
        struct http_socket *http_socket = calloc(1, sizeof *http_socket);
        if (!http_socket) {
            return NULL;
        }
        if (uv_poll_init_socket(loop->uv, &http_socket->poll, fd) != 0) {
            free(http_socket);
            return NULL;
        }
        http_socket->loop = loop;
        http_socket->fd = fd;
        http_socket->is_curls_own = !is_tcp(fd);
        loop->sockets[index] = http_socket;
    }
    return loop->sockets[index];
}

static void free_socket(uv_handle_t *handle) {
    free(handle);
}

static void forget_socket(struct http_loop *loop, curl_socket_t fd) {
    if ((size_t)fd < loop->socket_count && loop->sockets[fd]) {
        uv_close((uv_handle_t *)&loop->sockets[fd]->poll, free_socket);
        loop->sockets[fd] = NULL;
    }
}

static int on_interest(CURL *easy, curl_socket_t fd, int what, void *context,
                       void *assigned) {
    (void)easy, (void)assigned;
    struct http_socket *http_socket = find_socket(context, fd);
    if (!http_socket) {
        return -1;
    }
    http_socket->is_idle = what == CURL_POLL_REMOVE;
    if (http_socket->is_idle && http_socket->is_curls_own) {
        forget_socket(context, fd);
        return 0;
    }
    int events = (what & CURL_POLL_IN ? UV_READABLE : 0) |
                 (what & CURL_POLL_OUT ? UV_WRITABLE : 0);
    if (what == CURL_POLL_REMOVE || events == http_socket->events) {
        return 0;
    }
    http_socket->events = events;
    return uv_poll_start(&http_socket->poll, events, on_poll) == 0 ? 0 : -1;
}

static int close_socket(void *context, curl_socket_t fd) {
    forget_socket(context, fd);
    return close(fd);
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
        .uv = uv, .multi = curl_multi_init(), .on_done = on_done, .context = context};
    if (!loop->multi) {
        return error_failed(error, "out of memory or descriptors for curl");
    }
    uv_timer_init(uv, &loop->timer);
    uv_prepare_init(uv, &loop->prepare);
    loop->timer.data = loop->prepare.data = loop;
    uv_prepare_start(&loop->prepare, on_prepare);
    curl_multi_setopt(loop->multi, CURLMOPT_SOCKETFUNCTION, on_interest);
    curl_multi_setopt(loop->multi, CURLMOPT_SOCKETDATA, loop);
    curl_multi_setopt(loop->multi, CURLMOPT_TIMERFUNCTION, on_timeout_change);
    curl_multi_setopt(loop->multi, CURLMOPT_TIMERDATA, loop);
    return true;
}

/* Gives a transfer a cache of its own for its one connection; where there is no memory
 * for that, the loop's serves too. */
static void own_connection(struct transfer *transfer) {
    transfer->share = curl_share_init();
    curl_share_setopt(transfer->share, CURLSHOPT_SHARE, CURL_LOCK_DATA_CONNECT);
    curl_easy_setopt(transfer->easy, CURLOPT_SHARE, transfer->share);
}

void http_loop_start(struct http_loop *loop, struct transfer *transfer) {
    loop->under_way++;
    if (!transfer->share && transfer->workload->connections != CONNECTIONS_CLOSE) {
        own_connection(transfer);
    }
    curl_easy_setopt(transfer->easy, CURLOPT_CLOSESOCKETFUNCTION, close_socket);
    curl_easy_setopt(transfer->easy, CURLOPT_CLOSESOCKETDATA, loop);
    curl_multi_add_handle(loop->multi, transfer->easy);
}

void http_loop_close(struct http_loop *loop) {
    if (!loop->multi) {
        return;
    }
    curl_multi_cleanup(loop->multi); /* closes the connections that are kept */
    uv_close((uv_handle_t *)&loop->timer, NULL);
    uv_close((uv_handle_t *)&loop->prepare, NULL);
    uv_run(loop->uv, UV_RUN_DEFAULT);
    free(loop->sockets);
    *loop = (struct http_loop){.multi = NULL};
}

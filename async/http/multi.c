/* curl's multi interface on libuv. The simple way would cost time in three places:
 * - A timeout of zero: a timer would take a millisecond in each request. Here it runs
 *   before the loop sleeps.
 * - A uv_poll_t for each socket: libuv makes five system calls before it watches a
 *   socket, 4 us a connection. Here curl's sockets are in an epoll of their own, and
 *   libuv watches that epoll.
 * - Each reuse of a connection: its socket would be taken out and put back. Here it
 *   stays. */
#include "async/http/multi.h"

#include <errno.h>
#include <limits.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <uv.h>

enum { EVENTS_AT_ONCE = 256 };

/* The state of a descriptor. All zero: it is not in the epoll. */
struct multi_socket {
    uint32_t events; /* its watched events; 0: it is not in the epoll */
    /* curl does not use it now, but will use it again, so it stays watched. */
    bool is_idle;
    /* It is curl's own, and curl closes it without telling, so it must not stay
     * watched. */
    bool is_curls_own;
};

/* On the heap: libuv releases them after the multi is closed. */
struct multi_handles {
    uv_timer_t timer;     /* for curl's timeouts of a millisecond or more */
    uv_prepare_t prepare; /* for a timeout of zero: before the loop sleeps */
    uv_poll_t poll;       /* watches the epoll */
    int open_count;
};

static void read_messages(struct async_multi *multi) {
    CURLMsg *message;
    int left;
    while ((message = curl_multi_info_read(multi->curl, &left))) {
        if (message->msg == CURLMSG_DONE) {
            CURL *easy = message->easy_handle;
            CURLcode code = message->data.result;
            multi->on_done(easy, code, multi->context);
        }
    }
}

/* -- Sockets ----------------------------------------------------------------------- */

/* Takes a socket out of the epoll. */
static void stop_watching(struct async_multi *multi, curl_socket_t fd) {
    epoll_ctl(multi->epoll_fd, EPOLL_CTL_DEL, fd, NULL);
    multi->sockets[fd].events = 0;
}

/* If a connection is idle, an event means that the server has closed it; curl finds
 * that out when it reuses the connection. An event may be stale, if one before it has
 * closed the descriptor: curl checks for itself whether a socket is ready. */
static void on_ready(struct async_multi *multi, const struct epoll_event *event) {
    if (multi->sockets[event->data.fd].is_idle) {
        stop_watching(multi, event->data.fd);
        return;
    }
    int flags = event->events & EPOLLIN ? CURL_CSELECT_IN : 0;
    flags |= event->events & EPOLLOUT ? CURL_CSELECT_OUT : 0;
    flags |= event->events & (EPOLLERR | EPOLLHUP) ? CURL_CSELECT_ERR : 0;
    int running;
    curl_multi_socket_action(multi->curl, event->data.fd, flags, &running);
    read_messages(multi);
}

/* Handles one batch of events. If more are left, libuv calls this again. */
static void on_poll(uv_poll_t *poll, int status, int uv_events) {
    (void)status, (void)uv_events;
    struct async_multi *multi = poll->data;
    struct epoll_event events[EVENTS_AT_ONCE];
    int count = epoll_wait(multi->epoll_fd, events, EVENTS_AT_ONCE, 0);
    for (int i = 0; i < count; i++) {
        on_ready(multi, &events[i]);
    }
}

/* False: out of memory. */
static bool make_room(struct async_multi *multi, curl_socket_t fd) {
    size_t index = (size_t)fd;
    if (index < multi->socket_count) {
        return true;
    }
    size_t count = 2 * index + 16;
    struct multi_socket *sockets =
        realloc(multi->sockets, count * sizeof *multi->sockets);
    if (!sockets) {
        return false;
    }
    memset(sockets + multi->socket_count, 0,
           (count - multi->socket_count) * sizeof *sockets);
    multi->sockets = sockets;
    multi->socket_count = count;
    return true;
}

/* Descriptors that are no TCP sockets are curl's signal pairs: a thread that resolves a
 * name wakes curl by one. */
static bool is_tcp(curl_socket_t fd) {
    int protocol = 0;
    socklen_t length = sizeof protocol;
    getsockopt(fd, SOL_SOCKET, SO_PROTOCOL, &protocol, &length);
    return protocol == IPPROTO_TCP;
}

/* curl 7.88 closes a socket that it could not connect without calling close_socket(), so
 * the socket may be a new one of the same number, which is not in the epoll. */
static bool watch(struct async_multi *multi, curl_socket_t fd, uint32_t events) {
    struct multi_socket *watched = &multi->sockets[fd];
    struct epoll_event event = {.events = events, .data.fd = fd};
    bool is_watched = watched->events != 0;
    watched->events = events;
    if (is_watched && epoll_ctl(multi->epoll_fd, EPOLL_CTL_MOD, fd, &event) == 0) {
        return true;
    }
    watched->is_curls_own = !is_tcp(fd);
    return epoll_ctl(multi->epoll_fd, EPOLL_CTL_ADD, fd, &event) == 0;
}

/* A connection that is reused is watched already. But it was last watched for input: if
 * curl wants to write first, the socket may be a new one (see watch()). */
static bool is_watched(const struct multi_socket *watched, uint32_t events) {
    return events == watched->events && !(watched->is_idle && events & EPOLLOUT);
}

static int on_interest(CURL *easy, curl_socket_t fd, int what, void *context,
                       void *assigned) {
    (void)easy, (void)assigned;
    struct async_multi *multi = context;
    if (!make_room(multi, fd)) {
        return -1;
    }
    struct multi_socket *watched = &multi->sockets[fd];
    uint32_t events =
        (what & CURL_POLL_IN ? EPOLLIN : 0) | (what & CURL_POLL_OUT ? EPOLLOUT : 0);
    bool is_done = what != CURL_POLL_REMOVE && is_watched(watched, events);
    watched->is_idle = what == CURL_POLL_REMOVE;
    if (watched->is_idle) {
        if (watched->is_curls_own) {
            stop_watching(multi, fd);
        }
        return 0;
    }
    return is_done || watch(multi, fd, events) ? 0 : -1;
}

static int close_socket(void *context, curl_socket_t fd) {
    struct async_multi *multi = context;
    if ((size_t)fd < multi->socket_count) {
        multi->sockets[fd] = (struct multi_socket){.events = 0};
    }
    return close(fd); /* this takes it out of the epoll */
}

/* -- Time -------------------------------------------------------------------------- */

static void time_out(struct async_multi *multi) {
    int running;
    curl_multi_socket_action(multi->curl, CURL_SOCKET_TIMEOUT, 0, &running);
    read_messages(multi);
}

static void on_timer(uv_timer_t *timer) {
    time_out(timer->data);
}

/* The loop is needed because curl may set a timeout of zero again. */
static void on_prepare(uv_prepare_t *prepare) {
    while (uv_is_active((uv_handle_t *)prepare)) {
        uv_prepare_stop(prepare);
        time_out(prepare->data);
    }
}

/* curl asks to be called after this time. It cannot be called from here, because it is
 * not reentrant. */
static int on_timeout_change(CURLM *curl, long timeout_ms, void *context) {
    (void)curl;
    struct async_multi *multi = context;
    uv_timer_t *timer = &multi->handles->timer;
    uv_prepare_stop(&multi->handles->prepare);
    uv_timer_stop(timer);
    if (timeout_ms == 0) {
        uv_prepare_start(&multi->handles->prepare, on_prepare);
    } else if (timeout_ms > 0) {
        uv_update_time(timer->loop); /* with a stale clock the timer would fire early */
        uv_timer_start(timer, on_timer, (uint64_t)timeout_ms, 0);
    }
    return 0;
}

/* -- Its life ---------------------------------------------------------------------- */

static void free_with_last(uv_handle_t *handle) {
    struct multi_handles *handles = handle->data;
    if (--handles->open_count == 0) {
        free(handles);
    }
}

/* NULL with errno: out of memory, or the epoll cannot be watched. */
static struct multi_handles *open_handles(struct async_multi *multi, uv_loop_t *uv) {
    struct multi_handles *handles = calloc(1, sizeof *handles);
    int code = handles ? -uv_poll_init(uv, &handles->poll, multi->epoll_fd) : ENOMEM;
    if (code != 0) {
        free(handles);
        errno = code;
        return NULL;
    }
    uv_timer_init(uv, &handles->timer);
    uv_prepare_init(uv, &handles->prepare);
    handles->timer.data = handles->prepare.data = handles->poll.data = multi;
    handles->open_count = 3;
    uv_poll_start(&handles->poll, UV_READABLE, on_poll);
    return handles;
}

static void close_handles(struct multi_handles *handles) {
    handles->timer.data = handles->prepare.data = handles->poll.data = handles;
    uv_close((uv_handle_t *)&handles->poll, free_with_last);
    uv_close((uv_handle_t *)&handles->timer, free_with_last);
    uv_close((uv_handle_t *)&handles->prepare, free_with_last);
}

bool async_multi_open(struct async_multi *multi, struct uv_loop_s *uv,
                      void (*on_done)(CURL *easy, CURLcode code, void *context),
                      void *context) {
    *multi = (struct async_multi){
        .curl = curl_multi_init(),
        .epoll_fd = -1,
        .on_done = on_done,
        .context = context,
    };
    errno = ENOMEM; /* curl_multi_init() fails for nothing else */
    if (multi->curl && (multi->epoll_fd = epoll_create1(EPOLL_CLOEXEC)) >= 0) {
        multi->handles = open_handles(multi, uv);
    }
    if (!multi->handles) {
        int code = errno;
        curl_multi_cleanup(multi->curl);
        if (multi->epoll_fd >= 0) {
            close(multi->epoll_fd);
        }
        *multi = (struct async_multi){.curl = NULL};
        errno = code;
        return false;
    }
    curl_multi_setopt(multi->curl, CURLMOPT_SOCKETFUNCTION, on_interest);
    curl_multi_setopt(multi->curl, CURLMOPT_SOCKETDATA, multi);
    curl_multi_setopt(multi->curl, CURLMOPT_TIMERFUNCTION, on_timeout_change);
    curl_multi_setopt(multi->curl, CURLMOPT_TIMERDATA, multi);
    /* Whenever a transfer ends, curl would search a smaller cache for its oldest
     * connection. */
    curl_multi_setopt(multi->curl, CURLMOPT_MAXCONNECTS, (long)INT_MAX);
    return true;
}

bool async_multi_start(struct async_multi *multi, CURL *easy) {
    curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, close_socket);
    curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, multi);
    curl_multi_remove_handle(multi->curl, easy);
    CURLMcode code = curl_multi_add_handle(multi->curl, easy);
    errno = code == CURLM_ADDED_ALREADY ? EBUSY : ENOMEM;
    return code == CURLM_OK;
}

void async_multi_stop(struct async_multi *multi, CURL *easy) {
    curl_multi_remove_handle(multi->curl, easy);
}

void async_multi_close(struct async_multi *multi) {
    if (!multi->curl) {
        return;
    }
    curl_multi_cleanup(multi->curl);
    close_handles(multi->handles);
    close(multi->epoll_fd);
    free(multi->sockets);
    *multi = (struct async_multi){.curl = NULL};
}

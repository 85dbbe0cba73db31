/* curl's multi interface on libuv. Three things cost, where they are done naively:
 * - a timeout of zero through a timer: a millisecond a request. Here it runs before the
 * loop sleeps.
 * - a uv_poll_t for each socket: libuv tries and asks the socket five times before it
 * watches it, 4 us a connection. Here curl's sockets are in an epoll of their own, and
 * libuv watches that one.
 * - a socket taken out and put back at each reuse of its connection: it stays. */
#include "async/http/multi.h"

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

/* What the epoll knows of a descriptor; all zero: nothing. */
struct multi_socket {
    uint32_t events;   /* what it is watched for; 0: it is not in the epoll */
    bool is_idle;      /* curl lost interest; it stays watched, curl will come back */
    bool is_curls_own; /* it will not: curl closes this one without a word */
};

/* On the heap: libuv gives them back after the multi is closed. */
struct multi_handles {
    uv_timer_t timer;     /* curl's own, for timeouts in milliseconds */
    uv_prepare_t prepare; /* a timeout of zero: now, before the loop sleeps */
    uv_poll_t poll;       /* on the epoll */
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

/* -- Sockets --------------------------------------------------------------------- */

/* The server closed a connection that nobody uses: curl finds out at its reuse. */
static void stop_watching(struct async_multi *multi, curl_socket_t fd) {
    epoll_ctl(multi->epoll_fd, EPOLL_CTL_DEL, fd, NULL);
    multi->sockets[fd].events = 0;
}

/* An event may be stale, of a descriptor that one before it closed: curl looks for
 * itself whether a socket is ready. */
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

/* Once around; what is left over makes libuv call again. */
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

/* The others are curl's signal pairs, by which a thread that resolves a name is
 * heard. */
static bool is_tcp(curl_socket_t fd) {
    int protocol = 0;
    socklen_t length = sizeof protocol;
    getsockopt(fd, SOL_SOCKET, SO_PROTOCOL, &protocol, &length);
    return protocol == IPPROTO_TCP;
}

static bool watch(struct async_multi *multi, curl_socket_t fd, uint32_t events) {
    struct multi_socket *watched = &multi->sockets[fd];
    struct epoll_event event = {.events = events, .data.fd = fd};
    int how = EPOLL_CTL_MOD;
    if (watched->events == 0) {
        how = EPOLL_CTL_ADD;
        watched->is_curls_own = !is_tcp(fd);
    }
    watched->events = events;
    return epoll_ctl(multi->epoll_fd, how, fd, &event) == 0;
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
    watched->is_idle = what == CURL_POLL_REMOVE;
    if (watched->is_idle) {
        if (watched->is_curls_own) {
            stop_watching(multi, fd);
        }
        return 0;
    }
    return events == watched->events || watch(multi, fd, events) ? 0 : -1;
}

static int close_socket(void *context, curl_socket_t fd) {
    struct async_multi *multi = context;
    if ((size_t)fd < multi->socket_count) {
        multi->sockets[fd] = (struct multi_socket){.events = 0};
    }
    return close(fd); /* leaves the epoll by that */
}

/* -- Time ------------------------------------------------------------------------ */

static void time_out(struct async_multi *multi) {
    int running;
    curl_multi_socket_action(multi->curl, CURL_SOCKET_TIMEOUT, 0, &running);
    read_messages(multi);
}

static void on_timer(uv_timer_t *timer) {
    time_out(timer->data);
}

/* May ask for the same again. */
static void on_prepare(uv_prepare_t *prepare) {
    while (uv_is_active((uv_handle_t *)prepare)) {
        uv_prepare_stop(prepare);
        time_out(prepare->data);
    }
}

/* curl wants to be called after so long; not from here, it is not reentrant. */
static int on_timeout_change(CURLM *curl, long timeout_ms, void *context) {
    (void)curl;
    struct async_multi *multi = context;
    uv_timer_t *timer = &multi->handles->timer;
    uv_prepare_stop(&multi->handles->prepare);
    uv_timer_stop(timer);
    if (timeout_ms == 0) {
        uv_prepare_start(&multi->handles->prepare, on_prepare);
    } else if (timeout_ms > 0) {
        uv_update_time(timer->loop); /* with a stale clock it would fire early */
        uv_timer_start(timer, on_timer, (uint64_t)timeout_ms, 0);
    }
    return 0;
}

/* -- Its life -------------------------------------------------------------------- */

static void free_with_last(uv_handle_t *handle) {
    struct multi_handles *handles = handle->data;
    if (--handles->open_count == 0) {
        free(handles);
    }
}

/* NULL: out of memory, or the epoll cannot be watched. */
static struct multi_handles *open_handles(struct async_multi *multi, uv_loop_t *uv) {
    struct multi_handles *handles = calloc(1, sizeof *handles);
    if (!handles || uv_poll_init(uv, &handles->poll, multi->epoll_fd) != 0) {
        free(handles);
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
        .epoll_fd = epoll_create1(EPOLL_CLOEXEC),
        .on_done = on_done,
        .context = context,
    };
    if (multi->curl && multi->epoll_fd >= 0) {
        multi->handles = open_handles(multi, uv);
    }
    if (!multi->handles) {
        curl_multi_cleanup(multi->curl);
        if (multi->epoll_fd >= 0) {
            close(multi->epoll_fd);
        }
        *multi = (struct async_multi){.curl = NULL};
        return false;
    }
    curl_multi_setopt(multi->curl, CURLMOPT_SOCKETFUNCTION, on_interest);
    curl_multi_setopt(multi->curl, CURLMOPT_SOCKETDATA, multi);
    curl_multi_setopt(multi->curl, CURLMOPT_TIMERFUNCTION, on_timeout_change);
    curl_multi_setopt(multi->curl, CURLMOPT_TIMERDATA, multi);
    /* A smaller cache would be searched for its oldest connection at each end. */
    curl_multi_setopt(multi->curl, CURLMOPT_MAXCONNECTS, (long)INT_MAX);
    return true;
}

bool async_multi_start(struct async_multi *multi, CURL *easy) {
    curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, close_socket);
    curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, multi);
    curl_multi_remove_handle(multi->curl, easy);
    return curl_multi_add_handle(multi->curl, easy) == CURLM_OK;
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

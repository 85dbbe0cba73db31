/* Connects sockets before the clock starts, and hands them to curl. curl itself connects
 * them, so that they are tried at the same addresses, in the same order and for as long
 * as the connections that a request opens. */
#include "models/http/warm.h"
#include "base/clock.h"
#include "base/descriptors.h"
#include "models/http/waking.h"

#include <curl/curl.h>
#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* So many connections are made at a time. A server's queue of new connections may have
 * room for 100 only, and curl looks up each name in a thread. */
enum { MOST_AT_ONCE = 64 };

/* One connection that is being made. */
struct attempt {
    CURL *easy;
    CURLU *url;
    int *place;       /* of its socket, in workload->warm_sockets */
    int socket_errno; /* why no socket could be opened; 0: none failed */
};

static curl_socket_t open_socket(void *context, curlsocktype purpose,
                                 struct curl_sockaddr *address) {
    struct attempt *attempt = context;
    (void)purpose;
    return descriptors_open_socket(address->family, address->socktype,
                                   address->protocol, &attempt->socket_errno);
}

/* The socket that is taken from curl stays open. */
static int close_socket(void *context, curl_socket_t fd) {
    const int *place = context;
    return fd == *place ? 0 : close(fd);
}

/* Makes http://host:port of a URL: the connection without its TLS, which belongs to the
 * request. */
static bool set_target(struct attempt *attempt, const char *url, struct error *error) {
    char *port = NULL;
    attempt->url = curl_url();
    bool ok = attempt->url &&
              curl_url_set(attempt->url, CURLUPART_URL, url, 0) == CURLUE_OK &&
              curl_url_get(attempt->url, CURLUPART_PORT, &port, CURLU_DEFAULT_PORT) ==
                  CURLUE_OK &&
              curl_url_set(attempt->url, CURLUPART_PORT, port, 0) == CURLUE_OK &&
              curl_url_set(attempt->url, CURLUPART_SCHEME, "http", 0) == CURLUE_OK;
    curl_free(port);
    return ok || error_input(error, "'%.200s' is no URL", url);
}

static bool attempt_open(struct attempt *attempt, const struct workload *workload,
                         int32_t conversation, struct error *error) {
    char url[WORKLOAD_URL_BYTES];
    *attempt = (struct attempt){.easy = curl_easy_init(),
                                .place = &workload->warm_sockets[conversation]};
    CURL *easy = attempt->easy;
    if (!easy) {
        return error_failed(error, "out of memory for curl");
    }
    if (!set_target(attempt, workload_url(workload, conversation, 0, url), error)) {
        return false;
    }
    int64_t timeout_ms = (workload->timeout_ns + NS_PER_MS - 1) / NS_PER_MS;
    curl_easy_setopt(easy, CURLOPT_CURLU, attempt->url);
    curl_easy_setopt(easy, CURLOPT_CONNECT_ONLY, 1L);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)timeout_ms); /* 0: curl's own */
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
    curl_easy_setopt(easy, CURLOPT_PRIVATE, attempt);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, attempt);
    curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, close_socket);
    curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, attempt->place);
    return true;
}

/* Also ends an attempt that is under way. */
static void attempt_close(struct attempt *attempt, CURLM *multi) {
    if (attempt->easy) {
        curl_multi_remove_handle(multi, attempt->easy);
    }
    curl_easy_cleanup(attempt->easy);
    curl_url_cleanup(attempt->url);
    *attempt = (struct attempt){.easy = NULL};
}

/* Says why an attempt failed, and to which host. */
static bool explain(const struct attempt *attempt, CURLcode code, struct error *error) {
    char *host = NULL;
    char *port = NULL;
    long os_error = 0;
    curl_url_get(attempt->url, CURLUPART_HOST, &host, 0);
    curl_url_get(attempt->url, CURLUPART_PORT, &port, 0);
    curl_easy_getinfo(attempt->easy, CURLINFO_OS_ERRNO, &os_error);
    os_error = attempt->socket_errno ? attempt->socket_errno : os_error;
    if (code == CURLE_COULDNT_RESOLVE_HOST) {
        error_failed(error, "cannot find the host %s", host);
    } else {
        error_failed(error, "cannot connect to %s port %s: %s", host, port,
                     code == CURLE_COULDNT_CONNECT && os_error
                         ? strerror((int)os_error)
                         : curl_easy_strerror(code));
    }
    curl_free(host);
    curl_free(port);
    return false;
}

/* Takes the sockets of the attempts that have ended. False: one has failed. */
static bool take_sockets(CURLM *multi, struct error *error) {
    CURLMsg *message;
    int left;
    bool ok = true;
    while (ok && (message = curl_multi_info_read(multi, &left))) {
        struct attempt *attempt = NULL;
        curl_socket_t fd = CURL_SOCKET_BAD;
        CURLcode code = message->data.result;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&attempt);
        curl_easy_getinfo(attempt->easy, CURLINFO_ACTIVESOCKET, &fd);
        *attempt->place = code == CURLE_OK ? fd : -1;
        ok = *attempt->place >= 0 || explain(attempt, code, error);
    }
    return ok;
}

/* Waits until all attempts have ended, or one has failed. */
static bool await_all(CURLM *multi, struct error *error) {
    int running = 1;
    while (running > 0) {
        CURLMcode code = curl_multi_perform(multi, &running);
        if (!code && running > 0) {
            code = curl_multi_poll(multi, NULL, 0, WAKING_MS, NULL);
        }
        if (code) {
            return error_failed(error, "cannot connect: %s", curl_multi_strerror(code));
        }
        if (!take_sockets(multi, error)) {
            return false;
        }
    }
    return true;
}

/* Connects the conversations from `first` on, at most MOST_AT_ONCE. */
static bool connect_some(const struct workload *workload, int32_t first, CURLM *multi,
                         struct attempt *attempts, struct error *error) {
    int32_t count = workload->conversations - first;
    count = count < MOST_AT_ONCE ? count : MOST_AT_ONCE;
    bool ok = true;
    for (int32_t i = 0; ok && i < count; i++) {
        ok = attempt_open(&attempts[i], workload, first + i, error);
        if (ok) {
            curl_multi_add_handle(multi, attempts[i].easy);
        }
    }
    ok = ok && await_all(multi, error);
    for (int32_t i = 0; i < count; i++) {
        attempt_close(&attempts[i], multi);
    }
    return ok;
}

static bool connect_all(const struct workload *workload, struct error *error) {
    CURLM *multi = curl_multi_init();
    struct attempt *attempts = calloc(MOST_AT_ONCE, sizeof *attempts);
    bool ok = multi && attempts;
    if (!ok) {
        error_failed(error, "out of memory or descriptors for curl");
    }
    for (int32_t i = 0; ok && i < workload->conversations; i += MOST_AT_ONCE) {
        ok = connect_some(workload, i, multi, attempts, error);
    }
    free(attempts);
    curl_multi_cleanup(multi);
    return ok;
}

bool warm_connect(struct workload *workload, struct error *error) {
    size_t count = (size_t)workload->conversations;
    workload->warm_sockets = malloc(count * sizeof *workload->warm_sockets);
    if (!workload->warm_sockets) {
        return error_failed(error, "out of memory");
    }
    memset(workload->warm_sockets, -1, count * sizeof *workload->warm_sockets);
    return connect_all(workload, error);
}

void warm_close(struct workload *workload) {
    for (int32_t i = 0; workload->warm_sockets && i < workload->conversations; i++) {
        if (workload->warm_sockets[i] >= 0) {
            close(workload->warm_sockets[i]);
        }
    }
    free(workload->warm_sockets);
    workload->warm_sockets = NULL;
}

/* curl calls connect() again for a socket that it is given. Linux lets this succeed
 * once if the first connect() did not wait, as curl's own does not. curl's way to take a
 * connected socket, CURL_SOCKOPT_ALREADY_CONNECTED, fails with EISCONN in 7.88. */
int warm_take(const struct workload *workload, int32_t conversation) {
    if (!workload->warm_sockets) {
        return -1;
    }
    int fd = workload->warm_sockets[conversation];
    workload->warm_sockets[conversation] = -1;
    return fd;
}

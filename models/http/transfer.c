/* One conversation's curl handle: sets what it sends, and makes an event of its
 * result. */
#include "models/http/transfer.h"
#include "base/clock.h"
#include "base/descriptors.h"
#include "models/http/idle.h"
#include "models/http/waking.h"
#include "models/http/warm.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

/* curl 7.88 has no limit of its own for the headers of an answer. Servers send a few
 * KiB. */
enum { MOST_HEADER_BYTES = 256 * 1024 };

/* curl closes a connection by itself after 118 idle seconds, which are short for a
 * conversation that waits in a line. A year is long enough. */
static const long most_idle_s = 365L * 24 * 3600;

static size_t on_header(char *bytes, size_t size, size_t count, void *context) {
    static const char name[] = "Server-Timing:";
    struct transfer *transfer = context;
    struct event *event = transfer->event;
    size_t length = size * count;
    transfer->header_bytes += length;
    if (transfer->header_bytes > MOST_HEADER_BYTES) {
        return 0; /* makes curl give the request up */
    }
    if (event->first_byte_ns == 0) {
        event->first_byte_ns = clock_now_ns();
    }
    if (length > sizeof name && !strncasecmp(bytes, name, sizeof name - 1)) {
        int64_t hold_ns = event->send_ns;
        event_read_server_timing(event, bytes + sizeof name - 1,
                                 length - (sizeof name - 1));
        if (hold_ns >= 0) {
            event->send_ns = hold_ns; /* the send was this client's own */
        }
    }
    return length;
}

static size_t discard_body(char *bytes, size_t size, size_t count, void *context) {
    (void)bytes, (void)context;
    return size * count;
}

/* curl calls this when the request has a connection. Before, curl's counts belong to
 * the previous request. */
static int on_turn(void *context, char *to, char *from, int to_port, int from_port) {
    (void)to, (void)from, (void)to_port, (void)from_port;
    struct transfer *transfer = context;
    transfer->is_turned_to = true;
    return CURL_PREREQFUNC_OK;
}

static enum event_error explain_errno(int number, enum event_error otherwise) {
    switch (number) {
    case ECONNREFUSED:
        return EVENT_REFUSED;
    case ECONNRESET:
    case EPIPE:
        return EVENT_RESET;
    case ETIMEDOUT: /* the kernel gave up; the workload may have no timeout */
        return EVENT_TIMEOUT;
    case EMFILE:
    case ENFILE:
    case ENOBUFS:
    case ENOMEM:
    case EADDRNOTAVAIL:
        return EVENT_LIMIT;
    default:
        return otherwise;
    }
}

/* How the connection of a request that was sent ended: curl notes a number for a reset,
 * and none for an end. */
static enum event_error explain_loss(const struct transfer *transfer) {
    long os_error = 0;
    curl_easy_getinfo(transfer->easy, CURLINFO_OS_ERRNO, &os_error);
    return explain_errno((int)os_error, EVENT_TRUNCATED);
}

static int take_warm(const struct transfer *transfer) {
    int fd = warm_take(transfer->workload, transfer->conversation);
    if (fd >= 0 && idle_is_closed(fd)) {
        close(fd);
        return -1;
    }
    return fd;
}

/* If a kept connection ends before the first byte of the answer, curl opens a new one
 * and sends the request again, and no option forbids it. A server may have done the
 * request the first time, so here the request gets no second socket. */
static curl_socket_t open_socket(void *context, curlsocktype purpose,
                                 struct curl_sockaddr *address) {
    struct transfer *transfer = context;
    (void)purpose;
    if (transfer_is_sent(transfer)) {
        transfer->loss = explain_loss(transfer);
        return CURL_SOCKET_BAD;
    }
    int fd = take_warm(transfer);
    if (fd >= 0) {
        return fd;
    }
    transfer->event->is_reopened = transfer->has_connection;
    return descriptors_open_socket(address->family, address->socktype,
                                   address->protocol, &transfer->socket_errno);
}

/* Settings for a server that is not the mock API. Its operator can recognise this load
 * by the User-Agent. SSL_CERT_FILE names the certificate authorities to trust, as for
 * OpenSSL and Python. */
static void set_own_api(CURL *easy) {
    const char *authorities = getenv("SSL_CERT_FILE");
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "simul");
    if (authorities && *authorities) {
        curl_easy_setopt(easy, CURLOPT_CAINFO, authorities);
    }
}

static void set_connections(struct transfer *transfer) {
    CURL *easy = transfer->easy;
    switch (transfer->workload->connections) {
    case CONNECTIONS_KEEP:
    case CONNECTIONS_WARM:
        break;
    case CONNECTIONS_CLOSE:
        transfer->headers = curl_slist_append(NULL, "Connection: close");
        curl_easy_setopt(easy, CURLOPT_HTTPHEADER, transfer->headers);
        curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
        curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L);
        break;
    }
}

bool transfer_open(struct transfer *transfer, const struct workload *workload,
                   int32_t conversation) {
    *transfer = (struct transfer){
        .easy = curl_easy_init(),
        .workload = workload,
        .conversation = conversation,
    };
    CURL *easy = transfer->easy;
    if (!easy) {
        return false;
    }
    curl_easy_setopt(easy, CURLOPT_PRIVATE, transfer);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L); /* no alarm(): there are threads */
    curl_easy_setopt(easy, CURLOPT_PROXY, "");    /* not the environment's */
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1);
    /* The least that curl takes: there may be thousands of requests in flight. */
    curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, 1024L);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, transfer);
    curl_easy_setopt(easy, CURLOPT_MAXAGE_CONN, most_idle_s);
    /* After a timeout, do not wait for a resolver that still waits for its answer. */
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
    curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, on_turn);
    curl_easy_setopt(easy, CURLOPT_PREREQDATA, transfer);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, transfer);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, discard_body);
    /* curl counts in milliseconds: rounded up, so that a timeout is never early. */
    int64_t timeout_ms = (workload->timeout_ns + NS_PER_MS - 1) / NS_PER_MS;
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)timeout_ms);
    set_connections(transfer);
    if (workload->urls) {
        set_own_api(easy);
    }
    char text[WORKLOAD_URL_BYTES];
    transfer->has_name =
        waking_host_is_name(workload_url(workload, conversation, 0, text));
    return true;
}

void transfer_close(struct transfer *transfer) {
    curl_easy_cleanup(transfer->easy);
    curl_share_cleanup(transfer->share);
    curl_slist_free_all(transfer->headers);
    *transfer = (struct transfer){.easy = NULL};
}

/* Whether the conversation has a connection already. After a failure the client itself
 * has closed it. */
static bool has_connection(const struct transfer *transfer) {
    if (transfer->round == 0) {
        return transfer->workload->warm_sockets != NULL;
    }
    enum event_error last = transfer->event[-1].error;
    return transfer->workload->connections != CONNECTIONS_CLOSE &&
           (last == EVENT_OK || last == EVENT_STATUS);
}

/* curl notices that the server has closed a kept connection, but not if bytes came
 * before the end: TLS says goodbye, and some servers send a 408. */
static void leave_closed_connection(const struct transfer *transfer) {
    curl_socket_t fd = CURL_SOCKET_BAD;
    curl_easy_getinfo(transfer->easy, CURLINFO_ACTIVESOCKET, &fd);
    if (fd != CURL_SOCKET_BAD && idle_is_closed(fd)) {
        idle_end(fd);
    }
}

void transfer_begin(struct transfer *transfer, int32_t round) {
    const struct workload *workload = transfer->workload;
    char text[WORKLOAD_URL_BYTES];
    transfer->round = round;
    transfer->socket_errno = 0;
    transfer->is_turned_to = false;
    transfer->header_bytes = 0;
    transfer->event = workload_begin(workload, transfer->conversation, round);
    transfer->loss = EVENT_OK;
    transfer->has_connection = has_connection(transfer);
    workload_hold_send(workload, transfer->event);
    if (round > 0 && transfer->has_connection) {
        leave_closed_connection(transfer);
    }
    curl_easy_setopt(transfer->easy, CURLOPT_URL,
                     workload_url(workload, transfer->conversation, round, text));
}

/* If curl cannot look up a name or read a certificate, it does not say whether it
 * lacked a descriptor. So this function tries to open one. */
static enum event_error explain_lack(enum event_error otherwise) {
    int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return explain_errno(errno, otherwise);
    }
    close(fd);
    return otherwise;
}

static enum event_error explain(CURLcode code, long status, long os_error,
                                bool is_sent) {
    switch (code) {
    case CURLE_OK: /* redirects are not followed, so they are errors */
        return status > 0 && (status < 200 || status >= 300) ? EVENT_STATUS : EVENT_OK;
    case CURLE_COULDNT_CONNECT:
        return explain_errno((int)os_error, EVENT_REFUSED);
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
        return explain_errno((int)os_error, EVENT_RESET);
    case CURLE_OPERATION_TIMEDOUT:
        return EVENT_TIMEOUT;
    case CURLE_PARTIAL_FILE:
    case CURLE_GOT_NOTHING:
        return EVENT_TRUNCATED;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
        return explain_lack(EVENT_RESOLVE);
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
        return explain_lack(EVENT_TLS);
    case CURLE_OUT_OF_MEMORY: /* in 7.88, also a header line over 100 KiB */
        return is_sent ? EVENT_PROTOCOL : EVENT_LIMIT;
    case CURLE_FAILED_INIT:
        return EVENT_LIMIT;
    default:
        return EVENT_PROTOCOL;
    }
}

void transfer_end(struct transfer *transfer, CURLcode code) {
    int64_t now_ns = clock_now_ns();
    long status = 0;
    long os_error = 0;
    curl_easy_getinfo(transfer->easy, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(transfer->easy, CURLINFO_OS_ERRNO, &os_error);
    os_error = transfer->socket_errno ? transfer->socket_errno : os_error;
    workload_end(transfer->event, (int32_t)status,
                 transfer->loss
                     ? transfer->loss
                     : explain(code, status, os_error, transfer_is_sent(transfer)));
    transfer->event->end_ns = now_ns;
}

bool transfer_needs_waking(const struct transfer *transfer) {
    return transfer->has_name && !transfer->is_turned_to;
}

bool transfer_is_sent(const struct transfer *transfer) {
    long request_bytes = 0;
    curl_easy_getinfo(transfer->easy, CURLINFO_REQUEST_SIZE, &request_bytes);
    return transfer->is_turned_to && request_bytes > 0;
}

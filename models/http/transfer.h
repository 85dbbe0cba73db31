/* One conversation's curl handle. Every C model sends through this, so that all of them
 * put the same bytes on the wire and differ only in how they wait. */
#ifndef SIMUL_MODELS_HTTP_TRANSFER_H
#define SIMUL_MODELS_HTTP_TRANSFER_H

#include "models/runtime/workload.h"

#include <curl/curl.h>

struct transfer {
    CURL *easy; /* its CURLINFO_PRIVATE is the transfer */
    struct curl_slist *headers;
    CURLSH *share; /* the transfer's own cache of connections; NULL: none */
    const struct workload *workload;
    int32_t conversation;
    int32_t round;
    struct event *event; /* of the request under way */
    bool is_turned_to;   /* curl has a connection for it, and counts its bytes */
    bool has_name;       /* its host is a name, which may have many addresses */
    size_t header_bytes; /* of its answer, so far */
    int socket_errno;    /* why this request got no socket; 0: it got one */
    bool has_connection; /* from before: warm, or kept since the last answer */
    /* utlist's names, for the list of an http_loop that wakes; prev is NULL: it is in no
     * list */
    struct transfer *prev;
    struct transfer *next;
    /* EVENT_OK, or how this request lost its connection after it was sent */
    enum event_error loss;
};

/* Makes the handle, but no socket yet. Returns false if memory or descriptors are
 * short; the transfer is then closed. It must not move in memory until
 * transfer_close(). */
bool transfer_open(struct transfer *transfer, const struct workload *workload,
                   int32_t conversation);
void transfer_close(struct transfer *transfer);

/* Begins the event of a round, does the client's own part of the send (which holds the
 * calling thread, if the workload says so), and prepares the handle. */
void transfer_begin(struct transfer *transfer, int32_t round);

/* Records that the request ends now, with the result that curl reports. */
void transfer_end(struct transfer *transfer, CURLcode code);

/* The transfer connects to one of several addresses. While this is so, curl has to be
 * woken every WAKING_MS (models/http/waking.h). */
bool transfer_needs_waking(const struct transfer *transfer);

/* The request is on the wire. */
bool transfer_is_sent(const struct transfer *transfer);

#endif

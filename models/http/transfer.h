/* One conversation's curl handle. Every C model sends through this, so that all of them
 * put the same bytes on the wire and differ only in how they wait. */
#ifndef SIMUL_MODELS_HTTP_TRANSFER_H
#define SIMUL_MODELS_HTTP_TRANSFER_H

#include "models/runtime/workload.h"

#include <curl/curl.h>

struct transfer {
    CURL *easy; /* CURLINFO_PRIVATE leads back to the transfer */
    struct curl_slist *headers;
    CURLSH *share; /* its own cache of connections, on an event loop; else NULL */
    const struct workload *workload;
    int32_t conversation;
    int32_t round;
    struct event *event; /* of the request under way */
    bool is_turned_to;   /* curl has a connection for it: what it counts is of it */
    size_t header_bytes; /* of its answer, so far */
    int socket_errno;    /* why this request got no socket; 0: it got one */
};

/* Makes the handle; no socket yet. False: out of memory or descriptors; then the
 * transfer is closed. The transfer must not move until transfer_close(). */
bool transfer_open(struct transfer *transfer, const struct workload *workload,
                   int32_t conversation);
void transfer_close(struct transfer *transfer);

/* Opens the event of a round, does the client's own part of the send (holding the
 * calling thread where the workload says so), and makes the handle ready to perform. */
void transfer_begin(struct transfer *transfer, int32_t round);

/* Records the end of the request, now, with what curl says became of it. */
void transfer_end(struct transfer *transfer, CURLcode code);

/* The request is on the wire. */
bool transfer_is_sent(const struct transfer *transfer);

#endif

/* A workload: the requests that a model has to make, and the events that it records. */
#ifndef SIMUL_MODELS_RUNTIME_WORKLOAD_H
#define SIMUL_MODELS_RUNTIME_WORKLOAD_H

#include "base/error.h"
#include "models/runtime/event.h"

#include <stdbool.h>
#include <stdint.h>

enum workload_connections {
    CONNECTIONS_KEEP,  /* one connection for each conversation */
    CONNECTIONS_CLOSE, /* one connection for each request */
    CONNECTIONS_WARM,  /* like keep, but connected before the clock starts */
};

enum workload_send_work {
    SEND_WORK_SLEEP, /* a hold sleeps */
    SEND_WORK_CPU,   /* a hold uses as much processor time of its thread */
};

/* Durations are real nanoseconds, already scaled by the harness. */
struct workload {
    const char *url; /* request (c, k) is GET url/c/k; NULL if urls are given */
    char **urls;     /* conversation c asks for urls[c]; NULL if url is given */
    int32_t conversations;
    int32_t rounds;
    int32_t workers;
    int32_t cores;
    int64_t send_hold_ns; /* the client's own part of each send; 0: none */
    enum workload_send_work send_work;
    int64_t timeout_ns; /* for one request; 0: none */
    enum workload_connections connections;
    int *warm_sockets;    /* one a conversation, connected; NULL unless warm */
    int64_t ready_ns;     /* the common start: `ready` of round 0 */
    struct event *events; /* [conversation][round], in memory that children share */
};

#define WORKLOAD_URL_BYTES 2048

/* The event of one request. */
struct event *workload_event(const struct workload *workload, int32_t conversation,
                             int32_t round);

/* The URL of one request; it stands in `text` if it has to be put together. */
const char *workload_url(const struct workload *workload, int32_t conversation,
                         int32_t round, char text[static WORKLOAD_URL_BYTES]);

/* Begins an event: `ready` is the common start or the end of the previous round,
 * `begin` is now, and the API's durations are unknown. */
struct event *workload_begin(const struct workload *workload, int32_t conversation,
                             int32_t round);

/* Does the client's own part of a send: the calling thread sleeps or computes as long
 * as the workload says (0: returns at once), and the event gets the duration. Call this
 * after workload_begin() and before the first byte is sent. */
void workload_hold_send(const struct workload *workload, struct event *event);

/* Records that a request ends now. */
void workload_end(struct event *event, int32_t status, enum event_error error);

/* Records that every request of a conversation failed, for example because no thread
 * could be started for it. */
void workload_fail_conversation(const struct workload *workload, int32_t conversation,
                                enum event_error error);

#endif

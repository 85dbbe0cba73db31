/* What a model is told to do, and where it records what became of it. */
#ifndef SIMUL_MODELS_RUNTIME_WORKLOAD_H
#define SIMUL_MODELS_RUNTIME_WORKLOAD_H

#include "base/error.h"
#include "models/runtime/event.h"

#include <stdbool.h>
#include <stdint.h>

enum workload_connections {
    CONNECTIONS_KEEP,  /* one connection a conversation */
    CONNECTIONS_CLOSE, /* one a request */
    CONNECTIONS_WARM,  /* as keep, connected before the clock starts */
};

enum workload_send_work {
    SEND_WORK_SLEEP, /* a hold sleeps */
    SEND_WORK_CPU,   /* a hold computes: that much processor time of its thread */
};

/* Durations are real nanoseconds, already scaled by the harness. */
struct workload {
    const char *url; /* request (c, k) is GET url/c/k; NULL where urls are given */
    char **urls;     /* conversation c asks for urls[c]; NULL where url is given */
    int32_t conversations;
    int32_t rounds;
    int32_t workers;
    int32_t cores;
    int64_t send_hold_ns; /* the client's own part of each send; 0: none */
    enum workload_send_work send_work;
    int64_t timeout_ns; /* for one request; 0: none */
    enum workload_connections connections;
    int *warm_sockets;    /* one a conversation, connected; NULL unless warm */
    int64_t ready_ns;     /* the common start: round 0 of every conversation */
    struct event *events; /* [conversation][round], in memory that children share */
};

#define WORKLOAD_URL_BYTES 2048

/* The slot of one request. */
struct event *workload_event(const struct workload *workload, int32_t conversation,
                             int32_t round);

/* Its URL; `text` is used where it has to be put together. */
const char *workload_url(const struct workload *workload, int32_t conversation,
                         int32_t round, char text[static WORKLOAD_URL_BYTES]);

/* Opens the slot: ready is the common start or the end of the round before, begin is
 * now, and the API has said nothing yet. */
struct event *workload_begin(const struct workload *workload, int32_t conversation,
                             int32_t round);

/* The client's own part of a send: the calling thread sleeps or computes for as long as
 * the workload says (0: returns at once) and the event is told. Between
 * workload_begin() and the first byte on the wire. */
void workload_hold_send(const struct workload *workload, struct event *event);

/* Records the end, now. */
void workload_end(struct event *event, int32_t status, enum event_error error);

/* Records that a whole conversation could not be had: out of threads, say. */
void workload_fail_conversation(const struct workload *workload, int32_t conversation,
                                enum event_error error);

#endif

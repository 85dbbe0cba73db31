/* What became of one request. Every slot of the array has one writer and is written
 * once, so recording is a plain store, from threads and forked children alike. */
#ifndef SIMUL_MODELS_RUNTIME_EVENT_H
#define SIMUL_MODELS_RUNTIME_EVENT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* Why a request failed; EVENT_OK: it did not. */
enum event_error {
    EVENT_OK,
    EVENT_REFUSED,
    EVENT_RESET,
    EVENT_TIMEOUT,
    EVENT_TRUNCATED, /* the connection ended before the answer did */
    EVENT_PROTOCOL,  /* what came was no HTTP answer */
    EVENT_STATUS,    /* an answer, and not 2xx */
    EVENT_RESOLVE,
    EVENT_TLS,
    EVENT_LIMIT, /* out of threads, descriptors, ports or memory here */
};

/* Times on CLOCK_MONOTONIC, all in nanoseconds. */
struct event {
    int64_t ready_ns;      /* it could have begun */
    int64_t begin_ns;      /* the model set to work on it */
    int64_t first_byte_ns; /* 0: none came */
    int64_t end_ns;        /* its last byte; 0: the event was never recorded */
    int64_t queue_ns;      /* what the API said it did: -1 where it said nothing */
    int64_t send_ns;       /* the API's, or the client's own hold */
    int64_t backlog_ns;
    int64_t response_ns;
    int32_t status; /* of HTTP; 0: none came */
    enum event_error error;
};

/* The error's word in the protocol: "" for EVENT_OK. */
const char *event_error_word(enum event_error error);

/* Reads the value of a Server-Timing field ("queue;dur=0.5, send;dur=5.000000") into
 * queue_ns, send_ns, backlog_ns and response_ns. What is unknown, no number, or beyond
 * thirty years is passed over: a foreign server may say anything. */
void event_read_server_timing(struct event *event, const char *value, size_t length);

/* Writes all of them as CSV with its header line. False where the output failed. */
bool event_print_all(const struct event *events, int32_t conversations, int32_t rounds,
                     FILE *out);

#endif

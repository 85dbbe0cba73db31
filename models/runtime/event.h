/* The record of one request. Every event of the array has one writer, so recording is a
 * plain store without a lock, in threads and in forked children. */
#ifndef SIMUL_MODELS_RUNTIME_EVENT_H
#define SIMUL_MODELS_RUNTIME_EVENT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* Why a request failed; EVENT_OK: it did not fail. */
enum event_error {
    EVENT_OK,
    EVENT_REFUSED,
    EVENT_RESET,
    EVENT_TIMEOUT,
    EVENT_TRUNCATED, /* the connection ended before the answer was complete */
    EVENT_PROTOCOL,  /* the bytes that came are no HTTP answer */
    EVENT_STATUS,    /* an answer whose status is not 2xx */
    EVENT_RESOLVE,
    EVENT_TLS,
    EVENT_LIMIT, /* the client is out of threads, descriptors, ports or memory */
};

/* Everything in nanoseconds. The first four are times on CLOCK_MONOTONIC, the next four
 * are durations that the API reported in Server-Timing; -1: not reported. */
struct event {
    int64_t ready_ns;      /* the request could have begun */
    int64_t begin_ns;      /* the model began to work on the request */
    int64_t first_byte_ns; /* 0: none came */
    int64_t end_ns;        /* the last byte; 0: the end was never recorded */
    int64_t queue_ns;
    int64_t send_ns; /* or the client's own hold */
    int64_t backlog_ns;
    int64_t response_ns;
    int32_t status; /* of HTTP; 0: none came */
    enum event_error error;
    /* The server had closed the conversation's connection before this request was sent,
     * so the request opened a new one, within its own time. */
    bool is_reopened;
};

/* The word for an error in the protocol; "" for EVENT_OK. */
const char *event_error_word(enum event_error error);

/* Reads the value of a Server-Timing field ("queue;dur=0.5, send;dur=5.000000") into
 * queue_ns, send_ns, backlog_ns and response_ns. Ignores an unknown name, a value that
 * is no number, and a time over thirty years: a foreign server may send anything. */
void event_read_server_timing(struct event *event, const char *value, size_t length);

/* Writes a CSV header line, and a row for every event that has an end. The last column,
 * `reopened`, is there only if an event was. Returns false if the output failed. */
bool event_print_all(const struct event *events, int32_t conversations, int32_t rounds,
                     FILE *out);

#endif

/* The events that a model printed. They are read strictly, since any program can be a
 * model. */
#ifndef SIMUL_BENCH_MEASURE_EVENTS_H
#define SIMUL_BENCH_MEASURE_EVENTS_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define EVENTS_HEADER                                                                  \
    "conversation,round,ready_ns,begin_ns,first_byte_ns,end_ns,status,error,queue_ns," \
    "send_ns,backlog_ns,response_ns"

/* The header of a model that had to open a connection anew. */
#define EVENTS_HEADER_REOPENED EVENTS_HEADER ",reopened"

/* The kinds of failure that a model may report; EVENT_OK: no failure. */
enum event_error {
    EVENT_OK,
    EVENT_REFUSED,
    EVENT_RESET,
    EVENT_TIMEOUT,
    EVENT_TRUNCATED,
    EVENT_PROTOCOL,
    EVENT_STATUS,
    EVENT_RESOLVE,
    EVENT_TLS,
    EVENT_LIMIT,
    EVENT_ERROR_COUNT,
};

/* One request. Times in nanoseconds on CLOCK_MONOTONIC; -1: the field was empty. */
struct event {
    bool is_present; /* the model printed a row for it */
    int64_t ready_ns;
    int64_t begin_ns;
    int64_t first_byte_ns;
    int64_t end_ns;
    int64_t queue_ns;
    int64_t send_ns;
    int64_t backlog_ns;
    int64_t response_ns;
    int32_t status;
    enum event_error error;
    /* The server had closed the connection before the request was sent, so the request
     * opened a new one. */
    bool is_reopened;
};

struct events {
    struct event *events; /* [conversation][round], owned */
    int32_t conversations;
    int32_t rounds;
    int64_t present; /* requests that have a row */
};

/* Reads a model's CSV, with or without the last column, `reopened`: 0 or 1, empty is 0.
 * Fails and names the line if the header differs, a field is no
 * number, or a request is none of the scenario's or has two rows. A missing row is no
 * error here. Call events_close() in any case. */
bool events_read(struct events *events, const char *path, int32_t conversations,
                 int32_t rounds, struct error *error);
void events_close(struct events *events);

/* The row of one request, present or not. */
const struct event *events_at(const struct events *events, int32_t conversation,
                              int32_t round);

/* The number of requests that ended with this error (or with EVENT_OK). */
int64_t events_count(const struct events *events, enum event_error error);

/* The time from the common start (the earliest ready) to the last end; 0 if there is no
 * event. */
int64_t events_makespan_ns(const struct events *events);

/* The common start: the earliest ready; 0 if there is no event. */
int64_t events_start_ns(const struct events *events);

/* "ok", "refused", ... */
const char *event_error_name(enum event_error error);

#endif

/* A protocol that writes down what it is told, for the tests of transports. */
#ifndef SIMUL_TESTS_ASYNC_TRACE_H
#define SIMUL_TESTS_ASYNC_TRACE_H

#include "tests/async/loopback.h"

#include <stdio.h>
#include <string.h>

/* The context; its text reads "made data(abc) eof lost(None)". */
struct trace {
    char text[512];
    bool keeps_open; /* at the peer's end */
    struct async_transport *transport;
    struct async_error failure;
    struct async_awaitable *lost; /* set when it is; may be NULL */
};

static inline void trace_add(struct trace *trace, const char *word) {
    size_t length = strlen(trace->text);
    snprintf(trace->text + length, sizeof trace->text - length, "%s%s",
             length > 0 ? " " : "", word);
}

static inline void trace_made(void *context, struct async_transport *transport) {
    struct trace *trace = context;
    trace->transport = transport;
    trace_add(trace, "made");
}

static inline void trace_data(void *context, const void *data, size_t count) {
    char word[100];
    snprintf(word, sizeof word, "data(%.*s)", (int)count, (const char *)data);
    trace_add(context, word);
}

static inline bool trace_eof(void *context) {
    trace_add(context, "eof");
    return ((struct trace *)context)->keeps_open;
}

static inline void trace_lost(void *context, const struct async_error *failure) {
    struct trace *trace = context;
    char word[100];
    snprintf(word, sizeof word, "lost(%s)",
             async_error_name(failure ? failure->kind : ASYNC_OK));
    trace_add(trace, word);
    if (failure) {
        trace->failure = *failure;
    }
    if (trace->lost) {
        async_set_result(trace->lost, NULL, NULL);
    }
}

static inline void trace_pause(void *context) {
    trace_add(context, "pause");
}

static inline void trace_resume(void *context) {
    trace_add(context, "resume");
}

static const struct async_protocol trace_protocol = {
    .connection_made = trace_made,
    .data_received = trace_data,
    .eof_received = trace_eof,
    .connection_lost = trace_lost,
    .pause_writing = trace_pause,
    .resume_writing = trace_resume,
};

/* A transport over one of two sockets, `*peer` is the other. The trace is zeroed
 * before; trace->lost is to be released. */
static inline void trace_open(struct trace *trace, int *peer,
                              struct async_error *error) {
    int pair[2];
    OPEN_PAIR(pair);
    *peer = pair[1];
    trace->lost = async_create_future(NULL);
    GOES_WELL(async_connect_socket(pair[0], &trace_protocol, trace, NULL, error));
}

/* Waits for connection_lost(). */
static inline void trace_await(struct trace *trace, struct async_error *error) {
    GOES_WELL(async_await(trace->lost, NULL, error));
    async_release(trace->lost);
    trace->lost = NULL;
}

#endif

#include "tests/async/support/tracer.h"

#include "tests/async/support/descriptors.h"
#include "tests/async/support/trace.h"

#include <string.h>

static void add(const struct tracer *tracer, const char *words) {
    trace("%s%s%s", tracer->name ? tracer->name : "", tracer->name ? " " : "", words);
}

static void on_made(void *context, struct async_transport *transport) {
    ((struct tracer *)context)->transport = transport;
    add(context, "made");
}

static void on_data(void *context, const void *data, size_t count) {
    char words[100];
    snprintf(words, sizeof words, "data %.*s", (int)count, (const char *)data);
    add(context, words);
}

static bool on_eof(void *context) {
    add(context, "eof");
    return ((struct tracer *)context)->keeps_open;
}

static void on_lost(void *context, const struct async_error *failure) {
    const struct tracer *tracer = context;
    char words[100];
    if (!failure) {
        snprintf(words, sizeof words, "lost");
    } else if (failure->kind == ASYNC_SYSTEM) {
        snprintf(words, sizeof words, "lost %s", strerrorname_np(failure->code));
    } else {
        snprintf(words, sizeof words, "lost %s", async_error_name(failure->kind));
    }
    add(tracer, words);
    if (tracer->lost) {
        async_set_result(tracer->lost, NULL, NULL);
    }
}

static void on_pause(void *context) {
    add(context, "pause");
}

static void on_resume(void *context) {
    add(context, "resume");
}

const struct async_protocol tracer_protocol = {
    .connection_made = on_made,
    .data_received = on_data,
    .eof_received = on_eof,
    .connection_lost = on_lost,
    .pause_writing = on_pause,
    .resume_writing = on_resume,
};

bool tracer_open(struct tracer *tracer, int *peer, struct async_error *error) {
    int pair[2];
    OPEN_PAIR(pair);
    *peer = pair[1];
    tracer->lost = async_create_future(NULL);
    return async_connect_socket(pair[0], &tracer_protocol, tracer, NULL, error);
}

bool tracer_await_end(struct tracer *tracer, struct async_error *error) {
    bool ok = async_await(tracer->lost, NULL, error);
    async_release(tracer->lost);
    tracer->lost = NULL;
    return ok;
}

/* The mock API as a process, and a client of plain sockets, for tests. What cannot fail
 * in a sound test is asserted here; every wait is bounded. */
#ifndef SIMUL_TESTS_SUPPORT_API_H
#define SIMUL_TESTS_SUPPORT_API_H

#include "bench/programs/process.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define API_REPLY_BYTES 16384

struct api {
    struct process process;
    int port;
};

/* Starts simul-mock-api on a free port of 127.0.0.1 with these options besides
 * (NULL-terminated) and waits for its URL. */
void api_start(struct api *api, const char *const options[]);

#define API_START(api, ...)                                                            \
    api_start((api), (const char *const[]){__VA_ARGS__ __VA_OPT__(, ) NULL})

/* SIGTERM; it must exit with 0 within two seconds. */
void api_stop(struct api *api);

/* One connection, with what was read beyond the last reply. */
struct client {
    int fd;
    size_t count;
    char bytes[API_REPLY_BYTES];
};

struct reply {
    int status;
    char head[2048]; /* ends with its last line's "\r\n" */
    char body[API_REPLY_BYTES];
    size_t body_bytes;
};

void client_open(struct client *client, int port);
void client_close(struct client *client);

/* All of the text, for up to ten seconds. */
void client_send(struct client *client, const char *text);

/* The next reply; false where the connection ends before it. */
bool client_read(struct client *client, struct reply *reply, bool head_only);

/* The server has closed, and nothing came before that. */
bool client_at_end(struct client *client);

/* Nothing to read now. */
bool client_is_silent(const struct client *client);

/* One GET of that target over an open connection. */
void client_get(struct client *client, const char *target, struct reply *reply);

/* One GET over a connection of its own. */
void api_get(const struct api *api, const char *target, struct reply *reply);

/* A field's value of the head; "" where it is missing. Valid until the next call. */
const char *reply_field(const struct reply *reply, const char *name);

/* A phase's duration from Server-Timing, in nanoseconds; -1: it is missing. */
int64_t reply_timing_ns(const struct reply *reply, const char *phase);

/* The value of a series of GET /metrics; -1: it is missing. */
long api_metric(const struct api *api, const char *series);

/* Asks for a series until it has that value, for up to ten seconds. */
void api_await_metric(const struct api *api, const char *series, long value);

#endif

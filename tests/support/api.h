/* The mock API as a process, and a client of plain sockets, for tests. These functions
 * assert that nothing fails; every wait has a limit. */
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

/* Starts simul-mock-api on a free port of 127.0.0.1 with these additional options
 * (NULL-terminated), and waits for its URL. */
void api_start(struct api *api, const char *const options[]);

#define API_START(api, ...)                                                            \
    api_start((api), (const char *const[]){__VA_ARGS__ __VA_OPT__(, ) NULL})

/* Sends SIGTERM; the API must exit with 0 within two seconds. */
void api_stop(struct api *api);

/* One connection, and the bytes that were read beyond the last reply. */
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

/* Sends the whole text, for up to ten seconds. */
void client_send(struct client *client, const char *text);

/* Reads the next reply; returns false if the connection ends before it is complete. */
bool client_read(struct client *client, struct reply *reply, bool head_only);

/* The server has closed the connection, and no byte came before that. */
bool client_at_end(struct client *client);

/* There is nothing to read now. */
bool client_is_silent(const struct client *client);

/* Does one GET over an open connection. */
void client_get(struct client *client, const char *target, struct reply *reply);

/* Does one GET over a connection of its own. */
void api_get(const struct api *api, const char *target, struct reply *reply);

/* The value of a header; "" if it is missing. Valid until the next call. */
const char *reply_field(const struct reply *reply, const char *name);

/* The duration of a phase in Server-Timing, in nanoseconds; -1: it is missing. */
int64_t reply_timing_ns(const struct reply *reply, const char *phase);

/* The value of a series of GET /metrics; -1: it is missing. */
long api_metric(const struct api *api, const char *series);

/* Reads a series until it has this value, for up to ten seconds. */
void api_await_metric(const struct api *api, const char *series, long value);

#endif

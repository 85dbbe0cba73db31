/* The mock API as a process, and a client of plain sockets, for tests. */
#include "tests/support/api.h"
#include "base/clock.h"

#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST_WORDS = 32, PATIENCE_MS = 10000 };

void api_start(struct api *api, const char *const options[]) {
    const char *argv[MOST_WORDS] = {TEST_BIN "/simul-mock-api", "--port", "0"};
    for (int i = 0; options[i]; i++) {
        cr_assert_lt(i + 4, MOST_WORDS);
        argv[i + 3] = options[i];
    }
    struct process_plan plan = {.argv = argv, .stdout_fd = -1, .cgroup_fds = {-1, -1}};
    struct error error = {.kind = ERROR_NONE};
    cr_assert(process_start(&api->process, &plan, &error), "%s", error.message);
    process_wait_line(&api->process, clock_now_ns() + 10 * NS_PER_S);
    cr_assert_not_null(api->process.out, "no URL: %s", api->process.err);
    int got = sscanf(api->process.out, "http://127.0.0.1:%d\n", &api->port);
    cr_assert_eq(got, 1, "%s", api->process.out);
}

void api_stop(struct api *api) {
    char text[100];
    process_signal(&api->process, SIGTERM);
    enum process_end end = process_wait(&api->process, clock_now_ns() + 2 * NS_PER_S);
    cr_assert_eq(end, PROCESS_EXITED, "the API still runs after SIGTERM");
    process_explain(&api->process, text, sizeof text);
    cr_assert(process_succeeded(&api->process), "%s\n%s", text, api->process.err);
    process_close(&api->process);
}

void client_open(struct client *client, int port) {
    struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = htons((uint16_t)port),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
    };
    client->count = 0;
    client->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    cr_assert_geq(client->fd, 0);
    int failed = connect(client->fd, (struct sockaddr *)&address, sizeof address);
    cr_assert_eq(failed, 0, "cannot connect to port %d", port);
}

void client_close(struct client *client) {
    close(client->fd);
}

static bool wait_for(int fd, short events) {
    struct pollfd poll_fd = {.fd = fd, .events = events};
    return poll(&poll_fd, 1, PATIENCE_MS) == 1;
}

void client_send(struct client *client, const char *text) {
    size_t length = strlen(text);
    while (length > 0) {
        cr_assert(wait_for(client->fd, POLLOUT), "the server reads no more");
        ssize_t sent = send(client->fd, text, length, MSG_NOSIGNAL | MSG_DONTWAIT);
        cr_assert_gt(sent, 0, "the server does not listen");
        text += sent;
        length -= (size_t)sent;
    }
}

/* Reads more bytes; returns false at the end, and if the connection was reset. */
static bool read_more(struct client *client) {
    cr_assert_lt(client->count, sizeof client->bytes, "a reply is too long");
    cr_assert(wait_for(client->fd, POLLIN), "no reply within ten seconds");
    ssize_t count = recv(client->fd, client->bytes + client->count,
                         sizeof client->bytes - client->count, 0);
    client->count += count > 0 ? (size_t)count : 0;
    return count > 0;
}

static void take(struct client *client, char *to, size_t count) {
    memcpy(to, client->bytes, count);
    client->count -= count;
    memmove(client->bytes, client->bytes + count, client->count);
}

bool client_read(struct client *client, struct reply *reply, bool head_only) {
    char *end;
    *reply = (struct reply){.status = 0};
    while (!(end = memmem(client->bytes, client->count, "\r\n\r\n", 4))) {
        if (!read_more(client)) {
            return false;
        }
    }
    size_t head_bytes = (size_t)(end - client->bytes) + 4;
    cr_assert_lt(head_bytes, sizeof reply->head);
    take(client, reply->head, head_bytes);
    reply->head[head_bytes - 2] = '\0';
    cr_assert_eq(sscanf(reply->head, "HTTP/1.1 %d ", &reply->status), 1);
    size_t body_bytes = (size_t)atoi(reply_field(reply, "Content-Length"));
    cr_assert_lt(body_bytes, sizeof reply->body);
    if (head_only) {
        return true;
    }
    while (client->count < body_bytes) {
        if (!read_more(client)) {
            return false;
        }
    }
    take(client, reply->body, body_bytes);
    reply->body_bytes = body_bytes;
    return true;
}

bool client_at_end(struct client *client) {
    return client->count == 0 && !read_more(client) && client->count == 0;
}

bool client_is_silent(const struct client *client) {
    struct pollfd poll_fd = {.fd = client->fd, .events = POLLIN};
    return client->count == 0 && poll(&poll_fd, 1, 0) == 0;
}

void client_get(struct client *client, const char *target, struct reply *reply) {
    char text[1024];
    snprintf(text, sizeof text, "GET %s HTTP/1.1\r\nHost: a\r\n\r\n", target);
    client_send(client, text);
    cr_assert(client_read(client, reply, false), "no reply to %s", target);
}

void api_get(const struct api *api, const char *target, struct reply *reply) {
    struct client client;
    client_open(&client, api->port);
    client_get(&client, target, reply);
    client_close(&client);
}

const char *reply_field(const struct reply *reply, const char *name) {
    static char value[1024];
    size_t length = strlen(name);
    value[0] = '\0';
    for (const char *line = strstr(reply->head, "\r\n"); line;
         line = strstr(line + 2, "\r\n")) {
        if (!strncasecmp(line + 2, name, length) && line[2 + length] == ':') {
            sscanf(line + 2 + length, ": %1023[^\r]", value);
        }
    }
    return value;
}

int64_t reply_timing_ns(const struct reply *reply, const char *phase) {
    char mark[40];
    long ms;
    long ns;
    snprintf(mark, sizeof mark, "%s;dur=", phase);
    const char *at = strstr(reply_field(reply, "Server-Timing"), mark);
    if (!at || sscanf(at + strlen(mark), "%ld.%6ld", &ms, &ns) != 2) {
        return -1;
    }
    return ms * NS_PER_MS + ns;
}

long api_metric(const struct api *api, const char *series) {
    struct reply reply;
    char line[200];
    long value = -1;
    api_get(api, "/metrics", &reply);
    cr_assert_eq(reply.status, 200);
    snprintf(line, sizeof line, "\n%s ", series);
    const char *at = strstr(reply.body, line);
    if (at) {
        sscanf(at + strlen(line), "%ld", &value);
    }
    return value;
}

void api_await_metric(const struct api *api, const char *series, long value) {
    int64_t deadline_ns = clock_now_ns() + 10 * NS_PER_S;
    long found = -1;
    while (clock_now_ns() < deadline_ns) {
        found = api_metric(api, series);
        if (found == value) {
            return;
        }
    }
    cr_assert_fail("%s is %ld, not %ld", series, found, value);
}

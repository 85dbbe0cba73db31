/* One client's connection handles one request at a time. The bytes of pipelined
 * requests wait unparsed, so that answers go out in order. If too many bytes wait,
 * reading stops: a client that sends too much delays only itself. */
#include "mock_api/connection.h"
#include "base/clock.h"
#include "mock_api/losses.h"
#include "mock_api/request.h"

#include <stdlib.h>
#include <string.h>
#include <utlist.h>

enum connection_state {
    STATE_READING,   /* reads a request's head, or waits for one */
    STATE_ANSWERING, /* the request's exchange is under way */
    STATE_LINGERING, /* after the last answer: discards bytes until the client closes */
    STATE_CLOSING,
};

/* If so many pipelined bytes wait, reading stops until the current request is
 * answered. */
enum { MOST_AHEAD_BYTES = 16384 };

static const int64_t head_patience_ns = 30 * NS_PER_S;
static const int64_t linger_patience_ns = 1 * NS_PER_S;

struct connection {
    uv_tcp_t tcp; /* first: a pointer to it is a pointer to the connection */
    struct connections *shared;
    struct connection *prev; /* utlist's names */
    struct connection *next;
    enum connection_state state;
    uint32_t writes_pending;
    bool reading;
    char *ahead; /* bytes of later requests; owned */
    size_t ahead_bytes;
    struct exchange exchange;
    struct request request;
};

/* Bytes that the kernel did not take at once. */
struct pending_write {
    uv_write_t request; /* first: a pointer to it is a pointer to the write */
    char bytes[];
};

static void read_on(struct connection *connection, const char *bytes, size_t count);

static struct connection *from_exchange(struct exchange *exchange) {
    return (struct connection *)((char *)exchange -
                                 offsetof(struct connection, exchange));
}

static void on_closed(uv_handle_t *handle) {
    struct connection *connection = (struct connection *)handle;
    free(connection->ahead);
    free(connection);
}

static void end_exchange(struct connection *connection, int status, size_t bytes) {
    struct connections *shared = connection->shared;
    int64_t now_ns = clock_now_ns();
    metrics_count_request(&shared->metrics, status);
    if (status == 200) {
        metrics_count_lateness(&shared->metrics,
                               now_ns - connection->exchange.times.response_due_ns);
    }
    exchange_end(&shared->exchanges, &connection->exchange, status, (uint32_t)bytes,
                 now_ns);
}

static void note_losses(struct connection *connection) {
    struct witness_header *header = connection->shared->witness.header;
    uv_os_fd_t fd;
    if (header && uv_fileno((uv_handle_t *)&connection->tcp, &fd) == 0) {
        header->retransmitted += losses_retransmitted(fd);
    }
}

static void close_connection(struct connection *connection) {
    struct connections *shared = connection->shared;
    if (connection->state == STATE_CLOSING) {
        return;
    }
    if (connection->exchange.phase != PHASE_NONE) {
        end_exchange(connection, WITNESS_HUNG_UP, 0);
    }
    deadlines_remove(&shared->deadlines, &connection->exchange.deadline);
    connection->state = STATE_CLOSING;
    note_losses(connection);
    shared->metrics.connections_open--;
    DL_DELETE(shared->first, connection);
    uv_close((uv_handle_t *)&connection->tcp, on_closed);
}

/* Says that no more answers come, and goes on reading for a while. If the API closed a
 * socket that has unread bytes, TCP would send a reset, and a client that has not read
 * its answer yet would lose it. */
static void linger(struct connection *connection) {
    struct deadlines *deadlines = &connection->shared->deadlines;
    connection->state = STATE_LINGERING;
    free(connection->ahead);
    connection->ahead = NULL;
    connection->ahead_bytes = 0; /* so that go_on() reads on; the bytes are discarded */
    uv_os_fd_t fd;
    if (uv_fileno((uv_handle_t *)&connection->tcp, &fd) == 0) {
        shutdown(fd, SHUT_WR);
    }
    deadlines_remove(deadlines, &connection->exchange.deadline);
    deadlines_add(deadlines, &connection->exchange.deadline,
                  clock_now_ns() + linger_patience_ns);
}

static void finish_if_done(struct connection *connection) {
    if (connection->state == STATE_LINGERING && connection->writes_pending == 0) {
        linger(connection);
    }
}

static void go_on(struct connection *connection);

static void on_written(uv_write_t *write, int status) {
    struct connection *connection = (struct connection *)write->handle;
    free(write);
    connection->writes_pending--;
    if (status < 0) {
        close_connection(connection);
        return;
    }
    finish_if_done(connection);
    go_on(connection);
}

static void write_later(struct connection *connection, const char *bytes,
                        size_t count) {
    struct pending_write *write = malloc(sizeof *write + count);
    if (!write) {
        close_connection(connection);
        return;
    }
    memcpy(write->bytes, bytes, count);
    uv_buf_t buffer = uv_buf_init(write->bytes, (unsigned)count);
    connection->writes_pending++;
    if (uv_write(&write->request, (uv_stream_t *)&connection->tcp, &buffer, 1,
                 on_written) != 0) {
        connection->writes_pending--;
        free(write);
        close_connection(connection);
    }
}

static void write_now(struct connection *connection, const char *bytes, size_t count) {
    uv_buf_t buffer = uv_buf_init((char *)bytes, (unsigned)count);
    int written = 0;
    if (connection->writes_pending == 0) {
        written = uv_try_write((uv_stream_t *)&connection->tcp, &buffer, 1);
        written = written == UV_EAGAIN ? 0 : written;
    }
    if (written < 0) {
        close_connection(connection);
    } else if ((size_t)written < count) {
        write_later(connection, bytes + written, count - (size_t)written);
    }
}

/* Goes on to the next request after an answer, or ends the connection. */
static void after_answer(struct connection *connection) {
    if (connection->state == STATE_CLOSING) {
        return;
    }
    if (connection->request.keep_alive) {
        connection->state = STATE_READING;
        request_next(&connection->request);
    } else if (connection->writes_pending > 0) {
        connection->state = STATE_LINGERING;
    } else if (connection->ahead_bytes > 0) {
        linger(connection);
    } else {
        close_connection(connection);
    }
}

static void refuse(struct connection *connection, int status, const char *reason) {
    char bytes[ANSWER_BYTES];
    size_t count =
        answer_format_refusal(bytes, &connection->shared->date, status, reason);
    if (connection->exchange.phase != PHASE_NONE) {
        end_exchange(connection, status, count);
    } else {
        metrics_count_request(&connection->shared->metrics, status);
    }
    write_now(connection, bytes, count);
    if (connection->state != STATE_CLOSING) {
        connection->state = STATE_LINGERING;
        finish_if_done(connection);
    }
}

static void on_sent(struct exchange *exchange) {
    struct connection *connection = from_exchange(exchange);
    if (connection->request.expects_continue) {
        write_now(connection, answer_continue, strlen(answer_continue));
    }
}

static void on_due(struct exchange *exchange) {
    struct connection *connection = from_exchange(exchange);
    char bytes[ANSWER_BYTES];
    size_t count = answer_format(bytes, &connection->shared->date, &connection->request,
                                 &exchange->times);
    /* The stamp comes before the write, so that a client's `end` cannot be earlier. */
    end_exchange(connection, 200, count);
    write_now(connection, bytes, count);
    after_answer(connection);
    go_on(connection);
}

static void answer_text(struct connection *connection) {
    char body[METRICS_TEXT_BYTES];
    char bytes[ANSWER_BYTES + METRICS_TEXT_BYTES];
    struct connections *shared = connection->shared;
    deadlines_remove(&shared->deadlines, &connection->exchange.deadline);
    size_t body_bytes = 3;
    memcpy(body, "ok\n", body_bytes);
    if (connection->request.route == ROUTE_METRICS) {
        body_bytes = metrics_format(&shared->metrics, &shared->exchanges, body);
    }
    size_t count =
        answer_format_text_head(bytes, &shared->date, &connection->request, body_bytes);
    if (!request_is_head(&connection->request)) {
        memcpy(bytes + count, body, body_bytes);
        count += body_bytes;
    }
    write_now(connection, bytes, count);
    after_answer(connection);
}

static void begin_exchange(struct connection *connection) {
    struct connections *shared = connection->shared;
    const struct settings *settings = shared->settings;
    const struct request *request = &connection->request;
    struct exchange *exchange = &connection->exchange;
    deadlines_remove(&shared->deadlines, &exchange->deadline);
    /* If the path has no numbers, the draw depends on the order of arrival. */
    int64_t conversation = request->conversation;
    int64_t round = request->round;
    if (conversation < 0) {
        conversation = shared->sequence++;
        round = 0;
    }
    exchange->times.conversation = request->conversation;
    exchange->times.round = request->round;
    exchange->send_ns = latency_draw(request->has_send ? request->send : settings->send,
                                     settings->seed, conversation, round, LATENCY_SEND);
    exchange->response_ns =
        latency_draw(request->has_response ? request->response : settings->response,
                     settings->seed, conversation, round, LATENCY_RESPONSE);
    exchange->body_pending = !request->body_complete;
    connection->state = STATE_ANSWERING;
    if (!exchange_begin(&shared->exchanges, exchange, clock_now_ns())) {
        refuse(connection, 503, "out of memory");
    }
}

/* Starts or continues the exchange, after the head or the body is complete. */
static void take_request(struct connection *connection) {
    struct request *request = &connection->request;
    if (request->route != ROUTE_ANSWER) {
        if (request->body_complete) {
            answer_text(connection);
        }
    } else if (connection->state == STATE_READING) {
        begin_exchange(connection);
    } else if (request->body_complete) {
        exchange_body_complete(&connection->shared->exchanges, &connection->exchange,
                               clock_now_ns());
    }
}

static void keep_ahead(struct connection *connection, const char *bytes, size_t count) {
    char *ahead = realloc(connection->ahead, connection->ahead_bytes + count);
    if (!ahead) {
        close_connection(connection);
        return;
    }
    memcpy(ahead + connection->ahead_bytes, bytes, count);
    connection->ahead = ahead;
    connection->ahead_bytes += count;
    if (connection->ahead_bytes >= MOST_AHEAD_BYTES && connection->reading) {
        uv_read_stop((uv_stream_t *)&connection->tcp);
        connection->reading = false;
    }
}

/* Limits the time for a head: a client that sends it byte by byte holds a
 * descriptor. */
static void watch_head(struct connection *connection) {
    struct deadlines *deadlines = &connection->shared->deadlines;
    struct deadline *deadline = &connection->exchange.deadline;
    if (connection->request.has_bytes && deadline->position == 0) {
        deadlines_add(deadlines, deadline, clock_now_ns() + head_patience_ns);
    }
}

static bool may_parse(const struct connection *connection) {
    return connection->writes_pending == 0 && (connection->state == STATE_READING ||
                                               (connection->state == STATE_ANSWERING &&
                                                !connection->request.body_complete));
}

static void read_on(struct connection *connection, const char *bytes, size_t count) {
    struct request *request = &connection->request;
    while (count > 0 && may_parse(connection)) {
        size_t consumed;
        enum request_progress progress = request_feed(request, bytes, count, &consumed);
        bytes += consumed;
        count -= consumed;
        if (progress == REQUEST_REFUSED) {
            refuse(connection, request->status, request->reason);
            return;
        }
        if (request->head_complete) {
            take_request(connection);
        } else {
            watch_head(connection);
        }
    }
    if (count > 0 && connection->state != STATE_CLOSING &&
        connection->state != STATE_LINGERING) {
        keep_ahead(connection, bytes, count);
    }
}

static void on_read(uv_stream_t *stream, ssize_t count, const uv_buf_t *buffer);
static void on_allocate(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer);

/* Reads the bytes that waited for the previous request to end, then from the socket. */
static void go_on(struct connection *connection) {
    if (connection->ahead_bytes > 0 && may_parse(connection)) {
        char *ahead = connection->ahead;
        size_t count = connection->ahead_bytes;
        connection->ahead = NULL;
        connection->ahead_bytes = 0;
        read_on(connection, ahead, count);
        free(ahead);
    }
    if (!connection->reading && connection->state != STATE_CLOSING &&
        connection->ahead_bytes < MOST_AHEAD_BYTES) {
        connection->reading = true;
        uv_read_start((uv_stream_t *)&connection->tcp, on_allocate, on_read);
    }
}

static void handle_due(struct deadline *deadline) {
    struct exchange *exchange =
        (struct exchange *)((char *)deadline - offsetof(struct exchange, deadline));
    struct connection *connection = from_exchange(exchange);
    if (exchange->phase != PHASE_NONE) {
        if (!exchange_due(&connection->shared->exchanges, exchange)) {
            refuse(connection, 503, "out of memory");
        }
    } else if (connection->state == STATE_READING) {
        refuse(connection, 408, "the request's head took longer than 30 s");
    } else {
        close_connection(connection);
    }
}

static void on_allocate(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer) {
    (void)suggested;
    struct connections *shared = ((struct connection *)handle)->shared;
    *buffer = uv_buf_init(shared->read_buffer, sizeof shared->read_buffer);
}

static void on_read(uv_stream_t *stream, ssize_t count, const uv_buf_t *buffer) {
    struct connection *connection = (struct connection *)stream;
    if (count < 0) {
        close_connection(connection);
    } else if (connection->ahead_bytes > 0) {
        keep_ahead(connection, buffer->base, (size_t)count);
    } else {
        read_on(connection, buffer->base, (size_t)count);
    }
}

void connection_accept(struct connections *connections, uv_stream_t *listener) {
    struct connection *connection = calloc(1, sizeof *connection);
    if (!connection) {
        return;
    }
    connection->shared = connections;
    uv_tcp_init(listener->loop, &connection->tcp);
    connections->metrics.connections_open++;
    connections->metrics.connections_total++;
    DL_APPEND(connections->first, connection);
    request_open(&connection->request);
    if (uv_accept(listener, (uv_stream_t *)&connection->tcp)) {
        close_connection(connection);
        return;
    }
    uv_tcp_nodelay(&connection->tcp, 1);
    go_on(connection);
}

void connections_init(struct connections *connections,
                      const struct settings *settings) {
    memset(connections, 0, sizeof *connections);
    connections->settings = settings;
    connections->deadlines.fd = -1;
    connections->exchanges = (struct exchanges){
        .deadlines = &connections->deadlines,
        .witness = &connections->witness,
        .lineup.is_kept = settings->starts_by_number,
        .uplink.slots = settings->senders,
        .answers.slots = settings->slots,
        .on_sent = on_sent,
        .on_due = on_due,
    };
}

void connections_close(struct connections *connections) {
    while (connections->first) {
        close_connection(connections->first); /* takes it off the list */
    }
}

void connections_pop_due(struct connections *connections) {
    struct deadline *deadline;
    int64_t now_ns = clock_now_ns();
    while ((deadline = deadlines_pop_due(&connections->deadlines, now_ns))) {
        handle_due(deadline);
    }
}

/* Reads Server-Timing into events, and writes events as rows of CSV. */
#include "models/runtime/event.h"

#include <inttypes.h>
#include <stddef.h>
#include <string.h>

static const char *const error_names[] = {
    [EVENT_OK] = "",
    [EVENT_REFUSED] = "refused",
    [EVENT_RESET] = "reset",
    [EVENT_TIMEOUT] = "timeout",
    [EVENT_TRUNCATED] = "truncated",
    [EVENT_PROTOCOL] = "protocol",
    [EVENT_STATUS] = "status",
    [EVENT_RESOLVE] = "resolve",
    [EVENT_TLS] = "tls",
    [EVENT_LIMIT] = "limit",
};

const char *event_error_word(enum event_error error) {
    return error_names[error];
}

/* Over thirty years; the harness refuses a row with a larger number. */
static const int64_t most_ns = INT64_C(1000000000000000000);

static int64_t append_digit(int64_t number, int digit) {
    return number > (INT64_MAX - 9) / 10 ? INT64_MAX : number * 10 + digit;
}

/* Reads milliseconds ("5.000000") as whole nanoseconds, without a double; returns -1 if
 * the text is no number. */
static int64_t read_ms(const char *at, const char *end) {
    int64_t ns = 0;
    int decimals = -1;
    const char *digit = at + (at < end && *at == '.');
    if (digit == end || *digit < '0' || *digit > '9') {
        return -1;
    }
    for (; at < end && decimals < 6; at++) {
        if (*at == '.' && decimals < 0) {
            decimals = 0;
        } else if (*at >= '0' && *at <= '9') {
            ns = append_digit(ns, *at - '0');
            decimals += decimals >= 0;
        } else {
            break;
        }
    }
    for (decimals = decimals < 0 ? 0 : decimals; decimals < 6; decimals++) {
        ns = append_digit(ns, 0);
    }
    return ns;
}

static int64_t *find_field(struct event *event, const char *at, size_t length) {
    static const struct {
        const char *name;
        size_t offset;
    } fields[] = {
        {"queue;dur=", offsetof(struct event, queue_ns)},
        {"send;dur=", offsetof(struct event, send_ns)},
        {"backlog;dur=", offsetof(struct event, backlog_ns)},
        {"response;dur=", offsetof(struct event, response_ns)},
    };
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        size_t name_length = strlen(fields[i].name);
        if (length >= name_length && !memcmp(at, fields[i].name, name_length)) {
            return (int64_t *)((char *)event + fields[i].offset);
        }
    }
    return NULL;
}

void event_read_server_timing(struct event *event, const char *value, size_t length) {
    const char *at = value;
    const char *end = value + length;
    while (at < end) {
        while (at < end && (*at == ' ' || *at == ',')) {
            at++;
        }
        const char *entry = at;
        while (at < end && *at != ',') {
            at++;
        }
        int64_t *field = find_field(event, entry, (size_t)(at - entry));
        if (field) {
            const char *number = memchr(entry, '=', (size_t)(at - entry));
            int64_t ns = read_ms(number + 1, at);
            *field = ns < 0 || ns > most_ns ? *field : ns;
        }
    }
}

/* Writes a number, or an empty field if it is below `least`. */
static void print_field(int64_t number, int64_t least, FILE *out) {
    if (number >= least) {
        fprintf(out, ",%" PRId64, number);
    } else {
        putc(',', out);
    }
}

static void print_row(const struct event *event, int32_t conversation, int32_t round,
                      bool has_reopened, FILE *out) {
    fprintf(out, "%" PRId32 ",%" PRId32 ",%" PRId64 ",%" PRId64, conversation, round,
            event->ready_ns, event->begin_ns);
    print_field(event->first_byte_ns, 1, out);
    fprintf(out, ",%" PRId64 ",%" PRId32 ",%s", event->end_ns, event->status,
            error_names[event->error]);
    print_field(event->queue_ns, 0, out);
    print_field(event->send_ns, 0, out);
    print_field(event->backlog_ns, 0, out);
    print_field(event->response_ns, 0, out);
    fputs(!has_reopened ? "" : event->is_reopened ? ",1" : ",0", out);
    putc('\n', out);
}

static bool any_reopened(const struct event *events, int64_t count) {
    for (int64_t i = 0; i < count; i++) {
        if (events[i].end_ns > 0 && events[i].is_reopened) {
            return true;
        }
    }
    return false;
}

bool event_print_all(const struct event *events, int32_t conversations, int32_t rounds,
                     FILE *out) {
    bool has_reopened = any_reopened(events, (int64_t)conversations * rounds);
    fputs("conversation,round,ready_ns,begin_ns,first_byte_ns,end_ns,status,error,"
          "queue_ns,send_ns,backlog_ns,response_ns",
          out);
    fputs(has_reopened ? ",reopened\n" : "\n", out);
    for (int32_t conversation = 0; conversation < conversations; conversation++) {
        for (int32_t round = 0; round < rounds; round++, events++) {
            if (events->end_ns > 0) {
                print_row(events, conversation, round, has_reopened, out);
            }
        }
    }
    return fflush(out) == 0 && !ferror(out);
}

/* Writes the bytes of an answer. The answer to a conversation is written without
 * printf, which would cost more than all other work for a request. */
#include "mock_api/answer.h"
#include "base/clock.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

const char answer_continue[] = "HTTP/1.1 100 Continue\r\n\r\n";

static char *put_text(char *to, const char *text, size_t length) {
    memcpy(to, text, length);
    return to + length;
}

#define PUT(to, literal) put_text((to), (literal), sizeof(literal) - 1)

static char *put_number(char *to, uint64_t number, int least_digits) {
    char digits[24];
    int count = 0;
    do {
        digits[count++] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0 || count < least_digits);
    while (count > 0) {
        *to++ = digits[--count];
    }
    return to;
}

/* Milliseconds with six decimals: exact nanoseconds. */
static char *put_ms(char *to, int64_t begin_ns, int64_t end_ns) {
    uint64_t ns = end_ns > begin_ns ? (uint64_t)(end_ns - begin_ns) : 0;
    to = put_number(to, ns / (uint64_t)NS_PER_MS, 1);
    *to++ = '.';
    return put_number(to, ns % (uint64_t)NS_PER_MS, 6);
}

static char *put_timing(char *to, const struct witness_record *times) {
    to = PUT(to, "Server-Timing: queue;dur=");
    to = put_ms(to, times->arrival_ns, times->send_begin_ns);
    to = PUT(to, ", send;dur=");
    to = put_ms(to, times->send_begin_ns, times->send_end_ns);
    to = PUT(to, ", backlog;dur=");
    to = put_ms(to, times->send_end_ns, times->response_begin_ns);
    to = PUT(to, ", response;dur=");
    to = put_ms(to, times->response_begin_ns, times->response_due_ns);
    return PUT(to, "\r\n");
}

/* RFC 9110, 6.6.1: a server with a clock sends Date. */
static char *put_date(char *to, struct answer_date *date) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME_COARSE, &now);
    if (now.tv_sec != date->second) {
        struct tm utc;
        date->second = now.tv_sec;
        gmtime_r(&date->second, &utc);
        date->length = strftime(date->line, sizeof date->line,
                                "Date: %a, %d %b %Y %H:%M:%S GMT\r\n", &utc);
    }
    return put_text(to, date->line, date->length);
}

static char *put_connection(char *to, const struct request *request) {
    if (!request->keep_alive) {
        return PUT(to, "Connection: close\r\n");
    }
    if (request->http.http_minor == 0) {
        return PUT(to, "Connection: keep-alive\r\n");
    }
    return to;
}

size_t answer_format(char bytes[static ANSWER_BYTES], struct answer_date *date,
                     const struct request *request,
                     const struct witness_record *times) {
    char body[64];
    char *end = PUT(body, "{\"conversation\":");
    end = times->conversation < 0 ? PUT(end, "null")
                                  : put_number(end, (uint64_t)times->conversation, 1);
    end = PUT(end, ",\"round\":");
    end = times->round < 0 ? PUT(end, "null")
                           : put_number(end, (uint64_t)times->round, 1);
    end = PUT(end, "}\n");
    size_t body_length = (size_t)(end - body);

    char *to = PUT(bytes, "HTTP/1.1 200 OK\r\n");
    to = put_date(to, date);
    to = put_timing(to, times);
    to = put_connection(to, request);
    to = PUT(to, "Content-Type: application/json\r\nContent-Length: ");
    to = put_number(to, body_length, 1);
    to = PUT(to, "\r\n\r\n");
    if (!request_is_head(request)) {
        to = put_text(to, body, body_length);
    }
    return (size_t)(to - bytes);
}

static const char *status_text(int status) {
    switch (status) {
    case 400:
        return "Bad Request";
    case 408:
        return "Request Timeout";
    case 413:
        return "Content Too Large";
    case 414:
        return "URI Too Long";
    case 417:
        return "Expectation Failed";
    case 431:
        return "Request Header Fields Too Large";
    case 501:
        return "Not Implemented";
    case 503:
        return "Service Unavailable";
    default:
        return "HTTP Version Not Supported";
    }
}

size_t answer_format_refusal(char bytes[static ANSWER_BYTES], struct answer_date *date,
                             int status, const char *reason) {
    char *to = bytes + snprintf(bytes, ANSWER_BYTES, "HTTP/1.1 %d %s\r\n", status,
                                status_text(status));
    to = put_date(to, date);
    to += snprintf(to, ANSWER_BYTES - (size_t)(to - bytes),
                   "Connection: close\r\nContent-Type: text/plain\r\n"
                   "Content-Length: %zu\r\n\r\n%s\n",
                   strlen(reason) + 1, reason);
    return (size_t)(to - bytes);
}

size_t answer_format_text_head(char bytes[static ANSWER_BYTES],
                               struct answer_date *date, const struct request *request,
                               size_t body_bytes) {
    char *to = PUT(bytes, "HTTP/1.1 200 OK\r\n");
    to = put_date(to, date);
    to = put_connection(to, request);
    to = PUT(to, "Content-Type: text/plain; version=0.0.4\r\nContent-Length: ");
    to = put_number(to, body_bytes, 1);
    to = PUT(to, "\r\n\r\n");
    return (size_t)(to - bytes);
}

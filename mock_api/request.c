/* Parses requests with llhttp, within limits: a request that is malformed or too large
 * is refused before it costs memory. RFC 9112 says with which status. */
#include "mock_api/request.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static int refuse(struct request *request, int status, const char *reason) {
    if (request->status == 0) {
        request->status = status;
        request->reason = reason;
    }
    return HPE_USER;
}

static int on_target(llhttp_t *http, const char *at, size_t length) {
    struct request *request = http->data;
    if (length > sizeof request->target - 1 - request->target_length) {
        return refuse(request, 414, "the target is longer than 511 bytes");
    }
    memcpy(request->target + request->target_length, at, length);
    request->target_length += (uint16_t)length;
    return 0;
}

static int count_header_bytes(struct request *request, size_t length) {
    request->header_bytes += (uint32_t)length;
    if (length > REQUEST_HEADER_BYTES || request->header_bytes > REQUEST_HEADER_BYTES) {
        return refuse(request, 431, "the header is larger than 16 KiB");
    }
    return 0;
}

/* Keeps only as many bytes as fit: the names and values that matter here are short. */
static void append(char *kept, uint8_t *kept_length, size_t room, const char *at,
                   size_t length) {
    size_t left = room - 1 - *kept_length;
    size_t take = length < left ? length : left;
    memcpy(kept + *kept_length, at, take);
    *kept_length += (uint8_t)take;
}

static int on_header_name(llhttp_t *http, const char *at, size_t length) {
    struct request *request = http->data;
    append(request->name, &request->name_length, sizeof request->name, at, length);
    return count_header_bytes(request, length);
}

static int on_header_value(llhttp_t *http, const char *at, size_t length) {
    struct request *request = http->data;
    append(request->value, &request->value_length, sizeof request->value, at, length);
    return count_header_bytes(request, length);
}

static int on_header_complete(llhttp_t *http) {
    struct request *request = http->data;
    request->name[request->name_length] = '\0';
    while (request->value_length > 0 &&
           strchr(" \t", request->value[request->value_length - 1])) {
        request->value_length--; /* RFC 9112, 5: white space is no part of the value */
    }
    request->value[request->value_length] = '\0';
    request->name_length = 0;
    request->value_length = 0;
    if (++request->header_count > REQUEST_HEADER_COUNT) {
        return refuse(request, 431, "more than 100 header fields");
    }
    if (!strcasecmp(request->name, "Host")) {
        request->host_count++;
        if (request->host_count > 1) {
            return refuse(request, 400, "more than one Host");
        }
    }
    if (!strcasecmp(request->name, "Expect")) {
        if (strcasecmp(request->value, "100-continue") != 0) {
            return refuse(request, 417,
                          "the only expectation met here is 100-continue");
        }
        request->expects_continue = true;
    }
    return 0;
}

/* Reads the number at *at, and moves *at past it and past the character `end`. Returns
 * false if there is no such number or it does not fit into 32 bits. */
static bool take_number(const char **at, char end, int32_t *number) {
    char *behind = NULL;
    if (**at < '0' || **at > '9') {
        return false;
    }
    long value = strtol(*at, &behind, 10);
    if (value > INT32_MAX || *behind != end) {
        return false;
    }
    *number = (int32_t)value;
    *at = behind + (end != '\0');
    return true;
}

/* The target may also be http://host/path (RFC 9112, 3.2.2). Returns the path. */
static const char *skip_authority(const char *target) {
    if (strncasecmp(target, "http://", 7) != 0) {
        return target;
    }
    const char *path = strchr(target + 7, '/');
    return path ? path : "/";
}

static void read_path(struct request *request, const char *target) {
    int32_t conversation;
    int32_t round;
    const char *path = skip_authority(target);
    request->conversation = -1;
    request->round = -1;
    if (!strcmp(path, "/health")) {
        request->route = ROUTE_HEALTH;
    } else if (!strcmp(path, "/metrics")) {
        request->route = ROUTE_METRICS;
    } else if (*path++ == '/' && take_number(&path, '/', &conversation) &&
               take_number(&path, '\0', &round)) {
        request->conversation = conversation;
        request->round = round;
    }
}

static int hex_digit(char c) {
    static const char digits[] = "0123456789abcdef";
    const char *at = c ? strchr(digits, c | 0x20) : NULL;
    return at ? (int)(at - digits) : -1;
}

/* Decodes in place: %7B becomes a brace, a plus becomes a space. %00 stays, because the
 * decoded byte would end the text. */
static void decode_percent(char *text) {
    char *to = text;
    for (; *text; text++) {
        if (*text == '%' && hex_digit(text[1]) >= 0 && hex_digit(text[2]) >= 0 &&
            strncmp(text, "%00", 3) != 0) {
            *to++ = (char)(hex_digit(text[1]) * 16 + hex_digit(text[2]));
            text += 2;
        } else {
            *to++ = *text == '+' ? ' ' : *text;
        }
    }
    *to = '\0';
}

static int read_query(struct request *request, char *query) {
    struct error error;
    char *rest = NULL;
    for (char *pair = strtok_r(query, "&", &rest); pair;
         pair = strtok_r(NULL, "&", &rest)) {
        decode_percent(pair);
        if (!strncmp(pair, "send=", 5)) {
            request->has_send = true;
            if (!latency_parse(pair + 5, &request->send, &error)) {
                return refuse(request, 400,
                              "send= is no latency; for example send=5ms");
            }
        } else if (!strncmp(pair, "response=", 9)) {
            request->has_response = true;
            if (!latency_parse(pair + 9, &request->response, &error)) {
                return refuse(request, 400,
                              "response= is no latency; for example response=55ms");
            }
        }
    }
    return 0;
}

static int on_head_complete(llhttp_t *http) {
    struct request *request = http->data;
    if (http->method == HTTP_CONNECT || http->method == HTTP_PRI) {
        return refuse(request, 501, "this method is not implemented");
    }
    if (http->http_major != 1) {
        return refuse(request, 505, "only HTTP/1.1 and HTTP/1.0 are spoken here");
    }
    if (http->http_minor >= 1 && request->host_count == 0) {
        return refuse(request, 400, "HTTP/1.1 needs a Host");
    }
    if (http->http_minor == 0) {
        request->expects_continue = false; /* RFC 9110, 10.1.1 */
        if (http->flags & F_TRANSFER_ENCODING) {
            return refuse(request, 400, "HTTP/1.0 has no Transfer-Encoding");
        }
    }
    if ((http->flags & F_CONTENT_LENGTH) && http->content_length > REQUEST_BODY_BYTES) {
        return refuse(request, 413, "the body is larger than 16 MiB");
    }
    request->target[request->target_length] = '\0';
    char *query = strchr(request->target, '?');
    if (query) {
        *query++ = '\0';
    }
    read_path(request, request->target);
    if (query && read_query(request, query) != 0) {
        return HPE_USER;
    }
    http->upgrade = 0; /* a server may ignore an Upgrade: RFC 9110, 7.8 */
    request->keep_alive = llhttp_should_keep_alive(http);
    request->head_complete = true;
    return 0;
}

static int on_body(llhttp_t *http, const char *at, size_t length) {
    (void)at;
    struct request *request = http->data;
    request->body_bytes += (uint32_t)length;
    if (length > REQUEST_BODY_BYTES || request->body_bytes > REQUEST_BODY_BYTES) {
        return refuse(request, 413, "the body is larger than 16 MiB");
    }
    return 0;
}

static int on_message_complete(llhttp_t *http) {
    struct request *request = http->data;
    request->body_complete = true;
    return HPE_PAUSED; /* the next request's bytes stay with the caller */
}

static const llhttp_settings_t callbacks = {
    .on_url = on_target,
    .on_header_field = on_header_name,
    .on_header_value = on_header_value,
    .on_header_value_complete = on_header_complete,
    .on_headers_complete = on_head_complete,
    .on_body = on_body,
    .on_message_complete = on_message_complete,
};

/* Clears everything but the parser. A text buffer is empty if its length is 0. */
static void clear(struct request *request) {
    request->route = ROUTE_ANSWER;
    request->has_send = request->has_response = false;
    request->has_bytes = request->head_complete = request->body_complete = false;
    request->expects_continue = false;
    request->status = 0;
    request->reason = NULL;
    request->header_bytes = request->body_bytes = 0;
    request->header_count = request->target_length = 0;
    request->host_count = request->name_length = request->value_length = 0;
}

void request_open(struct request *request) {
    llhttp_init(&request->http, HTTP_REQUEST, &callbacks);
    request->http.data = request;
    clear(request);
}

void request_next(struct request *request) {
    llhttp_resume(&request->http);
    clear(request);
}

/* llhttp reports an invalid method even if the bytes are not HTTP, but a TLS hello, for
 * example. This function tells the two apart. */
static bool may_be_method(char c) {
    return c == ' ' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
           (c >= 'a' && c <= 'z') || (c != '\0' && strchr("!#$%&'*+-.^_`|~", c));
}

/* Refuses the request for an error that llhttp has found, if no callback has refused
 * it. */
static void explain(struct request *request, llhttp_errno_t code) {
    switch (code) {
    case HPE_INVALID_METHOD:
        if (may_be_method(*llhttp_get_error_pos(&request->http))) {
            refuse(request, 501, "this method is not implemented");
        } else {
            refuse(request, 400, "this is no HTTP request");
        }
        break;
    case HPE_INVALID_VERSION:
        refuse(request, 505, "only HTTP/1.1 and HTTP/1.0 are spoken here");
        break;
    case HPE_INVALID_TRANSFER_ENCODING:
        refuse(request, 501, "the only transfer coding known here is chunked");
        break;
    default:
        refuse(request, 400, "this is no HTTP request");
    }
}

enum request_progress request_feed(struct request *request, const char *bytes,
                                   size_t count, size_t *consumed) {
    request->has_bytes = request->has_bytes || count > 0;
    llhttp_errno_t code = llhttp_execute(&request->http, bytes, count);
    *consumed = count;
    if (code == HPE_OK) {
        return REQUEST_MORE;
    }
    if (request->body_complete && request->status == 0 &&
        (code == HPE_PAUSED || code == HPE_PAUSED_UPGRADE)) {
        *consumed = (size_t)(llhttp_get_error_pos(&request->http) - bytes);
        return REQUEST_COMPLETE;
    }
    explain(request, code);
    return REQUEST_REFUSED;
}

bool request_is_head(const struct request *request) {
    return request->http.method == HTTP_HEAD;
}

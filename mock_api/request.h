/* Parses the bytes of a connection, as they come, into one HTTP/1.1 request after
 * another. */
#ifndef SIMUL_MOCK_API_REQUEST_H
#define SIMUL_MOCK_API_REQUEST_H

#include "base/latency.h"

#include <llhttp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A request beyond these limits is refused. */
#define REQUEST_TARGET_BYTES 512
#define REQUEST_HEADER_BYTES 16384
#define REQUEST_HEADER_COUNT 100
#define REQUEST_BODY_BYTES   (16 * 1024 * 1024)

enum request_route { ROUTE_ANSWER, ROUTE_HEALTH, ROUTE_METRICS };

enum request_progress {
    REQUEST_MORE,     /* all bytes are consumed; the request is not complete yet */
    REQUEST_COMPLETE, /* bytes that are not consumed belong to the next request */
    REQUEST_REFUSED,  /* `status` and `reason` say why; nothing more is read */
};

/* A parser and the request that it is reading. */
struct request {
    llhttp_t http;
    enum request_route route;
    int32_t conversation; /* of /conversation/round; -1: the path names none */
    int32_t round;
    struct latency send; /* of ?send=, if has_send; the same for the response */
    struct latency response;
    bool has_send;
    bool has_response;
    bool has_bytes; /* at least one byte of this request was read */
    bool head_complete;
    bool body_complete;
    bool keep_alive; /* valid from head_complete */
    bool expects_continue;
    int status;         /* if refused: 4xx, 501, 505; else 0 */
    const char *reason; /* static text */

    /* For the parser alone: */
    uint32_t header_bytes;
    uint32_t body_bytes;
    uint16_t header_count;
    uint16_t target_length;
    uint8_t host_count;
    uint8_t name_length;
    uint8_t value_length;
    char name[16];
    char value[16];
    char target[REQUEST_TARGET_BYTES];
};

/* Prepares for the first request of a connection. */
void request_open(struct request *request);

/* Prepares for the next request of the same connection. */
void request_next(struct request *request);

/* Parses more bytes; *consumed is how many of them were used. Any call may set
 * head_complete. */
enum request_progress request_feed(struct request *request, const char *bytes,
                                   size_t count, size_t *consumed);

/* The request is a HEAD, so its answer has no body. */
bool request_is_head(const struct request *request);

#endif

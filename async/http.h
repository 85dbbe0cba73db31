/* An HTTP client for tasks: thousands of requests in flight, one thread.
 *
 *   struct async_http_response response = {0};
 *   bool ok = async_http_get("http://127.0.0.1:8080/", NULL, &response, error);
 *   ... response.status, response.body.data ...
 *   async_http_response_free(&response);
 */
#ifndef SIMUL_ASYNC_HTTP_H
#define SIMUL_ASYNC_HTTP_H

#include "async/bytes.h"
#include "async/loop.h"

/* Zeroed: what stands in brackets. */
struct async_http_options {
    const char *const *headers; /* "Name: value", NULL at the end [none but curl's] */
    const void *body;           /* what is sent, body_bytes of it [none] */
    size_t body_bytes;
    int64_t timeout_ns;    /* for the whole request, never early [none] */
    size_t most_bytes;     /* of the body; more is ASYNC_LIMIT_OVERRUN [any] */
    long most_redirects;   /* followed [none] */
    bool fresh_connection; /* neither takes one from the loop's cache nor leaves it
                              there [no] */
};

/* Since the request was begun; 0: it did not come to that. Microseconds at best. */
struct async_http_timings {
    int64_t resolved_ns;
    int64_t connected_ns;
    int64_t secured_ns; /* TLS is set up */
    int64_t first_byte_ns;
    int64_t total_ns;
};

/* Zeroed before its first use; may be used for many requests. */
struct async_http_response {
    int status;                 /* 200, 404, ...; 0: no answer began */
    struct async_bytes headers; /* as they came, with the status line */
    struct async_bytes body;
    struct async_http_timings timings;
};

/* Asks and waits for all of the answer. Any status is an answer. The response replaces
 * what was in it; what had come before a failure is there, too. `options` may be NULL;
 * they and all that they point to have to live until it returns. http and https; names
 * are looked up in a thread; proxies of the environment are not used.
 *
 *   ASYNC_TIMEOUT          the time was up
 *   ASYNC_SYSTEM           ECONNREFUSED, ECONNRESET, ...; EMFILE: no descriptor was
 *                          left; EAI_NONAME (negative): no host of that name
 *   ASYNC_INCOMPLETE_READ  the connection ended before the answer did
 *   ASYNC_LIMIT_OVERRUN    the body is longer than most_bytes
 *   ASYNC_INVALID_ARGUMENT no such URL or scheme
 *   ASYNC_FAILED           no HTTP, no valid certificate, ...; code: curl's
 *   ASYNC_CANCELLED        and the request is aborted at once */
bool async_http_request(const char *method, const char *url,
                        const struct async_http_options *options,
                        struct async_http_response *response,
                        struct async_error *error);
bool async_http_get(const char *url, const struct async_http_options *options,
                    struct async_http_response *response, struct async_error *error);

/* A header's value, borrowed of the response: so many bytes from there on (value_bytes
 * may be NULL), and no NUL behind them; the last one of that name, whatever its case.
 * NULL: there is none. */
const char *async_http_header(const struct async_http_response *response,
                              const char *name, size_t *value_bytes);

/* Gives the memory back; it is zeroed then. */
void async_http_response_free(struct async_http_response *response);

#endif

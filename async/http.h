/* An HTTP client for tasks: thousands of requests in flight on one thread.
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

#ifdef __cplusplus
extern "C" {
#endif

/* A zeroed field means the default, which stands in brackets. */
struct async_http_options {
    const char *const *headers; /* "Name: value", NULL at the end [only curl's own] */
    const void *body;           /* body_bytes to send [none] */
    size_t body_bytes;
    int64_t timeout_ns;  /* for the whole request, never early [none] */
    size_t most_bytes;   /* limit of the body, else ASYNC_LIMIT_OVERRUN [none] */
    long most_redirects; /* how many are followed [none] */

    /* Neither takes a connection from the loop's cache nor leaves one there [no]. */
    bool fresh_connection;
};

/* Nanoseconds since the request began, with a resolution of microseconds; 0 if the
 * request did not get that far. */
struct async_http_timings {
    int64_t resolved_ns;
    int64_t connected_ns;
    int64_t secured_ns; /* TLS is set up */
    int64_t first_byte_ns;
    int64_t total_ns;
};

/* To be zeroed before its first use; may be used for many requests. */
struct async_http_response {
    int status;                 /* 200, 404, ...; 0 if no answer has begun */
    struct async_bytes headers; /* as received, with the status line */
    struct async_bytes body;
    struct async_http_timings timings;
};

/* Sends a request and waits for the whole answer. An answer with any status is a
 * success. The response is replaced; after a failure it has the part that was received
 * before. `options` may be NULL; the options and the data that they point to have to
 * live until the call returns. URLs are http and https; names are looked up in a
 * thread; the environment's proxies are not used. Fails with
 *
 *   ASYNC_TIMEOUT          the time was up
 *   ASYNC_SYSTEM           ECONNREFUSED, ECONNRESET, ...; EMFILE: no descriptor was
 *                          left; EAI_NONAME (negative): no host has that name
 *   ASYNC_INCOMPLETE_READ  the connection ended before the answer did
 *   ASYNC_LIMIT_OVERRUN    the body is longer than most_bytes
 *   ASYNC_INVALID_ARGUMENT the URL or its scheme is not valid, a number in the options
 *                          is negative, or body_bytes is set without a body
 *   ASYNC_FAILED           the answer is not HTTP, the certificate is not valid, ...;
 *                          `error->code` is curl's
 *   ASYNC_CANCELLED        the task was cancelled, and the request aborted at once
 */
bool async_http_request(const char *method, const char *url,
                        const struct async_http_options *options,
                        struct async_http_response *response,
                        struct async_error *error);
bool async_http_get(const char *url, const struct async_http_options *options,
                    struct async_http_response *response, struct async_error *error);

/* Returns a header's value, borrowed from the response, or NULL. It has *value_bytes
 * bytes (`value_bytes` may be NULL) and no NUL behind them. Names are compared without
 * case; of several headers of that name the last one counts. */
const char *async_http_header(const struct async_http_response *response,
                              const char *name, size_t *value_bytes);

/* Frees the memory; the struct is zeroed then. */
void async_http_response_free(struct async_http_response *response);

#ifdef __cplusplus
}
#endif

#endif

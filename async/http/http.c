/* A request, from its handle to its response. */
#include "async/http.h"
#include "async/curl.h"
#include "async/loop/argument.h"
#include "async/waiting.h"
#include "base/descriptors.h"

#include <errno.h>
#include <netdb.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

struct request {
    CURL *easy;
    struct curl_slist *headers;
    const struct async_http_options *options;
    struct async_http_response *response;
    int socket_errno; /* why a socket could not be opened; 0: none failed */
    bool is_too_long;
};

/* -- Called by curl ---------------------------------------------------------------- */

/* Keeps the headers of the last answer. Those before it belong to redirects. */
static size_t on_header(char *bytes, size_t size, size_t count, void *context) {
    struct request *request = context;
    size_t length = size * count;
    if (length > 5 && !memcmp(bytes, "HTTP/", 5)) {
        async_bytes_clear(&request->response->headers);
    }
    return async_bytes_append(&request->response->headers, bytes, length) ? length : 0;
}

static size_t on_body(char *bytes, size_t size, size_t count, void *context) {
    struct request *request = context;
    size_t length = size * count;
    size_t most = request->options->most_bytes;
    request->is_too_long = most > 0 && request->response->body.count + length > most;
    return !request->is_too_long &&
                   async_bytes_append(&request->response->body, bytes, length)
               ? length
               : 0;
}

static curl_socket_t open_socket(void *context, curlsocktype purpose,
                                 struct curl_sockaddr *address) {
    struct request *request = context;
    (void)purpose;
    return descriptors_open_socket(address->family, address->socktype,
                                   address->protocol, &request->socket_errno);
}

/* -- Setting up -------------------------------------------------------------------- */

static bool set_headers(struct request *request) {
    for (const char *const *header = request->options->headers; header && *header;
         header++) {
        struct curl_slist *longer = curl_slist_append(request->headers, *header);
        if (!longer) {
            return false;
        }
        request->headers = longer;
    }
    curl_easy_setopt(request->easy, CURLOPT_HTTPHEADER, request->headers);
    return true;
}

static void set_method(struct request *request, const char *method) {
    CURL *easy = request->easy;
    const struct async_http_options *options = request->options;
    if (!strcmp(method, "HEAD")) {
        curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
    } else if (options->body || !strcmp(method, "POST")) {
        curl_easy_setopt(easy, CURLOPT_POST, 1L);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, options->body ? options->body : "");
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
                         (curl_off_t)options->body_bytes);
        curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, method);
    } else if (strcmp(method, "GET") != 0) {
        curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, method);
    }
}

static CURLcode set_up(struct request *request, const char *method, const char *url) {
    CURL *easy = request->easy;
    const struct async_http_options *options = request->options;
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L); /* no alarm(): there may be threads */
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, request);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, request);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, request);
    if (options->most_redirects > 0) {
        curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 1L);
        curl_easy_setopt(easy, CURLOPT_MAXREDIRS, options->most_redirects);
    }
    if (options->fresh_connection) {
        curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
        curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L);
    }
    set_method(request, method);
    CURLcode code = curl_easy_setopt(easy, CURLOPT_URL, url);
    return code != CURLE_OK || set_headers(request) ? code : CURLE_OUT_OF_MEMORY;
}

/* -- The result -------------------------------------------------------------------- */

static int64_t get_ns(CURL *easy, CURLINFO what) {
    curl_off_t us = 0;
    curl_easy_getinfo(easy, what, &us);
    return (int64_t)us * NS_PER_US;
}

static void read_result(struct request *request) {
    CURL *easy = request->easy;
    long status = 0;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    request->response->status = (int)status;
    request->response->timings = (struct async_http_timings){
        .resolved_ns = get_ns(easy, CURLINFO_NAMELOOKUP_TIME_T),
        .connected_ns = get_ns(easy, CURLINFO_CONNECT_TIME_T),
        .secured_ns = get_ns(easy, CURLINFO_APPCONNECT_TIME_T),
        .first_byte_ns = get_ns(easy, CURLINFO_STARTTRANSFER_TIME_T),
        .total_ns = get_ns(easy, CURLINFO_TOTAL_TIME_T),
    };
}

static bool fail_with_errno(struct request *request, int otherwise, const char *url,
                            struct async_error *error) {
    long os_error = 0;
    curl_easy_getinfo(request->easy, CURLINFO_OS_ERRNO, &os_error);
    int code = request->socket_errno ? request->socket_errno : (int)os_error;
    return async_fail_system(error, code ? code : otherwise, url);
}

static bool fail_lookup(const char *url, struct async_error *error) {
    async_fail_with(error, ASYNC_SYSTEM, "%.180s: %s", url, gai_strerror(EAI_NONAME));
    if (error) {
        error->code = EAI_NONAME;
    }
    return false;
}

/* curl fails with the same code if it does not know the scheme and if the answer is not
 * HTTP. A request was sent only in the second case. */
static bool was_sent(CURL *easy) {
    long request_bytes = 0;
    curl_easy_getinfo(easy, CURLINFO_REQUEST_SIZE, &request_bytes);
    return request_bytes > 0;
}

static bool explain(struct request *request, CURLcode code, const char *url,
                    struct async_error *error) {
    switch (code) {
    case CURLE_OK:
        return true;
    case CURLE_COULDNT_CONNECT:
        return fail_with_errno(request, ECONNREFUSED, url, error);
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
        return fail_with_errno(request, ECONNRESET, url, error);
    case CURLE_PARTIAL_FILE:
    case CURLE_GOT_NOTHING:
        return async_fail_with(error, ASYNC_INCOMPLETE_READ, "%.180s: %s", url,
                               curl_easy_strerror(code));
    case CURLE_COULDNT_RESOLVE_HOST:
        return fail_lookup(url, error);
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
        return was_sent(request->easy)
                   ? async_fail(error, (int)code, "%.180s: the answer is not HTTP", url)
                   : async_fail_with(error, ASYNC_INVALID_ARGUMENT, "%.180s: %s", url,
                                     curl_easy_strerror(code));
    case CURLE_BAD_FUNCTION_ARGUMENT: /* curl takes no string of over 8 MB */
        return async_fail_with(error, ASYNC_INVALID_ARGUMENT,
                               "%.180s...: the URL is too long", url);
    case CURLE_OUT_OF_MEMORY:
        return async_fail_with(error, ASYNC_NO_MEMORY, "%.180s: out of memory", url);
    case CURLE_WRITE_ERROR:
        return request->is_too_long
                   ? async_fail_with(error, ASYNC_LIMIT_OVERRUN,
                                     "%.180s: the body is longer than %zu bytes", url,
                                     request->options->most_bytes)
                   : async_fail_with(error, ASYNC_NO_MEMORY, "%.180s: out of memory",
                                     url);
    default:
        return async_fail(error, (int)code, "%.180s: %s", url,
                          curl_easy_strerror(code));
    }
}

/* -- The request ------------------------------------------------------------------- */

static bool perform(struct request *request, const char *url, CURLcode *code,
                    struct async_error *error) {
    int64_t timeout_ns = request->options->timeout_ns;
    struct async_timeout timeout;
    struct async_error own;
    error = error ? error : &own; /* its kind is read below */
    if (timeout_ns <= 0) {
        return async_curl_perform(request->easy, code, error);
    }
    if (!async_timeout_enter(&timeout, timeout_ns, error)) {
        return false;
    }
    bool ok = async_curl_perform(request->easy, code, error);
    ok = async_timeout_exit(&timeout, ok, error);
    if (!ok && error->kind == ASYNC_TIMEOUT) {
        async_fail_with(error, ASYNC_TIMEOUT,
                        "%.180s: the answer was not complete after %.3f s", url,
                        (double)timeout_ns / 1e9);
    }
    return ok;
}

static bool check_options(const struct async_http_options *options,
                          struct async_error *error) {
    if (options->body_bytes > 0 && !options->body) {
        return async_fail_with(error, ASYNC_INVALID_ARGUMENT,
                               "body_bytes is %zu, but there is no body; set both",
                               options->body_bytes);
    }
    if (options->most_redirects < 0 || options->timeout_ns < 0) {
        return async_fail_with(error, ASYNC_INVALID_ARGUMENT,
                               "most_redirects (%ld) and timeout_ns (%lld) must be >= "
                               "0; 0 means none",
                               options->most_redirects, (long long)options->timeout_ns);
    }
    return async_argument_size("body_bytes", options->body_bytes, error);
}

bool async_http_request(const char *method, const char *url,
                        const struct async_http_options *options,
                        struct async_http_response *response,
                        struct async_error *error) {
    static const struct async_http_options defaults;
    if (options && !check_options(options, error)) {
        return false;
    }
    struct request request = {.easy = curl_easy_init(),
                              .options = options ? options : &defaults,
                              .response = response};
    async_bytes_clear(&response->headers);
    async_bytes_clear(&response->body);
    response->status = 0;
    CURLcode code = request.easy ? set_up(&request, method, url) : CURLE_OUT_OF_MEMORY;
    bool ok = code == CURLE_OK;
    if (!ok) {
        explain(&request, code, url, error);
    } else {
        ok = perform(&request, url, &code, error);
        read_result(&request);
        ok = ok && explain(&request, code, url, error);
    }
    curl_easy_cleanup(request.easy);
    curl_slist_free_all(request.headers);
    return ok;
}

bool async_http_get(const char *url, const struct async_http_options *options,
                    struct async_http_response *response, struct async_error *error) {
    return async_http_request("GET", url, options, response, error);
}

const char *async_http_header(const struct async_http_response *response,
                              const char *name, size_t *value_bytes) {
    size_t name_bytes = strlen(name);
    const char *value = NULL;
    for (const char *line = response->headers.data; line && *line;) {
        size_t line_bytes = strcspn(line, "\r\n");
        if (line_bytes > name_bytes && line[name_bytes] == ':' &&
            !strncasecmp(line, name, name_bytes)) {
            value = line + name_bytes + 1;
            value += strspn(value, " \t");
            if (value_bytes) {
                *value_bytes = (size_t)(line + line_bytes - value);
            }
        }
        line += line_bytes;
        line += strspn(line, "\r\n");
    }
    return value;
}

void async_http_response_free(struct async_http_response *response) {
    async_bytes_free(&response->headers);
    async_bytes_free(&response->body);
    *response = (struct async_http_response){.status = 0};
}

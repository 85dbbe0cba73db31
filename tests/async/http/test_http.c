/* async/http/http.c: HTTP requests of tasks. */
#include "async/http.h"
#include "tests/async/support.h"
#include "tests/support/rogue.h"
#include "tests/support/watched_api.h"

#include <errno.h>
#include <netdb.h>
#include <stdlib.h>
#include <string.h>

/* One request to a server that behaves in one way. */
struct try {
    struct rogue *rogue;
    const struct async_http_options *options;
    enum async_error_kind kind;
    int code;
    struct async_http_response response;
};

ASYNC_FUNCTION(try_once) {
    struct try *try = argument;
    if (!async_http_get(try->rogue->url, try->options, &try->response, error)) {
        try->kind = error->kind;
        try->code = error->code;
        cr_expect_not(error->kind != ASYNC_CANCELLED && error->message[0] == '\0');
    }
    return true;
}

static void run_try(struct try *try, enum rogue_way way) {
    struct rogue rogue;
    open_what_stays();
    int before = count_descriptors();
    rogue_start(&rogue, way);
    try->rogue = &rogue;
    run_in_real_time(try_once, try);
    rogue_stop(&rogue);
    cr_expect_eq(count_descriptors(), before, "descriptors are left");
}

Test(async_http, a_response_has_its_headers_and_times) {
    struct try try = {.options = NULL};
    size_t length = 0;
    run_try(&try, ROGUE_ANSWERS);
    cr_expect_eq(try.kind, ASYNC_OK);
    cr_expect_eq(try.response.status, 200);
    cr_expect_str_eq(try.response.body.data, "ok");
    const char *value = async_http_header(&try.response, "content-length", &length);
    cr_assert(value);
    cr_expect(length == 1 && *value == '2');
    cr_expect_eq(async_http_header(&try.response, "content-length", NULL), value);
    cr_expect_null(async_http_header(&try.response, "content", &length));
    cr_expect_gt(try.response.timings.connected_ns, 0);
    cr_expect_geq(try.response.timings.first_byte_ns,
                  try.response.timings.connected_ns);
    cr_expect_geq(try.response.timings.total_ns, try.response.timings.first_byte_ns);
    async_http_response_free(&try.response);
}

Test(async_http, each_failure_has_its_kind) {
    const struct {
        enum rogue_way way;
        enum async_error_kind kind;
        int code;
        int status;
    } cases[] = {
        {ROGUE_CLOSES, ASYNC_INCOMPLETE_READ, 0, 0},
        {ROGUE_RESETS, ASYNC_SYSTEM, ECONNRESET, 0},
        {ROGUE_HALF_BODY, ASYNC_INCOMPLETE_READ, 0, 200},
        {ROGUE_RESETS_BODY, ASYNC_SYSTEM, ECONNRESET, 200},
        {ROGUE_BABBLES, ASYNC_FAILED, 1, 0},
        {ROGUE_NOT_FOUND, ASYNC_OK, 0, 404},
        {ROGUE_BREAKS_DOWN, ASYNC_OK, 0, 500},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct try try = {.options = NULL};
        run_try(&try, cases[i].way);
        cr_expect_eq(try.kind, cases[i].kind, "%zu: %s", i, async_error_name(try.kind));
        cr_expect_eq(try.code, cases[i].code, "%zu: %d", i, try.code);
        cr_expect_eq(try.response.status, cases[i].status, "%zu", i);
        async_http_response_free(&try.response);
    }
}

Test(async_http, a_timeout_is_never_early) {
    struct async_http_options options = {.timeout_ns = 20 * NS_PER_MS};
    enum rogue_way ways[] = {ROGUE_SILENT, ROGUE_STOPS_MIDWAY};
    for (int i = 0; i < 2; i++) {
        struct try try = {.options = &options};
        int64_t begin_ns = clock_now_ns();
        run_try(&try, ways[i]);
        cr_expect_eq(try.kind, ASYNC_TIMEOUT);
        cr_expect_geq(clock_now_ns() - begin_ns, options.timeout_ns);
        cr_expect_eq(try.response.body.count, i == 0 ? 0 : 4,
                     "the bytes that arrived are not kept");
        async_http_response_free(&try.response);
    }
}

Test(async_http, a_body_over_the_limit_fails) {
    struct async_http_options options = {.most_bytes = 1};
    struct try try = {.options = &options};
    run_try(&try, ROGUE_ANSWERS);
    cr_expect_eq(try.kind, ASYNC_LIMIT_OVERRUN);
    async_http_response_free(&try.response);
}

ASYNC_FUNCTION(ask_wrong_urls) {
    struct async_http_response response = {.status = 0};
    FAILS_WITH(ASYNC_INVALID_ARGUMENT,
               async_http_get("gopher://127.0.0.1/", NULL, &response, error));
    FAILS_WITH(ASYNC_INVALID_ARGUMENT,
               async_http_get("http://[", NULL, &response, error));
    cr_expect_not(async_http_get("http://no-such.invalid/", NULL, &response, error));
    cr_expect_eq(error->code, EAI_NONAME);
    FAILS_WITH(ASYNC_SYSTEM, async_http_get(argument, NULL, &response, error));
    cr_expect_eq(error->code, ECONNREFUSED);
    async_http_response_free(&response);
    return true;
}

ASYNC_TEST(async_http, options_out_of_their_range_are_refused) {
    static const struct async_http_options wrong[] = {
        {.body_bytes = 10},
        {.body = "x", .body_bytes = (size_t)-1},
        {.timeout_ns = -1},
        {.most_redirects = -1},
    };
    struct async_http_response response = {.status = 0};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        FAILS_WITH(ASYNC_INVALID_ARGUMENT,
                   async_http_request("POST", "http://127.0.0.1:1/", &wrong[i],
                                      &response, error));
    }
    async_http_response_free(&response);
    return true;
}

/* curl takes no string of over 8 MB. */
ASYNC_TEST(async_http, a_url_that_is_too_long_is_not_out_of_memory) {
    enum { LONG_URL_BYTES = 9 * 1000 * 1000 };
    struct async_http_response response = {.status = 0};
    char *url = malloc(LONG_URL_BYTES);
    memset(url, 'x', LONG_URL_BYTES - 1);
    memcpy(url, "http://127.0.0.1/", 17);
    url[LONG_URL_BYTES - 1] = '\0';
    FAILS_WITH(ASYNC_INVALID_ARGUMENT, async_http_get(url, NULL, &response, error));
    free(url);
    return true;
}

Test(async_http, each_wrong_url_fails_with_its_own_error) {
    char url[64];
    int fd = rogue_nobody(url);
    run_cleanly(ask_wrong_urls, url);
    close(fd);
}

ASYNC_FUNCTION(post) {
    struct rogue *rogue = argument;
    struct async_http_response response = {.status = 0};
    struct async_http_options options = {
        .headers = (const char *const[]){"X-Board: 7", NULL},
        .body = "e4",
        .body_bytes = 2,
        .fresh_connection = true,
    };
    SUCCEEDS(async_http_request("PUT", rogue->url, &options, &response, error));
    async_http_response_free(&response);
    return true;
}

Test(async_http, method_headers_and_body_are_sent) {
    struct rogue rogue;
    rogue_start(&rogue, ROGUE_ANSWERS);
    run_in_real_time(post, &rogue);
    rogue_stop(&rogue);
    cr_expect(!strncmp(rogue.first_request, "PUT / HTTP/1.1\r\n", 16), "%s",
              rogue.first_request);
    cr_expect(strstr(rogue.first_request, "X-Board: 7\r\n"));
    cr_expect(strstr(rogue.first_request, "\r\n\r\ne4"));
}

/* -- Many at once ------------------------------------------------------------------ */

enum { MANY = 500 };

ASYNC_FUNCTION(ask) {
    struct async_http_response response = {.status = 0};
    bool ok = async_http_get(argument, NULL, &response, error);
    cr_expect_eq(response.status, 200);
    async_http_response_free(&response);
    return ok;
}

ASYNC_FUNCTION(ask_many) {
    struct async_awaitable *tasks[MANY];
    for (int i = 0; i < MANY; i++) {
        tasks[i] = NEW_TASK(ask, argument);
    }
    SUCCEEDS(async_gather(tasks, MANY, false, NULL, error));
    for (int i = 0; i < MANY; i++) {
        async_release(tasks[i]);
    }
    return true;
}

Test(async_http, many_requests_are_in_flight_at_once) {
    struct watched_api api;
    char url[API_URL_BYTES + 8];
    watched_api_start(&api, (const char *const[]){"--send", "0s", "--response", "300ms",
                                                  "--senders", "unlimited", NULL});
    snprintf(url, sizeof url, "%s/0/0", api.url);
    run_cleanly(ask_many, url);
    cr_expect_eq(watched_api_peak_in_flight(&api), MANY);
    watched_api_stop(&api);
}

ASYNC_FUNCTION(ask_in_vain) {
    struct async_http_response response = {.status = 0};
    bool ok = async_http_get(argument, NULL, &response, error);
    async_http_response_free(&response);
    return ok;
}

ASYNC_FUNCTION(cancel_many) {
    struct async_awaitable *tasks[MANY];
    for (int i = 0; i < MANY; i++) {
        tasks[i] = NEW_TASK(ask_in_vain, argument);
    }
    SUCCEEDS(async_sleep(20 * NS_PER_MS, error));
    for (int i = 0; i < MANY; i++) {
        async_cancel(tasks[i]);
    }
    for (int i = 0; i < MANY; i++) {
        FAILS_WITH(ASYNC_CANCELLED, async_await(tasks[i], NULL, error));
        async_release(tasks[i]);
    }
    return true;
}

Test(async_http, many_requests_are_cancelled_at_once) {
    struct watched_api api;
    char url[API_URL_BYTES + 8];
    watched_api_start(&api, (const char *const[]){"--send", "0s", "--response", "1000s",
                                                  "--senders", "unlimited", NULL});
    snprintf(url, sizeof url, "%s/0/0", api.url);
    run_cleanly(cancel_many, url);
    watched_api_stop(&api);
}

/* -- A timeout and a cancellation in one turn -------------------------------------- */

struct late {
    const char *url;
    enum async_error_kind kind;
};

ASYNC_FUNCTION(ask_for_a_while) {
    struct async_http_options options = {.timeout_ns = 20 * NS_PER_MS};
    struct async_http_response response = {.status = 0};
    struct late *late = argument;
    bool ok = async_http_get(late->url, &options, &response, error);
    late->kind = error->kind;
    async_http_response_free(&response);
    return ok;
}

static void cancel(void *task) {
    cr_expect(async_cancel(task));
}

/* Virtual time, so that the timeout and then the cancellation come in one turn. */
ASYNC_FUNCTION(cancel_when_time_is_up) {
    struct async_loop *loop = async_get_running_loop();
    async_use_virtual_time(loop);
    struct async_awaitable *task = NEW_TASK(ask_for_a_while, argument);
    SUCCEEDS(async_sleep(0, error));
    SUCCEEDS(async_call_later(loop, NULL, 20 * NS_PER_MS, cancel, task, error));
    async_await(task, NULL, NULL);
    async_release(task);
    return true;
}

Test(async_http, a_cancellation_in_the_turn_of_the_timeout_wins) {
    struct rogue rogue;
    rogue_start(&rogue, ROGUE_SILENT);
    struct late late = {.url = rogue.url};
    run_cleanly(cancel_when_time_is_up, &late);
    rogue_stop(&rogue);
    cr_expect_eq(late.kind, ASYNC_CANCELLED, "%s", async_error_name(late.kind));
}

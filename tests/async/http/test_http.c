/* async/http/http.c: requests of tasks. */
#include "async/http.h"
#include "tests/async/loopback.h"
#include "tests/support/rogue.h"
#include "tests/support/watched_api.h"

#include <errno.h>
#include <netdb.h>
#include <stdlib.h>
#include <string.h>

/* One request to a server that does one thing. */
struct try {
    struct rogue *rogue;
    const struct async_http_options *options;
    enum async_error_kind kind;
    int code;
    struct async_http_response response;
};

static bool try_once(void *argument, void **value, struct async_error *error) {
    struct try *try = argument;
    (void)value;
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
    run_program(try_once, try);
    rogue_stop(&rogue);
    cr_expect_eq(count_descriptors(), before, "descriptors are left");
}

Test(async_http, an_answer_comes_with_its_headers_and_times) {
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

Test(async_http, time_is_up_and_never_early) {
    struct async_http_options options = {.timeout_ns = 20 * NS_PER_MS};
    enum rogue_way ways[] = {ROGUE_SILENT, ROGUE_STOPS_MIDWAY};
    for (int i = 0; i < 2; i++) {
        struct try try = {.options = &options};
        int64_t begin_ns = clock_now_ns();
        run_try(&try, ways[i]);
        cr_expect_eq(try.kind, ASYNC_TIMEOUT);
        cr_expect_geq(clock_now_ns() - begin_ns, options.timeout_ns);
        cr_expect_eq(try.response.body.count, i == 0 ? 0 : 4, "what came is kept");
        async_http_response_free(&try.response);
    }
}

Test(async_http, a_body_may_be_too_long) {
    struct async_http_options options = {.most_bytes = 1};
    struct try try = {.options = &options};
    run_try(&try, ROGUE_ANSWERS);
    cr_expect_eq(try.kind, ASYNC_LIMIT_OVERRUN);
    async_http_response_free(&try.response);
}

static bool ask_wrongly(void *argument, void **value, struct async_error *error) {
    struct async_http_response response = {.status = 0};
    (void)value;
    FAILS_WITH(ASYNC_INVALID_ARGUMENT,
               async_http_get("gopher://127.0.0.1/", NULL, &response, error));
    FAILS_WITH(ASYNC_INVALID_ARGUMENT,
               async_http_get("http://[", NULL, &response, error));
    cr_expect_not(async_http_get("http://no-such.invalid/", NULL, &response, error));
    cr_expect_eq(error->code, EAI_NONAME);
    cr_expect_not(async_http_get(argument, NULL, &response, error));
    cr_expect_eq(error->kind, ASYNC_SYSTEM);
    cr_expect_eq(error->code, ECONNREFUSED);
    async_http_response_free(&response);
    return true;
}

Test(async_http, what_leads_nowhere_is_named) {
    char url[64];
    int fd = rogue_nobody(url);
    run_cleanly(ask_wrongly, url);
    close(fd);
}

static bool post(void *argument, void **value, struct async_error *error) {
    struct rogue *rogue = argument;
    struct async_http_response response = {.status = 0};
    struct async_http_options options = {
        .headers = (const char *const[]){"X-Board: 7", NULL},
        .body = "e4",
        .body_bytes = 2,
        .fresh_connection = true,
    };
    (void)value;
    GOES_WELL(async_http_request("PUT", rogue->url, &options, &response, error));
    async_http_response_free(&response);
    return true;
}

Test(async_http, method_headers_and_body_are_sent) {
    struct rogue rogue;
    rogue_start(&rogue, ROGUE_ANSWERS);
    run_program(post, &rogue);
    rogue_stop(&rogue);
    cr_expect(!strncmp(rogue.first_request, "PUT / HTTP/1.1\r\n", 16), "%s",
              rogue.first_request);
    cr_expect(strstr(rogue.first_request, "X-Board: 7\r\n"));
    cr_expect(strstr(rogue.first_request, "\r\n\r\ne4"));
}

/* -- Many at once ---------------------------------------------------------------- */

enum { MANY = 500 };

static bool ask(void *argument, void **value, struct async_error *error) {
    struct async_http_response response = {.status = 0};
    (void)value;
    bool ok = async_http_get(argument, NULL, &response, error);
    cr_expect_eq(response.status, 200);
    async_http_response_free(&response);
    return ok;
}

static bool ask_many(void *argument, void **value, struct async_error *error) {
    struct async_awaitable *tasks[MANY];
    (void)value;
    for (int i = 0; i < MANY; i++) {
        tasks[i] = async_create_task(async_coroutine(ask, argument));
    }
    GOES_WELL(async_gather(tasks, MANY, false, NULL, error));
    for (int i = 0; i < MANY; i++) {
        async_release(tasks[i]);
    }
    return true;
}

Test(async_http, many_are_in_flight_at_once) {
    struct watched_api api;
    char url[API_URL_BYTES + 8];
    watched_api_start(&api, (const char *const[]){"--send", "0s", "--response", "300ms",
                                                  "--senders", "unlimited", NULL});
    snprintf(url, sizeof url, "%s/0/0", api.url);
    run_cleanly(ask_many, url);
    cr_expect_eq(watched_api_peak_in_flight(&api), MANY);
    watched_api_stop(&api);
}

static bool ask_in_vain(void *argument, void **value, struct async_error *error) {
    struct async_http_response response = {.status = 0};
    (void)value;
    bool ok = async_http_get(argument, NULL, &response, error);
    async_http_response_free(&response);
    return ok;
}

static bool cancel_many(void *argument, void **value, struct async_error *error) {
    struct async_awaitable *tasks[MANY];
    (void)value;
    for (int i = 0; i < MANY; i++) {
        tasks[i] = async_create_task(async_coroutine(ask_in_vain, argument));
    }
    GOES_WELL(async_sleep(20 * NS_PER_MS, error));
    for (int i = 0; i < MANY; i++) {
        async_cancel(tasks[i]);
    }
    for (int i = 0; i < MANY; i++) {
        FAILS_WITH(ASYNC_CANCELLED, async_await(tasks[i], NULL, error));
        async_release(tasks[i]);
    }
    return true;
}

Test(async_http, many_are_cancelled_at_once) {
    struct watched_api api;
    char url[API_URL_BYTES + 8];
    watched_api_start(&api, (const char *const[]){"--send", "0s", "--response", "1000s",
                                                  "--senders", "unlimited", NULL});
    snprintf(url, sizeof url, "%s/0/0", api.url);
    run_cleanly(cancel_many, url);
    watched_api_stop(&api);
}

/* -- The time is up, and somebody cancels ----------------------------------------- */

struct late {
    const char *url;
    enum async_error_kind kind;
};

static bool ask_for_a_while(void *argument, void **value, struct async_error *error) {
    struct async_http_options options = {.timeout_ns = 20 * NS_PER_MS};
    struct async_http_response response = {.status = 0};
    struct late *late = argument;
    (void)value;
    bool ok = async_http_get(late->url, &options, &response, error);
    late->kind = error->kind;
    async_http_response_free(&response);
    return ok;
}

static void cancel(void *task) {
    cr_expect(async_cancel(task));
}

/* In virtual time, so that both come in one turn: the timeout first. */
static bool cancel_when_time_is_up(void *argument, void **value,
                                   struct async_error *error) {
    struct async_loop *loop = async_get_running_loop();
    (void)value;
    async_use_virtual_time(loop);
    struct async_awaitable *task =
        async_create_task(async_coroutine(ask_for_a_while, argument));
    GOES_WELL(async_sleep(0, error));
    GOES_WELL(async_call_later(loop, NULL, 20 * NS_PER_MS, cancel, task, error));
    async_await(task, NULL, NULL);
    async_release(task);
    return true;
}

Test(async_http, a_cancellation_as_the_time_is_up_stays_one) {
    struct rogue rogue;
    rogue_start(&rogue, ROGUE_SILENT);
    struct late late = {.url = rogue.url};
    run_cleanly(cancel_when_time_is_up, &late);
    rogue_stop(&rogue);
    cr_expect_eq(late.kind, ASYNC_CANCELLED, "%s", async_error_name(late.kind));
}

/* async/http/curl.c: any curl handle as something to wait for. */
#include "async/curl.h"
#include "tests/async/loopback.h"
#include "tests/support/rogue.h"

static size_t discard(char *bytes, size_t size, size_t count, void *context) {
    (void)bytes, (void)context;
    return size * count;
}

static CURL *new_handle(const char *url) {
    CURL *easy = curl_easy_init();
    curl_easy_setopt(easy, CURLOPT_URL, url);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, discard);
    return easy;
}

static bool perform_twice(void *argument, void **value, struct async_error *error) {
    struct rogue *rogue = argument;
    char mine;
    char *kept = NULL;
    CURLcode code = CURLE_FAILED_INIT;
    CURL *easy = new_handle(rogue->url);
    (void)value;
    curl_easy_setopt(easy, CURLOPT_PRIVATE, &mine);
    for (int i = 0; i < 2; i++) {
        GOES_WELL(async_curl_perform(easy, &code, error));
        cr_expect_eq(code, CURLE_OK, "%s", curl_easy_strerror(code));
    }
    curl_easy_getinfo(easy, CURLINFO_PRIVATE, &kept);
    cr_expect_eq(kept, &mine);
    curl_easy_cleanup(easy);
    return true;
}

Test(async_curl, one_handle_asks_again_over_its_connection) {
    struct rogue rogue;
    rogue_start(&rogue, ROGUE_ANSWERS);
    run_program(perform_twice, &rogue);
    rogue_stop(&rogue);
    cr_expect_eq(rogue.requests, 2);
    cr_expect_eq(rogue.connections, 1);
}

static bool perform_once(void *argument, void **value, struct async_error *error) {
    CURL *easy = new_handle(argument);
    (void)value;
    bool ok = async_curl_perform(easy, NULL, error);
    curl_easy_cleanup(easy);
    return ok;
}

static bool cancel_one(void *argument, void **value, struct async_error *error) {
    struct rogue *rogue = argument;
    struct async_awaitable *task =
        async_create_task(async_coroutine(perform_once, rogue->url));
    (void)value;
    while (rogue->requests == 0) {
        GOES_WELL(async_sleep(NS_PER_MS, error));
    }
    async_cancel(task);
    FAILS_WITH(ASYNC_CANCELLED, async_await(task, NULL, error));
    async_release(task);
    return true;
}

/* The server is in this process: its descriptors are counted before it and after it. */
Test(async_curl, a_cancelled_transfer_is_aborted) {
    struct rogue rogue;
    open_what_stays();
    int before = count_descriptors();
    rogue_start(&rogue, ROGUE_SILENT);
    run_program(cancel_one, &rogue);
    rogue_stop(&rogue);
    cr_expect_eq(count_descriptors(), before);
}

static bool wait_for_ever(void *argument, void **value, struct async_error *error) {
    struct waiting *waiting = argument;
    CURLcode code = CURLE_OK;
    CURL *easy = new_handle(waiting->argument);
    (void)value;
    waiting->is_waiting = true;
    bool ok = async_curl_perform(easy, &code, error);
    curl_easy_cleanup(easy);
    waiting->ended_with = error->kind;
    return ok;
}

Test(async_curl, a_loop_closes_with_a_transfer_under_way) {
    struct rogue rogue;
    rogue_start(&rogue, ROGUE_SILENT);
    close_under(wait_for_ever, rogue.url);
    rogue_stop(&rogue);
}

Test(async_curl, needs_a_task) {
    struct async_error error = {.kind = ASYNC_OK};
    CURLcode code;
    CURL *easy = new_handle("http://127.0.0.1:1/");
    cr_expect_not(async_curl_perform(easy, &code, &error));
    cr_expect_eq(error.kind, ASYNC_RUNTIME);
    curl_easy_cleanup(easy);
}

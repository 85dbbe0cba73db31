/* async/http/curl.c: a task waits for the transfer of a curl handle. */
#include "async/curl.h"
#include "tests/async/support.h"
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

ASYNC_FUNCTION(perform_twice) {
    struct rogue *rogue = argument;
    char mine;
    char *kept = NULL;
    CURLcode code = CURLE_FAILED_INIT;
    CURL *easy = new_handle(rogue->url);
    curl_easy_setopt(easy, CURLOPT_PRIVATE, &mine);
    for (int i = 0; i < 2; i++) {
        SUCCEEDS(async_curl_perform(easy, &code, error));
        cr_expect_eq(code, CURLE_OK, "%s", curl_easy_strerror(code));
    }
    curl_easy_getinfo(easy, CURLINFO_PRIVATE, &kept);
    cr_expect_eq(kept, &mine);
    curl_easy_cleanup(easy);
    return true;
}

Test(async_curl, a_handle_reuses_its_connection) {
    struct rogue rogue;
    rogue_start(&rogue, ROGUE_ANSWERS);
    run_in_real_time(perform_twice, &rogue);
    rogue_stop(&rogue);
    cr_expect_eq(rogue.requests, 2);
    cr_expect_eq(rogue.connections, 1);
}

ASYNC_FUNCTION(perform_once) {
    CURL *easy = new_handle(argument);
    bool ok = async_curl_perform(easy, NULL, error);
    curl_easy_cleanup(easy);
    return ok;
}

ASYNC_FUNCTION(cancel_one) {
    struct rogue *rogue = argument;
    struct async_awaitable *task = NEW_TASK(perform_once, rogue->url);
    while (rogue->requests == 0) {
        SUCCEEDS(async_sleep(NS_PER_MS, error));
    }
    async_cancel(task);
    FAILS_WITH(ASYNC_CANCELLED, async_await(task, NULL, error));
    async_release(task);
    return true;
}

/* The server is a thread of this process, so its descriptors are counted, too. */
Test(async_curl, a_cancelled_transfer_is_aborted) {
    struct rogue rogue;
    open_what_stays();
    int before = count_descriptors();
    rogue_start(&rogue, ROGUE_SILENT);
    run_in_real_time(cancel_one, &rogue);
    rogue_stop(&rogue);
    cr_expect_eq(count_descriptors(), before);
}

ASYNC_FUNCTION(wait_until_closed) {
    struct waiting *waiting = argument;
    CURLcode code = CURLE_OK;
    CURL *easy = new_handle(waiting->argument);
    waiting->is_waiting = true;
    bool ok = async_curl_perform(easy, &code, error);
    curl_easy_cleanup(easy);
    waiting->ended_with = error->kind;
    return ok;
}

Test(async_curl, a_loop_may_close_during_a_transfer) {
    struct rogue rogue;
    rogue_start(&rogue, ROGUE_SILENT);
    close_under(wait_until_closed, rogue.url);
    rogue_stop(&rogue);
}

Test(async_curl, outside_a_task_it_fails) {
    struct async_error error = {.kind = ASYNC_OK};
    CURLcode code;
    CURL *easy = new_handle("http://127.0.0.1:1/");
    FAILS_WITH(ASYNC_RUNTIME, async_curl_perform(easy, &code, &error));
    curl_easy_cleanup(easy);
}

/* async/http/curl.c: a task waits for the transfer of a curl handle. */
#include "async/curl.h"
#include "tests/async/support.h"
#include "tests/support/rogue.h"

#include <errno.h>
#include <sys/resource.h>

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

/* The first transfer of a loop opens an epoll. */
REAL_TIME_TEST(async_curl, without_a_descriptor_it_fails_with_emfile) {
    struct rlimit before, none;
    CURL *easy = new_handle("http://127.0.0.1:1/");
    int fd = dup(STDERR_FILENO); /* the lowest that is free */
    close(fd);
    getrlimit(RLIMIT_NOFILE, &before);
    none = (struct rlimit){.rlim_cur = (rlim_t)fd, .rlim_max = before.rlim_max};
    setrlimit(RLIMIT_NOFILE, &none);
    FAILS_WITH(ASYNC_SYSTEM, async_curl_perform(easy, NULL, error));
    setrlimit(RLIMIT_NOFILE, &before);
    cr_expect_eq(error->code, EMFILE, "%s", error->message);
    curl_easy_cleanup(easy);
    return true;
}

ASYNC_TEST(async_curl, a_handle_of_another_multi_handle_is_refused) {
    CURL *easy = new_handle("http://127.0.0.1:1/");
    CURLM *other = curl_multi_init();
    cr_assert_eq(curl_multi_add_handle(other, easy), CURLM_OK);
    FAILS_WITH(ASYNC_RUNTIME, async_curl_perform(easy, NULL, error));
    curl_multi_remove_handle(other, easy);
    curl_multi_cleanup(other);
    curl_easy_cleanup(easy);
    return true;
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

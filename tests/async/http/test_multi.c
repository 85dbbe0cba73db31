/* async/http/multi.c: transfers on any libuv loop, each with a callback at its end. */
#include "async/http/multi.h"
#include "tests/async/support.h"
#include "tests/support/rogue.h"

#include <uv.h>

struct asking {
    struct async_multi multi;
    uv_loop_t *uv;
    int left;
    CURLcode last;
};

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

static void on_done(CURL *easy, CURLcode code, void *context) {
    struct asking *asking = context;
    asking->last = code;
    if (--asking->left > 0) {
        cr_assert(async_multi_start(&asking->multi, easy));
    } else {
        uv_stop(asking->uv);
    }
}

/* Transfers so many times, one after the other, in a plain loop of libuv. */
static CURLcode ask(const char *url, int times) {
    uv_loop_t uv;
    struct asking asking = {.uv = &uv, .left = times};
    CURL *easy = new_handle(url);
    cr_assert_eq(uv_loop_init(&uv), 0);
    cr_assert(async_multi_open(&asking.multi, &uv, on_done, &asking));
    cr_assert(async_multi_start(&asking.multi, easy));
    alarm(20);
    uv_run(&uv, UV_RUN_DEFAULT);
    alarm(0);
    cr_expect_eq(asking.left, 0);
    curl_easy_cleanup(easy);
    async_multi_close(&asking.multi);
    uv_run(&uv, UV_RUN_DEFAULT);
    cr_expect_eq(uv_loop_close(&uv), 0, "a handle is left on the loop");
    return asking.last;
}

Test(async_multi, the_callback_of_a_transfer_may_start_it_again) {
    struct rogue rogue;
    rogue_start(&rogue, ROGUE_ANSWERS);
    cr_expect_eq(ask(rogue.url, 10), CURLE_OK);
    rogue_stop(&rogue);
    cr_expect_eq(rogue.requests, 10);
    cr_expect_eq(rogue.connections, 1);
}

Test(async_multi, a_connection_that_the_server_closed_is_not_reused) {
    struct rogue rogue;
    rogue_start(&rogue, ROGUE_LEAVES);
    cr_expect_eq(ask(rogue.url, 5), CURLE_OK);
    rogue_stop(&rogue);
    cr_expect_eq(rogue.connections, 5);
}

Test(async_multi, a_refused_connection_ends_the_transfer) {
    char url[64];
    int fd = rogue_nobody(url);
    cr_expect_eq(ask(url, 2), CURLE_COULDNT_CONNECT);
    close(fd);
}

Test(async_multi, closing_a_zeroed_multi_does_nothing) {
    struct async_multi multi = {.curl = NULL};
    async_multi_close(&multi);
}

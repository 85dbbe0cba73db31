/* A loop's multi handle as a part of the loop: a callback of curl sets a future. */
#include "async/curl.h"
#include "async/http/multi.h"
#include "async/loop/part.h"

#include <errno.h>

struct curl_part {
    struct async_part part; /* first */
    struct async_multi multi;
};

/* One transfer, on the stack of the task that waits for it. */
struct performance {
    struct async_awaitable future;
    CURLcode code;
};

static void end_multi(struct async_part *part) {
    async_multi_close(&((struct curl_part *)part)->multi);
}

static void on_done(CURL *easy, CURLcode code, void *context) {
    struct performance *performance = NULL;
    (void)context;
    curl_easy_getinfo(easy, CURLINFO_PRIVATE, (char **)&performance);
    performance->code = code;
    async_future_wake(&performance->future, NULL);
}

static bool fail_to_start(struct async_error *error, const char *what) {
    int code = errno;
    return code == ENOMEM
               ? async_fail_with(error, ASYNC_NO_MEMORY, "%s: out of memory", what)
           : code == EBUSY
               ? async_fail_with(
                     error, ASYNC_RUNTIME,
                     "%s: the handle is in use by another multi handle; take "
                     "it out first",
                     what)
               : async_fail_system(error, code, what);
}

static struct async_multi *get_multi(struct async_loop *loop,
                                     struct async_error *error) {
    struct curl_part *part =
        (struct curl_part *)async_part_get(loop, sizeof *part, end_multi, error);
    if (part && !part->multi.curl &&
        !async_multi_open(&part->multi, async_loop_uv(loop), on_done, NULL)) {
        fail_to_start(error, "opening an epoll for curl");
        return NULL;
    }
    return part ? &part->multi : NULL;
}

bool async_curl_perform(CURL *easy, CURLcode *code, struct async_error *error) {
    struct async_awaitable *task =
        async_need_current_task("async_curl_perform()", error);
    struct async_multi *multi = task ? get_multi(task->loop, error) : NULL;
    if (!multi) {
        return false;
    }
    char *before = NULL;
    curl_easy_getinfo(easy, CURLINFO_PRIVATE, &before);
    struct performance performance = {.code = CURLE_OK};
    async_future_open(&performance.future, task->loop, "curl");
    curl_easy_setopt(easy, CURLOPT_PRIVATE, &performance);
    bool ok =
        async_multi_start(multi, easy) || fail_to_start(error, "starting a transfer");
    if (ok) {
        ok = async_await(&performance.future, NULL, error);
        if (!ok) {
            async_multi_stop(multi, easy);
        }
    }
    curl_easy_setopt(easy, CURLOPT_PRIVATE, before);
    async_future_close(&performance.future);
    if (code) {
        *code = performance.code;
    }
    return ok;
}

/* lesson_request(): a blocking request with curl, as in a first HTTP client. */
#include "lessons/lesson.h"
#include "lessons/runtime/slow_server.h"

#include <curl/curl.h>
#include <errno.h>
#include <stdio.h>

bool lesson_request(double seconds, const char *what, struct async_error *error) {
    int port;
    char url[64];
    if (!slow_server_start(lesson_ns(seconds), &port)) {
        return async_fail_system(error, errno, "cannot start a server on 127.0.0.1");
    }
    snprintf(url, sizeof url, "http://127.0.0.1:%d/", port);
    CURL *curl = curl_easy_init();
    if (!curl) {
        return async_fail(error, CURLE_FAILED_INIT, "out of memory for curl");
    }
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");    /* not the environment's */
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L); /* no alarm(): there are threads */
    curl_easy_setopt(curl, CURLOPT_NOBODY, 1L);
    size_t span = lesson_begin(NULL, what);
    CURLcode code = curl_easy_perform(curl);
    lesson_end(span);
    curl_easy_cleanup(curl);
    return code == CURLE_OK || async_fail(error, code, "%s", curl_easy_strerror(code));
}

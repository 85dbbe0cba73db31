/* Starts and watches the mock API. */
#include "tests/support/watched_api.h"
#include "base/clock.h"

#include <criterion/criterion.h>
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { MOST_OPTIONS = 24, PAGE_BYTES = 16384 };

void watched_api_start(struct watched_api *api, const char *const options[]) {
    *api = (struct watched_api){.log_fd = memfd_create("api-log", 0)};
    cr_assert_geq(api->log_fd, 0, "no memory file for the log");
    char log[64];
    snprintf(log, sizeof log, "/proc/self/fd/%d", api->log_fd);
    const char *argv[MOST_OPTIONS] = {TEST_BIN "/simul-mock-api", "--port", "0",
                                      "--log", log};
    for (int i = 0; options[i]; i++) {
        cr_assert_lt(i + 6, MOST_OPTIONS, "too many options");
        argv[i + 5] = options[i];
    }
    struct error error = {.kind = ERROR_NONE};
    struct process_plan plan = {.argv = argv, .stdout_fd = -1, .cgroup_fds = {-1, -1}};
    cr_assert(process_start(&api->process, &plan, &error), "%s", error.message);
    process_wait_line(&api->process, clock_now_ns() + 20 * NS_PER_S);
    cr_assert_not_null(api->process.out, "the mock API printed no URL: %s",
                       api->process.err);
    size_t length = strcspn(api->process.out, "\n");
    cr_assert_lt(length, sizeof api->url, "the URL is too long");
    memcpy(api->url, api->process.out, length);
    cr_assert(witness_open(&api->witness, log, &error), "%s", error.message);
}

struct page {
    char text[PAGE_BYTES];
    size_t length;
};

static size_t keep_page(char *bytes, size_t size, size_t count, void *context) {
    struct page *page = context;
    size_t room = sizeof page->text - 1 - page->length;
    size_t length = size * count < room ? size * count : room;
    memcpy(page->text + page->length, bytes, length);
    page->length += length;
    return size * count;
}

long watched_api_connections(const struct watched_api *api) {
    struct page page = {.length = 0};
    char url[API_URL_BYTES + 16];
    snprintf(url, sizeof url, "%s/metrics", api->url);
    CURL *easy = curl_easy_init();
    curl_easy_setopt(easy, CURLOPT_URL, url);
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_TIMEOUT, 20L);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, keep_page);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &page);
    CURLcode code = curl_easy_perform(easy);
    curl_easy_cleanup(easy);
    cr_assert_eq(code, CURLE_OK, "no metrics: %s", curl_easy_strerror(code));
    const char *line = strstr(page.text, "\nsimul_connections_total ");
    cr_assert_not_null(line, "no count of connections in the metrics");
    long count = strtol(strchr(line, ' '), NULL, 10);
    return count - 1; /* without the connection of this query */
}

int watched_api_peak_in_flight(const struct watched_api *api) {
    uint64_t count = witness_count(&api->witness);
    const struct witness_record *records = api->witness.records;
    int peak = 0;
    for (uint64_t i = 0; i < count; i++) {
        int in_flight = 0; /* at this arrival, since only an arrival raises it */
        for (uint64_t j = 0; j < count; j++) {
            in_flight += records[j].arrival_ns <= records[i].arrival_ns &&
                         (records[j].answered_ns == 0 ||
                          records[j].answered_ns > records[i].arrival_ns);
        }
        peak = in_flight > peak ? in_flight : peak;
    }
    return peak;
}

void watched_api_stop(struct watched_api *api) {
    witness_close(&api->witness);
    process_close(&api->process);
    close(api->log_fd);
}

/* Counts the API's work, and writes the counts in Prometheus' text format. */
#include "mock_api/metrics.h"
#include "base/clock.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

static const int64_t bounds_ns[METRICS_BUCKET_COUNT] = {
    10 * NS_PER_US,  20 * NS_PER_US, 50 * NS_PER_US, 100 * NS_PER_US, 200 * NS_PER_US,
    500 * NS_PER_US, 1 * NS_PER_MS,  2 * NS_PER_MS,  5 * NS_PER_MS,   10 * NS_PER_MS,
};

/* In the order in which a request goes through them. */
static const struct {
    enum phase phase;
    const char *name;
} phases[] = {
    {PHASE_QUEUE, "queue"},     {PHASE_SEND, "send"},         {EXCHANGE_UPLOAD, "body"},
    {PHASE_BACKLOG, "backlog"}, {PHASE_RESPONSE, "response"},
};

void metrics_count_request(struct metrics *metrics, int status) {
    if (status > 0 && status < METRICS_STATUS_COUNT) {
        metrics->requests[status]++;
    }
}

void metrics_count_lateness(struct metrics *metrics, int64_t lateness_ns) {
    int bucket = 0;
    while (bucket < METRICS_BUCKET_COUNT && lateness_ns > bounds_ns[bucket]) {
        bucket++;
    }
    metrics->lateness_buckets[bucket]++;
    metrics->lateness_count++;
    metrics->lateness_sum_ns += lateness_ns;
}

/* A text that grows in a buffer of METRICS_TEXT_BYTES. */
struct page {
    char *text;
    size_t length;
};

__attribute__((format(printf, 2, 3))) static void add(struct page *page,
                                                      const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    size_t room = METRICS_TEXT_BYTES - page->length;
    int length = vsnprintf(page->text + page->length, room, format, arguments);
    va_end(arguments);
    if (length > 0 && (size_t)length < room) {
        page->length += (size_t)length;
    }
}

static void add_name(struct page *page, const char *name, const char *type,
                     const char *help) {
    add(page, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void add_lateness(struct page *page, const struct metrics *metrics) {
    add_name(page, "simul_lateness_seconds", "histogram",
             "From the due moment of an answer to the write.");
    uint64_t sum = 0;
    for (int i = 0; i < METRICS_BUCKET_COUNT; i++) {
        sum += metrics->lateness_buckets[i];
        add(page, "simul_lateness_seconds_bucket{le=\"%g\"} %" PRIu64 "\n",
            (double)bounds_ns[i] / NS_PER_S, sum);
    }
    add(page, "simul_lateness_seconds_bucket{le=\"+Inf\"} %" PRIu64 "\n",
        metrics->lateness_count);
    add(page, "simul_lateness_seconds_sum %.9f\n",
        (double)metrics->lateness_sum_ns / NS_PER_S);
    add(page, "simul_lateness_seconds_count %" PRIu64 "\n", metrics->lateness_count);
}

size_t metrics_format(const struct metrics *metrics, const struct exchanges *exchanges,
                      char text[static METRICS_TEXT_BYTES]) {
    struct page page = {.text = text};
    add_name(&page, "simul_requests_total", "counter",
             "Requests by status; 499: the client hung up.");
    for (int status = 0; status < METRICS_STATUS_COUNT; status++) {
        if (metrics->requests[status] > 0 || status == 200) {
            add(&page, "simul_requests_total{status=\"%d\"} %" PRIu64 "\n", status,
                metrics->requests[status]);
        }
    }
    add_name(&page, "simul_requests_in_flight", "gauge", "Requests now in each phase.");
    for (size_t i = 0; i < sizeof phases / sizeof phases[0]; i++) {
        add(&page, "simul_requests_in_flight{phase=\"%s\"} %" PRIu64 "\n",
            phases[i].name, exchanges->in_phase[phases[i].phase]);
    }
    add_name(&page, "simul_connections_open", "gauge", "Connections now open.");
    add(&page, "simul_connections_open %" PRIu64 "\n", metrics->connections_open);
    add_name(&page, "simul_connections_total", "counter", "Connections accepted.");
    add(&page, "simul_connections_total %" PRIu64 "\n", metrics->connections_total);
    add_lateness(&page, metrics);
    return page.length;
}

/* mock_api/metrics.c: the counts, and the text that Prometheus reads. */
#include "mock_api/metrics.h"
#include "base/clock.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static struct metrics metrics;
static struct exchanges exchanges;
static char text[METRICS_TEXT_BYTES];

static void expect_line(const char *line) {
    char whole[200];
    snprintf(whole, sizeof whole, "\n%s\n", line);
    cr_expect_not_null(strstr(text, whole), "no '%s' in:\n%s", line, text);
}

static void format(void) {
    size_t length = metrics_format(&metrics, &exchanges, text);
    cr_assert_eq(length, strlen(text));
    cr_assert_eq(text[length - 1], '\n');
}

Test(metrics, all_counts_are_zero_at_first) {
    format();
    expect_line("simul_requests_total{status=\"200\"} 0");
    expect_line("simul_requests_in_flight{phase=\"queue\"} 0");
    expect_line("simul_connections_open 0");
    expect_line("simul_lateness_seconds_bucket{le=\"+Inf\"} 0");
    expect_line("simul_lateness_seconds_sum 0.000000000");
}

Test(metrics, requests_are_counted_by_status) {
    for (int i = 0; i < 3; i++) {
        metrics_count_request(&metrics, 200);
    }
    metrics_count_request(&metrics, 499);
    metrics_count_request(&metrics, 501);
    format();
    expect_line("simul_requests_total{status=\"200\"} 3");
    expect_line("simul_requests_total{status=\"499\"} 1");
    expect_line("simul_requests_total{status=\"501\"} 1");
    cr_expect_null(strstr(text, "status=\"400\""));
}

Test(metrics, a_status_out_of_range_is_not_counted) {
    static const int statuses[] = {-1, 0, METRICS_STATUS_COUNT, 1000000};
    for (int i = 0; i < 4; i++) {
        metrics_count_request(&metrics, statuses[i]);
    }
    for (int status = 0; status < METRICS_STATUS_COUNT; status++) {
        cr_assert_eq(metrics.requests[status], 0);
    }
}

Test(metrics, each_phase_has_a_gauge) {
    static const char *const names[] = {NULL,      "queue",    "send",
                                        "backlog", "response", "body"};
    for (int phase = 1; phase < EXCHANGE_PHASES; phase++) {
        exchanges.in_phase[phase] = (uint64_t)phase * 11;
    }
    format();
    for (int phase = 1; phase < EXCHANGE_PHASES; phase++) {
        char line[100];
        snprintf(line, sizeof line, "simul_requests_in_flight{phase=\"%s\"} %d",
                 names[phase], phase * 11);
        expect_line(line);
    }
}

Test(metrics, connections_are_shown) {
    metrics.connections_open = 5;
    metrics.connections_total = 7;
    format();
    expect_line("simul_connections_open 5");
    expect_line("simul_connections_total 7");
}

Test(metrics, a_lateness_on_a_bound_is_in_its_bucket) {
    metrics_count_lateness(&metrics, 0);
    metrics_count_lateness(&metrics, 10 * NS_PER_US);
    metrics_count_lateness(&metrics, 10 * NS_PER_US + 1);
    metrics_count_lateness(&metrics, 10 * NS_PER_MS);
    metrics_count_lateness(&metrics, 10 * NS_PER_MS + 1);
    cr_expect_eq(metrics.lateness_buckets[0], 2);
    cr_expect_eq(metrics.lateness_buckets[1], 1);
    cr_expect_eq(metrics.lateness_buckets[METRICS_BUCKET_COUNT - 1], 1);
    cr_expect_eq(metrics.lateness_buckets[METRICS_BUCKET_COUNT], 1);
}

Test(metrics, buckets_are_cumulative_in_seconds) {
    metrics_count_lateness(&metrics, 5 * NS_PER_US);
    metrics_count_lateness(&metrics, 60 * NS_PER_US);
    metrics_count_lateness(&metrics, 3 * NS_PER_MS);
    metrics_count_lateness(&metrics, NS_PER_S);
    format();
    expect_line("simul_lateness_seconds_bucket{le=\"1e-05\"} 1");
    expect_line("simul_lateness_seconds_bucket{le=\"5e-05\"} 1");
    expect_line("simul_lateness_seconds_bucket{le=\"0.0001\"} 2");
    expect_line("simul_lateness_seconds_bucket{le=\"0.005\"} 3");
    expect_line("simul_lateness_seconds_bucket{le=\"0.01\"} 3");
    expect_line("simul_lateness_seconds_bucket{le=\"+Inf\"} 4");
    expect_line("simul_lateness_seconds_count 4");
    expect_line("simul_lateness_seconds_sum 1.003065000");
}

Test(metrics, every_series_has_its_type) {
    format();
    cr_expect_eq(strncmp(text, "# HELP simul_requests_total ", 28), 0);
    expect_line("# TYPE simul_requests_total counter");
    expect_line("# TYPE simul_requests_in_flight gauge");
    expect_line("# TYPE simul_connections_open gauge");
    expect_line("# TYPE simul_connections_total counter");
    expect_line("# TYPE simul_lateness_seconds histogram");
}

Test(metrics, every_line_is_of_the_format) {
    metrics_count_request(&metrics, 404);
    format();
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
        bool comment = !strncmp(line, "# HELP ", 7) || !strncmp(line, "# TYPE ", 7);
        double value;
        const char *space = strrchr(line, ' ');
        cr_expect(comment || (!strncmp(line, "simul_", 6) && space &&
                              sscanf(space, "%lf", &value) == 1),
                  "%s", line);
    }
}

Test(metrics, the_largest_page_is_cut_not_overrun) {
    for (int status = 1; status < METRICS_STATUS_COUNT; status++) {
        metrics.requests[status] = UINT64_MAX;
    }
    size_t length = metrics_format(&metrics, &exchanges, text);
    cr_expect_lt(length, METRICS_TEXT_BYTES);
}

Test(metrics, every_status_of_the_api_fits) {
    static const int statuses[] = {200, 400, 408, 413, 414, 417,
                                   431, 499, 501, 503, 505};
    for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++) {
        metrics.requests[statuses[i]] = UINT64_MAX;
    }
    for (int phase = 1; phase < EXCHANGE_PHASES; phase++) {
        exchanges.in_phase[phase] = UINT64_MAX;
    }
    metrics.lateness_count = UINT64_MAX;
    format();
    expect_line("simul_lateness_seconds_count 18446744073709551615");
}

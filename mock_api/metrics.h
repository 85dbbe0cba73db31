/* Counts of the API's requests, connections and lateness, for GET /metrics. */
#ifndef SIMUL_MOCK_API_METRICS_H
#define SIMUL_MOCK_API_METRICS_H

#include "mock_api/exchange.h"

#include <stddef.h>
#include <stdint.h>

#define METRICS_TEXT_BYTES   8192
#define METRICS_STATUS_COUNT 600
#define METRICS_BUCKET_COUNT 10

struct metrics {
    uint64_t requests[METRICS_STATUS_COUNT]; /* by status */
    uint64_t connections_open;
    uint64_t connections_total;
    uint64_t lateness_buckets[METRICS_BUCKET_COUNT + 1]; /* the last: over all bounds */
    uint64_t lateness_count;
    int64_t lateness_sum_ns;
};

void metrics_count_request(struct metrics *metrics, int status);

/* Counts how long after its due time an answer was handed to the kernel. */
void metrics_count_lateness(struct metrics *metrics, int64_t lateness_ns);

/* Writes the counts in Prometheus' text format 0.0.4. Returns the length. */
size_t metrics_format(const struct metrics *metrics, const struct exchanges *exchanges,
                      char text[static METRICS_TEXT_BYTES]);

#endif

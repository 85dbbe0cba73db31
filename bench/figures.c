/* What a trial's records amount to. */
#include "bench/figures.h"
#include "bench/intervals.h"
#include "bench/statistics.h"

#include <math.h>
#include <stdlib.h>

static void count_requests(struct figures *figures, const struct events *events) {
    for (int32_t i = 0; i < events->conversations; i++) {
        for (int32_t round = 0; round < events->rounds; round++) {
            const struct event *event = events_at(events, i, round);
            if (event->is_present) {
                figures->requests_by_error[event->error]++;
                figures->requests_by_status[event->status]++;
            }
        }
    }
}

static size_t list_api_sends(const struct witness *witness, struct stretch *sends) {
    size_t count = 0;
    for (uint64_t i = 0; i < witness_count(witness); i++) {
        const struct witness_record *record = &witness->records[i];
        int64_t end_ns =
            record->send_end_ns ? record->send_end_ns : record->answered_ns;
        if (record->send_begin_ns > 0 && end_ns >= record->send_begin_ns) {
            sends[count++] = (struct stretch){record->send_begin_ns, end_ns};
        }
    }
    return count;
}

static size_t list_client_sends(const struct events *events, struct stretch *sends) {
    size_t count = 0;
    for (int32_t i = 0; i < events->conversations; i++) {
        for (int32_t round = 0; round < events->rounds; round++) {
            const struct event *event = events_at(events, i, round);
            if (event->is_present && event->send_ns > 0) {
                sends[count++] =
                    (struct stretch){event->begin_ns, event->begin_ns + event->send_ns};
            }
        }
    }
    return count;
}

static size_t list_flights(const struct witness *witness, struct stretch *flights) {
    size_t count = 0;
    for (uint64_t i = 0; i < witness_count(witness); i++) {
        const struct witness_record *record = &witness->records[i];
        if (record->answered_ns > 0) {
            flights[count++] =
                (struct stretch){record->arrival_ns, record->answered_ns};
        }
    }
    return count;
}

static int64_t median_lateness_ns(const struct witness *witness, double *values) {
    size_t count = 0;
    for (uint64_t i = 0; i < witness_count(witness); i++) {
        const struct witness_record *record = &witness->records[i];
        if (record->status == 200) {
            values[count++] = (double)(record->answered_ns - record->response_due_ns);
        }
    }
    return count ? llround(statistics_median(values, count)) : -1;
}

bool figures_compute(struct figures *figures, const struct events *events,
                     const struct witness *witness, bool client_sends) {
    *figures = (struct figures){.lateness_ns = -1};
    size_t requests = (size_t)events->conversations * (size_t)events->rounds;
    size_t room = requests + (size_t)witness_count(witness) + 1;
    struct stretch *stretches = calloc(room, sizeof *stretches);
    double *values = calloc(room, sizeof *values);
    struct overlap sends;
    struct overlap flights;
    bool ok = stretches && values;
    if (ok) {
        size_t count = client_sends ? list_client_sends(events, stretches)
                                    : list_api_sends(witness, stretches);
        ok = intervals_measure(stretches, count, &sends);
    }
    ok = ok && intervals_measure(stretches, list_flights(witness, stretches), &flights);
    if (ok) {
        figures->start_ns = events_start_ns(events);
        figures->makespan_ns = events_makespan_ns(events);
        figures->busy_ns = sends.union_ns;
        figures->busy_sum_ns = sends.sum_ns;
        figures->in_flight_peak = flights.peak;
        figures->in_flight_mean = flights.mean;
        figures->lateness_ns = median_lateness_ns(witness, values);
        count_requests(figures, events);
    }
    free(stretches);
    free(values);
    return ok;
}

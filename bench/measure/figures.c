/* Computes the figures of a trial. */
#include "bench/measure/figures.h"
#include "bench/measure/intervals.h"
#include "bench/measure/statistics.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static void note_failed(struct failed_requests *failed, int32_t conversation,
                        int32_t round, const struct event *event) {
    if (event->error == EVENT_OK) {
        return;
    }
    failed->total++;
    if (failed->count < FIGURES_FIRST_FAILED) {
        failed->list[failed->count++] = (struct failed_request){
            .conversation = conversation,
            .round = round,
            .status = event->status,
            .error = event->error,
        };
    }
}

static void count_requests(struct figures *figures, const struct events *events) {
    for (int32_t i = 0; i < events->conversations; i++) {
        for (int32_t round = 0; round < events->rounds; round++) {
            const struct event *event = events_at(events, i, round);
            if (event->is_present) {
                figures->requests_by_error[event->error]++;
                figures->requests_by_status[event->status]++;
                figures->reopened += event->is_reopened;
                note_failed(&figures->first_failed, i, round, event);
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

/* The requests in flight by the model's own rows, for an API without a log. */
static size_t list_own_flights(const struct events *events, struct stretch *flights) {
    size_t count = 0;
    for (int32_t i = 0; i < events->conversations; i++) {
        for (int32_t round = 0; round < events->rounds; round++) {
            const struct event *event = events_at(events, i, round);
            if (event->is_present && event->end_ns >= event->begin_ns) {
                flights[count++] = (struct stretch){event->begin_ns, event->end_ns};
            }
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
                     const struct witness *witness, enum figures_source source) {
    *figures = (struct figures){.lateness_ns = -1};
    size_t requests = (size_t)events->conversations * (size_t)events->rounds;
    size_t room = requests + (size_t)witness_count(witness) + 1;
    struct stretch *stretches = calloc(room, sizeof *stretches);
    double *values = calloc(room, sizeof *values);
    bool is_own = source == FIGURES_OWN_API;
    struct overlap sends;
    struct overlap flights;
    bool ok = stretches && values;
    if (ok) {
        size_t count = source == FIGURES_CLIENT_SENDS
                           ? list_client_sends(events, stretches)
                           : list_api_sends(witness, stretches);
        ok = intervals_measure(stretches, count, &sends);
    }
    if (ok) {
        size_t count = is_own ? list_own_flights(events, stretches)
                              : list_flights(witness, stretches);
        ok = intervals_measure(stretches, count, &flights);
    }
    if (ok) {
        figures->start_ns = events_start_ns(events);
        figures->makespan_ns = events_makespan_ns(events);
        figures->busy_ns = is_own ? -1 : sends.union_ns;
        figures->busy_sum_ns = is_own ? -1 : sends.sum_ns;
        figures->in_flight_peak = flights.peak;
        figures->in_flight_mean = flights.mean;
        figures->lateness_ns = median_lateness_ns(witness, values);
        count_requests(figures, events);
    }
    free(stretches);
    free(values);
    return ok;
}

int64_t figures_failed(const struct figures *figures) {
    int64_t failed = 0;
    for (int i = EVENT_OK + 1; i < EVENT_ERROR_COUNT; i++) {
        failed += figures->requests_by_error[i];
    }
    return failed;
}

bool figures_name_failures(const struct figures *figures,
                           char text[static FIGURES_FAILURES_BYTES]) {
    int64_t failed = figures_failed(figures);
    const char *before = " (";
    if (failed == 0) {
        return false;
    }
    int used = snprintf(text, FIGURES_FAILURES_BYTES,
                        "%" PRId64 " of %" PRId64 " requests failed", failed,
                        failed + figures->requests_by_error[EVENT_OK]);
    for (int i = EVENT_OK + 1; i < EVENT_ERROR_COUNT; i++) {
        if (figures->requests_by_error[i] > 0) { /* all nine kinds fit the text */
            used += snprintf(text + used, FIGURES_FAILURES_BYTES - (size_t)used,
                             "%s%" PRId64 " %s", before, figures->requests_by_error[i],
                             event_error_name((enum event_error)i));
            before = ", ";
        }
    }
    snprintf(text + used, FIGURES_FAILURES_BYTES - (size_t)used, ")");
    return true;
}

/* The figures of a trial, computed from the events of the model and the witness log of
 * the API. */
#ifndef SIMUL_BENCH_MEASURE_FIGURES_H
#define SIMUL_BENCH_MEASURE_FIGURES_H

#include "base/witness.h"
#include "bench/measure/events.h"

#define FIGURES_FAILURES_BYTES 400
#define FIGURES_FIRST_FAILED   5

/* Where the times of the sends are recorded. */
enum figures_source {
    FIGURES_API_SENDS,    /* in the mock API's log */
    FIGURES_CLIENT_SENDS, /* in the model's rows: the client sends by itself */
    FIGURES_OWN_API,      /* nowhere: the user's own API has no log */
};

/* A request that failed. */
struct failed_request {
    int32_t conversation;
    int32_t round;
    int32_t line; /* of the user's URL file, from 1; 0: there is none */
    int32_t status;
    enum event_error error;
};

/* The first failed requests of a trial, by conversation and round. */
struct failed_requests {
    struct failed_request list[FIGURES_FIRST_FAILED];
    size_t count;
    int64_t total; /* with those that are not in the list */
};

/* Times in real nanoseconds; -1: unknown. */
struct figures {
    int64_t start_ns;    /* the common ready, on CLOCK_MONOTONIC */
    int64_t makespan_ns; /* from start_ns to the last end */
    int64_t busy_ns;     /* the union of all send phases */
    int64_t busy_sum_ns; /* their sum */
    int64_t requests_by_error[EVENT_ERROR_COUNT];
    int64_t requests_by_status[1000];
    struct failed_requests first_failed;
    int64_t reopened; /* requests whose connection the server had closed before */
    /* requests in flight: from arrival to answer at the mock API, or with the user's
     * own API from begin to end of the model's rows */
    int64_t in_flight_peak;
    double in_flight_mean; /* over time */
    int64_t lateness_ns;   /* the API's median; -1: no answer */
};

/* Computes the figures; a closed witness counts as an empty log. False: out of
 * memory. */
bool figures_compute(struct figures *figures, const struct events *events,
                     const struct witness *witness, enum figures_source source);

/* The number of failed requests. */
int64_t figures_failed(const struct figures *figures);

/* Writes "3 of 12 requests failed (2 status, 1 timeout)"; false if none failed. */
bool figures_name_failures(const struct figures *figures,
                           char text[static FIGURES_FAILURES_BYTES]);

#endif

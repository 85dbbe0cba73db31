/* What a trial's records amount to: the events of the model and the API's own log. */
#ifndef SIMUL_BENCH_MEASURE_FIGURES_H
#define SIMUL_BENCH_MEASURE_FIGURES_H

#include "base/witness.h"
#include "bench/measure/events.h"

#define FIGURES_FAILURES_BYTES 400

/* Who knows when somebody sent. */
enum figures_source {
    FIGURES_API_SENDS,    /* the mock API's log */
    FIGURES_CLIENT_SENDS, /* the client, that sends by itself; the rest is in the log */
    FIGURES_OWN_API,      /* nobody: there is no log, only the model's rows */
};

/* Real nanoseconds; -1: unknown. */
struct figures {
    int64_t start_ns;    /* the common ready, on CLOCK_MONOTONIC */
    int64_t makespan_ns; /* from there to the last end */
    int64_t busy_ns;     /* the union of all send phases */
    int64_t busy_sum_ns; /* their sum */
    int64_t requests_by_error[EVENT_ERROR_COUNT];
    int64_t requests_by_status[1000];
    int64_t
        in_flight_peak; /* at the mock API: from arrival to answer; else begin to end */
    double in_flight_mean;
    int64_t
        lateness_ns; /* of the API: the median from due to answered; -1: no answer */
};

/* Computes them; the witness may be closed where there is none. False: out of memory.
 */
bool figures_compute(struct figures *figures, const struct events *events,
                     const struct witness *witness, enum figures_source source);

/* How many requests failed. */
int64_t figures_failed(const struct figures *figures);

/* Says it: "3 of 12 requests failed (2 status, 1 timeout)"; false where none did. */
bool figures_name_failures(const struct figures *figures,
                           char text[static FIGURES_FAILURES_BYTES]);

#endif

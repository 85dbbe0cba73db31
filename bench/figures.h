/* What a trial's records amount to: the events of the model and the API's own log. */
#ifndef SIMUL_BENCH_FIGURES_H
#define SIMUL_BENCH_FIGURES_H

#include "base/witness.h"
#include "bench/events.h"

/* Real nanoseconds. */
struct figures {
    int64_t start_ns;    /* the common ready, on CLOCK_MONOTONIC */
    int64_t makespan_ns; /* from there to the last end */
    int64_t busy_ns;     /* the union of all send phases */
    int64_t busy_sum_ns; /* their sum */
    int64_t requests_by_error[EVENT_ERROR_COUNT];
    int64_t requests_by_status[1000];
    int64_t in_flight_peak; /* at the API: from arrival to answer */
    double in_flight_mean;
    int64_t
        lateness_ns; /* of the API: the median from due to answered; -1: no answer */
};

/* Computes them. The sends are the API's; where the client itself sends they are in its
 * events. False: out of memory. */
bool figures_compute(struct figures *figures, const struct events *events,
                     const struct witness *witness, bool client_sends);

#endif

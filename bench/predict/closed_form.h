/* The formulas of the lecture, for the cases that have one. The simulation is tested
 * against them. */
#ifndef SIMUL_BENCH_PREDICT_CLOSED_FORM_H
#define SIMUL_BENCH_PREDICT_CLOSED_FORM_H

#include "bench/predict/simulation.h"

/* The makespan by formula, in nanoseconds. Returns false if there is no formula: for a
 * pool, several senders, random latencies, slots, timeouts, or senders that compute.
 * With n conversations, R rounds, send s, response r:
 *   one at a time                       n R (s + r)
 *   all at once, one sender             n s >= s + r: n R s + r
 *                                       else (R - 1)(s + r) + n s + r
 *   all at once, each sends on its own  R (s + r) */
bool closed_form(const struct simulation_setup *setup, int64_t *makespan_ns);

#endif

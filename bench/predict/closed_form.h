/* The formulas of the lecture, for the cases that have one. They
 * test the simulation. */
#ifndef SIMUL_BENCH_PREDICT_CLOSED_FORM_H
#define SIMUL_BENCH_PREDICT_CLOSED_FORM_H

#include "bench/predict/simulation.h"

/* The makespan by formula, in nanoseconds; false where there is none: a pool, several
 * senders, drawn latencies, slots, timeouts, computing senders. With n conversations,
 * R rounds, send s, response r:
 *   one at a time                       n R (s + r)
 *   all at once, one sender             n s >= s + r: n R s + r
 *                                       else (R - 1)(s + r) + n s + r
 *   all at once, every one sends        R (s + r) */
bool closed_form(const struct simulation_setup *setup, int64_t *makespan_ns);

#endif

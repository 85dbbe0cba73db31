/* The formulas of the lecture, for the cases that have one. The simulation is tested
 * against them. */
#ifndef SIMUL_BENCH_PREDICT_CLOSED_FORM_H
#define SIMUL_BENCH_PREDICT_CLOSED_FORM_H

#include "bench/predict/simulation.h"

/* The cases, with n conversations, R rounds, send s, response r. */
enum closed_form_case {
    /* No formula: a pool, several senders, drawn latencies, slots, timeouts, or senders
     * that share processors. */
    CLOSED_FORM_NONE,
    /* One conversation at a time: n R (s + r). */
    CLOSED_FORM_SEQUENTIAL,
    /* All conversations at once, and each sends on its own: R (s + r). */
    CLOSED_FORM_OWN_SENDERS,
    /* All at once with one sender, which never idles until it has sent everything
     * (n s >= s + r, or R = 1): n R s + r. */
    CLOSED_FORM_BUSY_SENDER,
    /* All at once with one sender, which idles until the first answer of each round:
     * (R - 1)(s + r) + n s + r. */
    CLOSED_FORM_IDLE_SENDER,
};

/* The case of a setup. */
enum closed_form_case closed_form_case(const struct simulation_setup *setup);

/* The makespan by formula, in nanoseconds; false: CLOSED_FORM_NONE. */
bool closed_form(const struct simulation_setup *setup, int64_t *makespan_ns);

#endif

/* Can a trial be believed? What its model printed is held against the scenario's
 * promise and against the API's own record. */
#ifndef SIMUL_BENCH_MEASURE_VALIDITY_H
#define SIMUL_BENCH_MEASURE_VALIDITY_H

#include "base/witness.h"
#include "bench/measure/events.h"
#include "bench/scenario/scenario.h"

#define VALIDITY_REASONS      8
#define VALIDITY_REASON_BYTES 200

/* Why a trial is invalid; none: it is valid. */
struct validity {
    char reasons[VALIDITY_REASONS][VALIDITY_REASON_BYTES];
    size_t count;
};

/* Adds a reason; beyond VALIDITY_REASONS it is dropped, the trial is invalid anyway. */
void validity_add(struct validity *validity, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Checks a trial's events: all rows there, no clock backwards, nothing sooner
 * than promised, nothing that the API did not see so. `owes_waiting` is false
 * for a model that sends no request. Adds one reason for each kind of fault.
 * False: out of memory. */
bool validity_check(struct validity *validity, const struct scenario *scenario,
                    uint64_t seed, bool owes_waiting, const struct events *events,
                    const struct witness *witness);

/* Adds a reason where a trial, all of whose requests succeeded, took less (in real
 * time) than the least that the scenario allows for (in its own): a result faster than
 * the ideal is an error of somebody until shown otherwise. `ideal_ns` of 0 says
 * nothing. */
void validity_check_makespan(struct validity *validity, const struct scenario *scenario,
                             int64_t makespan_ns, int64_t ideal_ns);

#endif

/* Decides whether a trial can be believed. The events of its model are compared with
 * the latencies of the scenario and with the witness log of the API. */
#ifndef SIMUL_BENCH_MEASURE_VALIDITY_H
#define SIMUL_BENCH_MEASURE_VALIDITY_H

#include "base/witness.h"
#include "bench/measure/events.h"
#include "bench/scenario/scenario.h"
#include "bench/scenario/url_file.h"

#define VALIDITY_REASONS      8
#define VALIDITY_REASON_BYTES 200

/* The reasons why a trial is invalid; it is valid if there is none. */
struct validity {
    char reasons[VALIDITY_REASONS][VALIDITY_REASON_BYTES];
    size_t count;
    /* A reason: the model's times are of another clock, so that no time means anything. */
    bool is_other_clock;
};

/* Adds a reason. Drops it if there are VALIDITY_REASONS already. */
void validity_add(struct validity *validity, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* What is known of a trial. All times are real nanoseconds on CLOCK_MONOTONIC. */
struct evidence {
    const struct scenario *scenario;
    const struct url_file *urls; /* of the user's own API; NULL: the mock API */
    uint64_t seed;               /* of the drawn latencies */
    /* false: the model sends no request, or there is no log */
    bool owes_waiting;
    const struct events *events;   /* what the model says */
    const struct witness *witness; /* what the API says */
    int64_t started_ns;            /* when the model's process was started */
    int64_t ended_ns;              /* when the harness saw that it had ended */
    int64_t unix_offset_ns;        /* Unix time minus CLOCK_MONOTONIC */
    int64_t computed_ns;           /* the processor time of that process */
};

/* Checks a trial's events: all rows are there, the times are of CLOCK_MONOTONIC, no time lies outside of the life of the
 * model's process, no clock goes backwards, no answer is sooner than the latencies
 * allow, and the API's log agrees. Adds one reason for each kind of fault. False: out of
 * memory. */
bool validity_check(struct validity *validity, const struct evidence *evidence);

/* The longest real time from the API's answer to the end that the model says. A model
 * reads late if it computes (it may have to wait for a processor ten times as long), or
 * if its own sends hold it; a second is allowed in any case. */
int64_t validity_most_late_ns(const struct evidence *evidence);

/* Adds a reason if a trial was faster than the ideal. `makespan_ns` is in real time,
 * `ideal_ns` in the scenario's own; if that is 0, it is unknown, and the trial is not
 * checked. Call it only for a trial whose requests all succeeded. */
void validity_check_makespan(struct validity *validity, const struct scenario *scenario,
                             int64_t makespan_ns, int64_t ideal_ns);

#endif

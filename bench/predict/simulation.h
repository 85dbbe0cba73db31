/* The discrete-event simulation: conversations x rounds pass through callers, uplink,
 * slots and responses, exact to the nanosecond and without a network. */
#ifndef SIMUL_BENCH_PREDICT_SIMULATION_H
#define SIMUL_BENCH_PREDICT_SIMULATION_H

#include "base/error.h"
#include "base/latency.h"

#include <stdbool.h>
#include <stdint.h>

/* The sender: the part that is busy while a request is sent. */
enum simulation_sender {
    /* one of the API's `sender_count` senders, first come, first served; 0: no limit */
    SENDER_API,
    SENDER_CALLER, /* the conversation's caller */
    SENDER_LOOP,   /* the one thread of all conversations */
};

struct simulation_setup {
    int32_t conversations;
    int32_t rounds;
    struct latency send;
    struct latency response;
    uint64_t seed;   /* of the drawn latencies */
    int32_t callers; /* conversations under way at once; they start in order */
    enum simulation_sender sender;
    int32_t sender_count;
    /* The sender computes. Callers share `cores` processors evenly; a loop uses one. If
     * there is a quota, all stand still from the time when it is used up until the next
     * period begins; the first begins at the common start. */
    bool computes;
    int32_t cores;
    int64_t quota_ns; /* processor time of each period; 0: no quota */
    int64_t period_ns;
    int32_t slots;      /* responses under way at once; 0: no limit */
    int64_t timeout_ns; /* from the wire to the last byte; 0: none */
};

/* The times of one request. If it did not reach a phase, the times of that phase are
 * those of the last step that it did reach. */
struct simulated_request {
    int64_t begin_ns;
    int64_t send_begin_ns;
    int64_t send_end_ns;
    int64_t response_begin_ns;
    int64_t end_ns;
    bool timed_out;
};

struct simulation_result {
    int64_t makespan_ns;    /* from the common start to the last end */
    int64_t busy_ns;        /* the length of the union of all send phases */
    int64_t busy_sum_ns;    /* their sum */
    int64_t timed_out;      /* number of requests that timed out */
    int64_t in_flight_peak; /* most requests on the wire or at the API at once */
};

/* True: the senders share processors, so that a send takes longer than its work. */
bool simulation_shares_cores(const struct simulation_setup *setup);

/* The number of requests that the API or the loop allows to be sent at a time; 0: no
 * limit. Callers that send have no such limit. */
int32_t simulation_senders(const struct simulation_setup *setup);

/* Runs the simulation. `requests` is NULL, or an array [conversation][round] to fill.
 * Fails if out of memory, or if a signal has come (bench/programs/interrupt.h). */
bool simulation_run(const struct simulation_setup *setup,
                    struct simulation_result *result,
                    struct simulated_request *requests, struct error *error);

#endif

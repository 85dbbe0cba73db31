/* The conversations of a trial while it runs, read from the witness log of the API. */
#ifndef SIMUL_BENCH_LIVE_LANES_H
#define SIMUL_BENCH_LIVE_LANES_H

#include "base/witness.h"
#include "bench/live/population.h"

/* The most lanes and records that are kept one by one: no screen has more lines. Other
 * conversations are only counted. */
enum { LANES_MOST = 256, LANES_MOST_RECORDS = 65536 };

/* Times in real nanoseconds. */
struct lanes_setup {
    int32_t conversations;
    int32_t rounds;
    bool client_sends;      /* the API sees a request only after its send */
    int64_t client_send_ns; /* the length of that send; 0 without client_sends */
    bool has_slots;         /* the API's slots are limited, so there is a backlog */
    int64_t predicted_ns;   /* the makespan; 0: unknown */
    int64_t axis_ns;    /* the longest makespan of the scenario's models; 0: unknown */
    int64_t request_ns; /* the mean of a request's send and response */
};

/* A request under way. */
struct lanes_open {
    uint64_t place;   /* of its record in the log */
    enum phase phase; /* in which it was last seen */
};

/* Zeroed lanes are closed. */
struct lanes {
    struct lanes_setup setup;
    bool is_blind;    /* there is no log, so only the time is known */
    int64_t start_ns; /* of the first send or queue; 0: none was seen */
    int64_t now_ns;   /* the time of the state below; after the end: the end */
    int64_t last_ns;  /* of the last answer */
    uint64_t seen;    /* records read so far */
    int64_t counts[LANE_PHASES];    /* conversations in each phase */
    int64_t answered;               /* requests, failed ones included */
    int64_t failed;                 /* requests: hung up, or with an error status */
    int32_t lane_count;             /* conversations that have a lane */
    int32_t *rounds;                /* [lane]: the latest round seen; -1: none */
    struct witness_record *records; /* [lane][round]; arrival_ns 0: not seen yet */
    struct lanes_open *open;        /* the requests under way */
    size_t open_count;
    size_t open_room;
    struct population population;
};

/* The part of a request in one phase; times count from the start of the trial. */
struct lane_part {
    enum phase phase;
    int64_t begin_ns;
    int64_t end_ns;
};
enum { LANE_MOST_PARTS = 5 };

/* Allocates the lanes. False: out of memory. Call lanes_close() in any case. */
bool lanes_open(struct lanes *lanes, const struct lanes_setup *setup);
void lanes_close(struct lanes *lanes);

/* Reads the log up to now. The cost grows with the new requests and those under way,
 * not with the finished ones. If memory is short, new requests are not seen. `witness`
 * is NULL if there is no log; `model_start_ns` is the start of the model's process. */
void lanes_update(struct lanes *lanes, const struct witness *witness,
                  int64_t model_start_ns, int64_t now_ns);

/* The time from the start of the trial until now. */
int64_t lanes_elapsed_ns(const struct lanes *lanes);

/* The end of the time axis: the longest makespan of the scenario's models, so that all
 * of them have the same axis; or more if that has passed or is unknown. At least 1. */
int64_t lanes_axis_ns(const struct lanes *lanes);

/* The present phase of a lane. */
enum phase lanes_phase(const struct lanes *lanes, int32_t lane);

/* The record of a lane's request; NULL: it has not been seen yet. */
const struct witness_record *lanes_record(const struct lanes *lanes, int32_t lane,
                                          int32_t round);

/* Fills in the parts of a request up to now, in order, without empty ones. Returns
 * their number. */
int lanes_parts(const struct lanes *lanes, const struct witness_record *record,
                struct lane_part parts[static LANE_MOST_PARTS]);

#endif

/* The conversations of a trial while it runs, read from the API's own record. */
#ifndef SIMUL_BENCH_LIVE_LANES_H
#define SIMUL_BENCH_LIVE_LANES_H

#include "base/witness.h"
#include "bench/live/population.h"

/* No screen has more lines; beyond, conversations are only counted. */
enum { LANES_MOST = 256, LANES_MOST_RECORDS = 65536 };

/* Real nanoseconds. */
struct lanes_setup {
    int32_t conversations;
    int32_t rounds;
    bool client_sends;      /* the API sees a request when its send is over */
    int64_t client_send_ns; /* where client_sends: so long was it sent before */
    bool has_slots;         /* so many answers at a time: there is a backlog */
    int64_t predicted_ns;   /* the makespan; 0: nobody knows */
    int64_t request_ns;     /* about one request's send and response */
};

/* A request under way, by its place in the record, and the phase it was last seen in.
 */
struct lanes_open {
    uint64_t place;
    enum phase phase;
};

/* Zeroed: closed. */
struct lanes {
    struct lanes_setup setup;
    bool is_blind;    /* the API keeps no record: only time passes */
    int64_t start_ns; /* of the first send or queue; 0: none was seen */
    int64_t now_ns;   /* as of then is all below; the end, once all is done */
    int64_t last_ns;  /* of the last answer */
    uint64_t seen;    /* records */
    int64_t counts[LANE_PHASES];    /* of conversations */
    int64_t answered;               /* requests, failed ones too */
    int64_t failed;                 /* hung up, or an error status */
    int32_t lane_count;             /* conversations that are known one by one */
    int32_t *rounds;                /* [lane]: the last that was asked for; -1: none */
    struct witness_record *records; /* [lane][round]; arrival_ns 0: not asked for yet */
    struct lanes_open *open;
    size_t open_count;
    size_t open_room;
    struct population population;
};

/* A part of a request. */
struct lane_part {
    enum phase phase;
    int64_t begin_ns; /* from the start of the trial, as is the end */
    int64_t end_ns;
};
enum { LANE_MOST_PARTS = 5 };

/* Reserves what it needs. False: out of memory. lanes_close() in any case. */
bool lanes_open(struct lanes *lanes, const struct lanes_setup *setup);
void lanes_close(struct lanes *lanes);

/* Brings it up to date. Costs as much as there are new requests and requests under way,
 * however many there were. Where memory is short, new ones are not seen. `witness` is
 * NULL where there is none; `model_start_ns` is when the model was started. */
void lanes_update(struct lanes *lanes, const struct witness *witness,
                  int64_t model_start_ns, int64_t now_ns);

/* How long the trial has lasted. */
int64_t lanes_elapsed_ns(const struct lanes *lanes);

/* The end of the time axis: the predicted makespan, or further where it is over or
 * unknown. At least 1. */
int64_t lanes_axis_ns(const struct lanes *lanes);

/* What a lane is doing. */
enum phase lanes_phase(const struct lanes *lanes, int32_t lane);

/* The record of a lane's request; NULL: it has not been asked for. */
const struct witness_record *lanes_record(const struct lanes *lanes, int32_t lane,
                                          int32_t round);

/* A request's parts up to now, in order, without those of no length; how many. */
int lanes_parts(const struct lanes *lanes, const struct witness_record *record,
                struct lane_part parts[static LANE_MOST_PARTS]);

#endif

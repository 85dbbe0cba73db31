/* A witness log that a test makes up: requests that go through one uplink, up to a
 * moment `now`. Times are in seconds after 1,000 s on the clock, so that they are easy
 * to read. */
#ifndef SIMUL_TESTS_SUPPORT_MADE_RECORD_H
#define SIMUL_TESTS_SUPPORT_MADE_RECORD_H

#include "base/clock.h"
#include "base/witness.h"

enum { MADE_RECORDS = 512 };

struct made_record {
    struct witness_header header;
    struct witness_record records[MADE_RECORDS];
    struct witness witness;
};

static inline int64_t made_at(double seconds) {
    return (int64_t)((1000 + seconds) * (double)NS_PER_S);
}

static inline void made_open(struct made_record *made) {
    *made = (struct made_record){.header = {.capacity = MADE_RECORDS}};
    made->witness = (struct witness){&made->header, made->records, sizeof *made};
}

/* Adds a request that arrives at `arrival`; all its later times are 0. */
static inline struct witness_record *made_add(struct made_record *made,
                                              int32_t conversation, int32_t round,
                                              double arrival) {
    struct witness_record *record = witness_next(&made->witness);
    *record = (struct witness_record){
        .arrival_ns = made_at(arrival), .conversation = conversation, .round = round};
    return record;
}

/* Fills in the times of a request that are not after `now`. */
static inline void made_go_on(struct witness_record *record, double send_begin,
                              double send_end, double answered, double now) {
    if (send_begin <= now) {
        record->send_begin_ns = made_at(send_begin);
    }
    if (send_end <= now) {
        record->send_end_ns = made_at(send_end);
        record->response_begin_ns = made_at(send_end);
    }
    if (answered <= now) {
        record->answered_ns = made_at(answered);
        record->status = 200;
    }
}

/* All conversations at once with one sender, one round: number i sends from i x send
 * on. */
static inline void made_exhibition(struct made_record *made, int32_t conversations,
                                   double send, double response, double now) {
    made_open(made);
    for (int32_t i = 0; i < conversations; i++) {
        made_go_on(made_add(made, i, 0, 0), i * send, (i + 1) * send,
                   (i + 1) * send + response, now);
    }
}

/* One conversation after the other: each begins when the previous one is answered. */
static inline void made_sequence(struct made_record *made, int32_t conversations,
                                 double send, double response, double now) {
    made_open(made);
    for (int32_t i = 0; i < conversations; i++) {
        double begin = i * (send + response);
        if (begin <= now) {
            made_go_on(made_add(made, i, 0, begin), begin, begin + send,
                       begin + send + response, now);
        }
    }
}

#endif

/* An API's record made up by a test: requests that went through one uplink, as far as a
 * moment. Times in whole seconds from 1,000 s on the clock, so that they can be read.
 */
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

/* A request that arrives in seconds; what has not come yet is 0. */
static inline struct witness_record *made_add(struct made_record *made,
                                              int32_t conversation, int32_t round,
                                              double arrival) {
    struct witness_record *record = witness_next(&made->witness);
    *record = (struct witness_record){
        .arrival_ns = made_at(arrival), .conversation = conversation, .round = round};
    return record;
}

/* What became of a request by `now`, whose send began and ended, and whose answer left.
 */
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

/* All at once over one sender, one round: conversation i sends from i x send on. */
static inline void made_exhibition(struct made_record *made, int32_t conversations,
                                   double send, double response, double now) {
    made_open(made);
    for (int32_t i = 0; i < conversations; i++) {
        made_go_on(made_add(made, i, 0, 0), i * send, (i + 1) * send,
                   (i + 1) * send + response, now);
    }
}

/* One after the other: nobody asks before the one before was answered. */
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

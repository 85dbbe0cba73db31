/* How many conversations were in which phase, over the time of a trial: for more of
 * them than a screen has lines. */
#ifndef SIMUL_BENCH_LIVE_POPULATION_H
#define SIMUL_BENCH_LIVE_POPULATION_H

#include <stdint.h>

/* What a conversation does. What it does not yet do and will not do any more are phases
 * too: every conversation is always in one. */
enum lane_phase {
    LANE_WAITING, /* it has asked for nothing yet, or not again yet */
    LANE_QUEUE,   /* for a sender slot */
    LANE_SEND,
    LANE_BACKLOG, /* for an answer slot */
    LANE_RESPONSE,
    LANE_DONE,
    LANE_PHASES,
};

enum { POPULATION_BINS = 512 };

/* What changed in each bin; counts are the sums of it. So a change costs the same
 * however long it lasts. */
struct population {
    int64_t bin_ns; /* doubled where time goes beyond the last bin */
    int32_t change[LANE_PHASES][POPULATION_BINS];
};

/* Begins an empty one; bin_ns is at least 1. */
void population_init(struct population *population, int64_t bin_ns);

/* A conversation goes from a phase to another, at_ns from the start. */
void population_move(struct population *population, int64_t at_ns, enum lane_phase from,
                     enum lane_phase to);

/* How many are in each phase at the end of the bin that holds at_ns, counted from none.
 */
void population_at(const struct population *population, int64_t at_ns,
                   int64_t counts[static LANE_PHASES]);

#endif

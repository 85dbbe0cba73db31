/* How many conversations were in each phase over the time of a trial, for scenarios
 * with more conversations than a screen has lines. */
#ifndef SIMUL_BENCH_LIVE_POPULATION_H
#define SIMUL_BENCH_LIVE_POPULATION_H

#include "base/witness.h"

#include <stdint.h>

/* Every conversation is always in a phase: in PHASE_NONE before its first request and
 * between two, in LANE_DONE after its last. */
#define LANE_DONE PHASE_COUNT
enum { LANE_PHASES = PHASE_COUNT + 1 };

enum { POPULATION_BINS = 512 };

/* The changes of each count in each bin of time; a count is the sum of the changes up
 * to a bin. So a change costs O(1), however long a phase lasts. */
struct population {
    int64_t bin_ns; /* doubled when a time is beyond the last bin */
    int32_t change[LANE_PHASES][POPULATION_BINS];
};

/* Begins an empty population; a bin_ns below 1 counts as 1. */
void population_init(struct population *population, int64_t bin_ns);

/* Moves a conversation from one phase to another, at_ns after the start. */
void population_move(struct population *population, int64_t at_ns, enum phase from,
                     enum phase to);

/* Counts the conversations in each phase at the end of the bin that holds at_ns. The
 * counts begin at zero, so PHASE_NONE, in which all conversations start, is
 * negative. */
void population_at(const struct population *population, int64_t at_ns,
                   int64_t counts[static LANE_PHASES]);

#endif

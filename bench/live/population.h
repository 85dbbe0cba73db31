/* How many conversations were in which phase, over the time of a trial: for more of
 * them than a screen has lines. */
#ifndef SIMUL_BENCH_LIVE_POPULATION_H
#define SIMUL_BENCH_LIVE_POPULATION_H

#include "base/witness.h"

#include <stdint.h>

/* Every conversation is always in a phase: in PHASE_NONE before its first request and
 * between two, in LANE_DONE after its last. */
#define LANE_DONE PHASE_COUNT
enum { LANE_PHASES = PHASE_COUNT + 1 };

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
void population_move(struct population *population, int64_t at_ns, enum phase from,
                     enum phase to);

/* How many are in each phase at the end of the bin that holds at_ns, counted from none.
 */
void population_at(const struct population *population, int64_t at_ns,
                   int64_t counts[static LANE_PHASES]);

#endif

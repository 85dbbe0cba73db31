/* Counts over time, as sums of changes in bins that widen. */
#include "bench/live/population.h"

#include <string.h>

void population_init(struct population *population, int64_t bin_ns) {
    *population = (struct population){.bin_ns = bin_ns > 0 ? bin_ns : 1};
}

/* Merges each two bins into one, so that the second half is free. */
static void widen(struct population *population) {
    enum { HALF = POPULATION_BINS / 2 };
    for (int phase = 0; phase < LANE_PHASES; phase++) {
        int32_t *change = population->change[phase];
        for (int i = 0; i < HALF; i++) {
            change[i] = change[2 * i] + change[2 * i + 1];
        }
        memset(change + HALF, 0, HALF * sizeof *change);
    }
    population->bin_ns *= 2;
}

void population_move(struct population *population, int64_t at_ns, enum phase from,
                     enum phase to) {
    at_ns = at_ns > 0 ? at_ns : 0;
    while (at_ns / population->bin_ns >= POPULATION_BINS) {
        widen(population);
    }
    int64_t bin = at_ns / population->bin_ns;
    population->change[from][bin]--;
    population->change[to][bin]++;
}

void population_at(const struct population *population, int64_t at_ns,
                   int64_t counts[static LANE_PHASES]) {
    int64_t last = at_ns / population->bin_ns;
    for (int phase = 0; phase < LANE_PHASES; phase++) {
        counts[phase] = 0;
        for (int64_t i = 0; i <= last && i < POPULATION_BINS; i++) {
            counts[phase] += population->change[phase][i];
        }
    }
}

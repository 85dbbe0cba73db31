/* SplitMix64 (Steele, Lea, Flood 2014): seeded numbers, for draws and for shuffling. */
#ifndef SIMUL_BASE_SPLITMIX_H
#define SIMUL_BASE_SPLITMIX_H

#include <stdint.h>

/* Its finalizer: a pure function in which every input bit reaches every output bit. */
uint64_t splitmix_hash(uint64_t x);

/* The next number of the sequence that a seed begins: `state` is the seed at first. */
uint64_t splitmix_next(uint64_t *state);

#endif

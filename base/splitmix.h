/* SplitMix64 (Steele, Lea, Flood 2014): seeded numbers, for draws and for shuffling. */
#ifndef SIMUL_BASE_SPLITMIX_H
#define SIMUL_BASE_SPLITMIX_H

#include <stdint.h>

/* Mixes the bits of a number: a pure function, one step of SplitMix64. Every input bit
 * affects every output bit. */
uint64_t splitmix_hash(uint64_t x);

/* The next number of a seeded sequence. Before the first call, `*state` is the seed. */
uint64_t splitmix_next(uint64_t *state);

#endif

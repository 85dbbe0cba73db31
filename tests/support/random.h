/* Random numbers for tests: the same seed gives the same numbers on every machine. */
#ifndef SIMUL_TESTS_SUPPORT_RANDOM_H
#define SIMUL_TESTS_SUPPORT_RANDOM_H

#include <stdint.h>

/* SplitMix64 (Steele, Lea, Flood 2014). */
static inline uint64_t random_next(uint64_t *state) {
    uint64_t x = *state += UINT64_C(0x9e3779b97f4a7c15);
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

/* A number from `least` to `most`, both included. */
static inline int64_t random_between(uint64_t *state, int64_t least, int64_t most) {
    return least + (int64_t)(random_next(state) % (uint64_t)(most - least + 1));
}

#endif

/* SplitMix64, with the constants of its authors. */
#include "base/splitmix.h"

static const uint64_t step = UINT64_C(0x9e3779b97f4a7c15); /* 2^64 / golden ratio */

uint64_t splitmix_hash(uint64_t x) {
    x += step;
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

uint64_t splitmix_next(uint64_t *state) {
    uint64_t number = splitmix_hash(*state);
    *state += step;
    return number;
}

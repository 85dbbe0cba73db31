/* Computes with a number of cores and a quota. */
#include "bench/predict/processors.h"

#include <math.h>

double processors_share(const struct processors *processors) {
    double cores = processors->cores;
    return processors->quota_ns > 0 ? fmin(cores, (double)processors->quota_ns /
                                                      (double)processors->period_ns)
                                    : cores;
}

int32_t processors_whole(const struct processors *processors) {
    return (int32_t)ceil(processors_share(processors));
}

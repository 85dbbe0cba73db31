/* The processors that this process and its children may use. */
#ifndef SIMUL_BENCH_PREDICT_PROCESSORS_H
#define SIMUL_BENCH_PREDICT_PROCESSORS_H

#include <stdint.h>

struct processors {
    int32_t cores; /* by the affinity */
    /* A quota, as a control group has it: of each period, so much processor time may be
     * used, summed over all cores. Real nanoseconds; 0: none. */
    int64_t quota_ns;
    int64_t period_ns;
};

/* How many cores' worth of time there is in the long run: a fraction if there is a
 * quota. */
double processors_share(const struct processors *processors);

/* The share rounded up to whole cores: what models are told. */
int32_t processors_whole(const struct processors *processors);

#endif

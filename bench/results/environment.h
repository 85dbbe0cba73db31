/* The machine and the build of a run. */
#ifndef SIMUL_BENCH_RESULTS_ENVIRONMENT_H
#define SIMUL_BENCH_RESULTS_ENVIRONMENT_H

#include <jansson.h>

/* Describes the machine and the build as a JSON object; the caller owns the reference.
 * A field that can't be found out is null. NULL: out of memory. */
json_t *environment_describe(void);

#endif

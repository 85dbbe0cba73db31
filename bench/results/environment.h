/* The machine and the build that a run was made on. */
#ifndef SIMUL_BENCH_RESULTS_ENVIRONMENT_H
#define SIMUL_BENCH_RESULTS_ENVIRONMENT_H

#include <jansson.h>

/* Describes it as a JSON object; the caller owns the reference. What can't be found out
 * is null. NULL: out of memory. */
json_t *environment_describe(void);

#endif

/* The outcome of one workload, and the proof that it was done: `steps` and `check`
 * follow from the count alone, and are the same for tasks, for threads and for Python's
 * asyncio. */
#ifndef SIMUL_ASYNC_BENCH_OUTCOME_H
#define SIMUL_ASYNC_BENCH_OUTCOME_H

#include "base/error.h"

#include <stdint.h>

/*           steps                          check
 *   switch  turns of both                  turns that came after the other's
 *   create  tasks joined                   sum of their results 0, 1, 2, ...
 *   storm   sleeps that were not short     most that slept at once
 *   queue   round trips                    the item after all trips: each end adds 1
 *   lock    acquisitions by both           acquisitions after the other's
 *   idle    tasks that waited and ended    most that waited at once
 */
struct outcome {
    uint64_t steps;
    uint64_t check;
    int64_t elapsed_ns;     /* from before the first task to after the last's end */
    int64_t resident_bytes; /* idle alone: added by the tasks that wait */
};

/* Run the workload of that name with `count`, by tasks and by raw POSIX threads. Fail
 * with ERROR_INPUT if there is no such workload; the message names all. */
bool tasks_run(const char *workload, uint64_t count, struct outcome *outcome,
               struct error *error);
bool threads_run(const char *workload, uint64_t count, struct outcome *outcome,
                 struct error *error);

#endif

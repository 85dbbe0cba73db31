/* A control group of its own for each trial: what a model used at its peak, counted by
 * the kernel, threads and children included. */
#ifndef SIMUL_BENCH_TRIAL_RESOURCES_H
#define SIMUL_BENCH_TRIAL_RESOURCES_H

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>

struct resources {
    char memory_group[PATH_MAX]; /* "": none could be made */
    char pids_group[PATH_MAX];
    int procs_fds[2]; /* what a process writes itself into; -1: none */
};

/* Makes the groups where this system lets us: cgroup v2, or v1's memory and
 * pids. Where not, what they would have counted is unknown. `number` tells
 * groups of one process apart. */
void resources_open(struct resources *resources, int number);

/* Peak memory in bytes, and peak number of threads (with processes); -1: unknown. */
int64_t resources_peak_memory_bytes(const struct resources *resources);
int64_t resources_peak_threads(const struct resources *resources);

/* Removes the groups; every process in them has ended. */
void resources_close(struct resources *resources);

#endif

/* Control groups, made anew for each trial. In them the kernel counts the peak of a
 * model's memory and threads, its children included. */
#ifndef SIMUL_BENCH_TRIAL_RESOURCES_H
#define SIMUL_BENCH_TRIAL_RESOURCES_H

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>

struct resources {
    char memory_group[PATH_MAX]; /* "": none could be made */
    char pids_group[PATH_MAX];   /* of v1 only; in v2 one group counts both */
    int procs_fds[2]; /* cgroup.procs files, by which a process enters; -1: none */
};

/* Makes the groups if the system allows it: cgroup v2, or memory and pids of v1. If it
 * does not, the peaks are unknown. `number` tells the groups of one process apart. */
void resources_open(struct resources *resources, int number);

/* The peak of the memory in bytes, and of the number of threads, each process counted
 * as one; -1: unknown. */
int64_t resources_peak_memory_bytes(const struct resources *resources);
int64_t resources_peak_threads(const struct resources *resources);

/* Removes the groups. Every process in them has to be killed before. */
void resources_close(struct resources *resources);

#endif

/* Control groups, version 2 and 1: the group of this process, and its limits. */
#ifndef SIMUL_BENCH_PLAN_CGROUP_H
#define SIMUL_BENCH_PLAN_CGROUP_H

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>

#define CGROUP_ROOT "/sys/fs/cgroup"

/* This process's own group in a hierarchy ("" for v2, for example "memory" for v1): the
 * path below the hierarchy's root. False if there is no such hierarchy. */
bool cgroup_find_own(const char *controller, char path[static PATH_MAX]);

/* How many more processes and threads the own group and the groups above it allow;
 * INT64_MAX: no limit is known. */
int64_t cgroup_room_for_pids(void);

/* The most memory that the own group and the groups above it allow, in bytes;
 * INT64_MAX: no limit is known. */
int64_t cgroup_most_memory_bytes(void);

#endif

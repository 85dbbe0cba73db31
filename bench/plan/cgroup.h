/* Control groups, version 2 and 1: the group of this process, its limits, and its quota
 * of processor time. */
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

/* The quota of processor time of one group, given as its folder: so much in each period,
 * in nanoseconds. False: none. */
bool cgroup_quota_of(const char *group, int64_t *quota_ns, int64_t *period_ns);

/* The smallest quota, in relation to its period, of the own group and those above it.
 * Both are 0 if there is none. A group above the one that a container shows is not
 * seen. */
void cgroup_find_quota(int64_t *quota_ns, int64_t *period_ns);

/* How often, and for how long in all, processes had to wait because the quota of their
 * group was used up. The counters run since the group was made. */
struct cgroup_throttling {
    int64_t count;
    int64_t time_ns; /* several processors may be held at a time, and each counts */
};

/* Of one group, given as its folder; and the sums of the own group and those above it.
 * A counter that does not exist is 0. */
struct cgroup_throttling cgroup_throttling_of(const char *group);
struct cgroup_throttling cgroup_throttling(void);

#endif

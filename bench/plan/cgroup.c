/* Control groups. A limit holds for a group and for all groups below it, so the
 * smallest limit on the way to the root counts. The root counts, too: in a container it
 * is the container's group. */
#include "bench/plan/cgroup.h"
#include "base/clock.h"

#include <stdio.h>
#include <string.h>

/* True: the controller is in the list, as "cpu" in "cpu,cpuacct". */
static bool is_listed(const char *controller, const char *list) {
    size_t length = strlen(controller);
    for (const char *name = list; name; name = strchr(name, ',')) {
        name += *name == ',';
        if (strcspn(name, ",") == length && !strncmp(name, controller, length)) {
            return true;
        }
    }
    return false;
}

bool cgroup_find_own(const char *controller, char path[static PATH_MAX]) {
    FILE *file = fopen("/proc/self/cgroup", "re");
    char line[PATH_MAX];
    bool found = false;
    while (file && !found && fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = '\0';
        char *name = strchr(line, ':');
        char *group = name ? strchr(name + 1, ':') : NULL;
        if (group) {
            *group++ = '\0';
            found = is_listed(controller, name + 1);
            snprintf(path, PATH_MAX, "%s", group);
        }
    }
    if (file) {
        fclose(file);
    }
    return found;
}

/* A number in a group's file; `otherwise` if the file says "max" or does not exist. */
static int64_t read_number(const char *group, const char *name, int64_t otherwise) {
    char path[PATH_MAX];
    long long number;
    if (snprintf(path, sizeof path, "%s/%s", group, name) >= (int)sizeof path) {
        return otherwise;
    }
    FILE *file = fopen(path, "re");
    if (!file) {
        return otherwise;
    }
    bool is_read = fscanf(file, "%lld", &number) == 1;
    fclose(file);
    return is_read ? number : otherwise;
}

/* Calls `see` for the own group and for each group above it, up to the hierarchy's
 * root. */
static void walk(const char *controller, const char *mount,
                 void (*see)(const char *group, void *context), void *context) {
    char own[PATH_MAX];
    char group[PATH_MAX];
    if (!cgroup_find_own(controller, own) ||
        snprintf(group, sizeof group, "%s%s%s", CGROUP_ROOT, mount,
                 strcmp(own, "/") == 0 ? "" : own) >= (int)sizeof group) {
        return;
    }
    size_t root_length = strlen(CGROUP_ROOT) + strlen(mount);
    see(group, context);
    while (strlen(group) > root_length) {
        *strrchr(group, '/') = '\0';
        see(group, context);
    }
}

/* The least number that a file of this name holds. If `used_name` is given, the number
 * in that file is subtracted. */
struct least {
    const char *most_name;
    const char *used_name;
    int64_t found;
};

static void see_least(const char *group, void *context) {
    struct least *least = context;
    int64_t most = read_number(group, least->most_name, INT64_MAX);
    if (most != INT64_MAX) {
        most -= least->used_name ? read_number(group, least->used_name, 0) : 0;
        least->found = most < least->found ? most : least->found;
    }
}

static int64_t least(const char *controller, const char *mount, const char *most_name,
                     const char *used_name) {
    struct least least = {most_name, used_name, INT64_MAX};
    walk(controller, mount, see_least, &least);
    return least.found;
}

int64_t cgroup_room_for_pids(void) {
    int64_t v2 = least("", "", "pids.max", "pids.current");
    int64_t v1 = least("pids", "/pids", "pids.max", "pids.current");
    return v2 < v1 ? v2 : v1;
}

int64_t cgroup_most_memory_bytes(void) {
    int64_t v2 = least("", "", "memory.max", NULL);
    int64_t v1 = least("memory", "/memory", "memory.limit_in_bytes", NULL);
    return v2 < v1 ? v2 : v1;
}

/* Version 2: "max 100000" or "50000 100000". */
static bool read_cpu_max(const char *group, long long *quota_us, long long *period_us) {
    char path[PATH_MAX];
    FILE *file = NULL;
    if (snprintf(path, sizeof path, "%s/cpu.max", group) < (int)sizeof path) {
        file = fopen(path, "re");
    }
    bool is_read = file && fscanf(file, "%lld %lld", quota_us, period_us) == 2;
    if (file) {
        fclose(file);
    }
    return is_read;
}

bool cgroup_quota_of(const char *group, int64_t *quota_ns, int64_t *period_ns) {
    long long quota_us;
    long long period_us;
    if (!read_cpu_max(group, &quota_us, &period_us)) {
        quota_us = read_number(group, "cpu.cfs_quota_us", -1);
        period_us = read_number(group, "cpu.cfs_period_us", -1);
    }
    *quota_ns = quota_us * NS_PER_US;
    *period_ns = period_us * NS_PER_US;
    return quota_us > 0 && period_us > 0;
}

/* The smallest quota so far; a period of 0: none. */
struct quota {
    int64_t quota_ns;
    int64_t period_ns;
};

static void see_quota(const char *group, void *context) {
    struct quota *least = context;
    struct quota own;
    if (cgroup_quota_of(group, &own.quota_ns, &own.period_ns) &&
        (least->period_ns == 0 ||
         (double)own.quota_ns / (double)own.period_ns <
             (double)least->quota_ns / (double)least->period_ns)) {
        *least = own;
    }
}

void cgroup_find_quota(int64_t *quota_ns, int64_t *period_ns) {
    struct quota least = {.period_ns = 0};
    walk("", "", see_quota, &least);
    walk("cpu", "/cpu", see_quota, &least);
    *quota_ns = least.quota_ns;
    *period_ns = least.period_ns;
}

struct cgroup_throttling cgroup_throttling_of(const char *group) {
    struct cgroup_throttling throttling = {.count = 0};
    char path[PATH_MAX];
    char name[100];
    long long number;
    FILE *file = NULL;
    if (snprintf(path, sizeof path, "%s/cpu.stat", group) < (int)sizeof path) {
        file = fopen(path, "re");
    }
    while (file && fscanf(file, "%99s %lld", name, &number) == 2) {
        if (!strcmp(name, "nr_throttled")) {
            throttling.count = number;
        } else if (!strcmp(name, "throttled_usec")) { /* version 2 */
            throttling.time_ns = number * NS_PER_US;
        } else if (!strcmp(name, "throttled_time")) { /* version 1 */
            throttling.time_ns = number;
        }
    }
    if (file) {
        fclose(file);
    }
    return throttling;
}

static void see_throttling(const char *group, void *context) {
    struct cgroup_throttling *sum = context;
    struct cgroup_throttling throttling = cgroup_throttling_of(group);
    sum->count += throttling.count;
    sum->time_ns += throttling.time_ns;
}

struct cgroup_throttling cgroup_throttling(void) {
    struct cgroup_throttling sum = {.count = 0};
    walk("", "", see_throttling, &sum);
    walk("cpu", "/cpu", see_throttling, &sum);
    return sum;
}

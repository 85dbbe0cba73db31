/* Makes, reads and removes control groups, version 2 and 1. */
#include "bench/trial/resources.h"
#include "base/clock.h"
#include "bench/plan/cgroup.h"
#include "bench/programs/guard.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Only an old group may be removed. A simul in another PID namespace may have made a
 * young one just now, and its process id says nothing here. */
static bool is_old(const char *group) {
    static const time_t young_s = 60;
    struct stat status;
    return stat(group, &status) == 0 && time(NULL) - status.st_mtime > young_s;
}

/* A group of this name was left by a killed simul that had our process id. Makes it
 * anew, so that it counts from zero. */
static bool take_over(const char *group) {
    return errno == EEXIST && is_old(group) && rmdir(group) == 0 &&
           mkdir(group, 0755) == 0;
}

/* Makes a group below `parent` that has the file `peak_file`; false if the system does
 * not allow it. */
static bool make_group(char group[static PATH_MAX], const char *parent, int number,
                       const char *peak_file) {
    char peak[PATH_MAX];
    if (snprintf(group, PATH_MAX, "%s/simul-%d-%d", parent, (int)getpid(), number) >=
        PATH_MAX) {
        group[0] = '\0';
        return false;
    }
    /* A group that exists already may be another simul's, with processes in it. So the
     * guard removes it only if it is empty, until it is known to be ours. */
    guard_add(REMAIN_FILE, group);
    bool is_made = mkdir(group, 0755) == 0 || take_over(group);
    if (is_made) {
        guard_add(REMAIN_CGROUP, group);
    }
    guard_drop(REMAIN_FILE, group);
    if (!is_made) {
        group[0] = '\0';
        return false;
    }
    if (snprintf(peak, sizeof peak, "%s/%s", group, peak_file) >= (int)sizeof peak ||
        access(peak, R_OK) != 0) {
        rmdir(group);
        guard_drop(REMAIN_CGROUP, group);
        group[0] = '\0';
        return false;
    }
    return true;
}

/* Removes the empty groups that killed programs have left behind. */
static void sweep(const char *parent) {
    DIR *folder = opendir(parent);
    for (struct dirent *entry; folder && (entry = readdir(folder));) {
        char path[PATH_MAX];
        int pid = 0;
        if (sscanf(entry->d_name, "simul-%d-", &pid) == 1 && pid > 0 &&
            kill(pid, 0) != 0 && errno == ESRCH &&
            snprintf(path, sizeof path, "%s/%s", parent, entry->d_name) <
                (int)sizeof path &&
            is_old(path)) {
            rmdir(path); /* fails if a process is in it */
        }
    }
    if (folder) {
        closedir(folder);
    }
}

static void make_in_hierarchy(char group[static PATH_MAX], int number,
                              const char *mount, const char *controller,
                              const char *peak_file) {
    char own[PATH_MAX];
    char parent[PATH_MAX];
    group[0] = '\0';
    if (!cgroup_find_own(controller, own)) {
        return;
    }
    if (snprintf(parent, sizeof parent, "%s%s%s", CGROUP_ROOT, mount, own) <
            (int)sizeof parent &&
        make_group(group, parent, number, peak_file)) {
        sweep(parent);
        return;
    }
    snprintf(parent, sizeof parent, "%s%s", CGROUP_ROOT, mount);
    if (make_group(group, parent, number, peak_file)) {
        sweep(parent);
    }
}

static int open_procs(const char *group) {
    char path[PATH_MAX];
    if (group[0] == '\0' ||
        snprintf(path, sizeof path, "%s/cgroup.procs", group) >= (int)sizeof path) {
        return -1;
    }
    return open(path, O_WRONLY | O_CLOEXEC);
}

void resources_open(struct resources *resources, int number) {
    *resources = (struct resources){.procs_fds = {-1, -1}};
    make_in_hierarchy(resources->memory_group, number, "", "", "memory.peak");
    if (resources->memory_group[0]) {
        resources->procs_fds[0] = open_procs(resources->memory_group);
        return;
    }
    make_in_hierarchy(resources->memory_group, number, "/memory", "memory",
                      "memory.max_usage_in_bytes");
    make_in_hierarchy(resources->pids_group, number, "/pids", "pids", "pids.peak");
    resources->procs_fds[0] = open_procs(resources->memory_group);
    resources->procs_fds[1] = open_procs(resources->pids_group);
}

static int64_t read_number(const char *group, const char *name) {
    char path[PATH_MAX];
    long long number = -1;
    if (group[0] == '\0' ||
        snprintf(path, sizeof path, "%s/%s", group, name) >= (int)sizeof path) {
        return -1;
    }
    FILE *file = fopen(path, "re");
    if (!file) {
        return -1;
    }
    if (fscanf(file, "%lld", &number) != 1) {
        number = -1;
    }
    fclose(file);
    return number;
}

int64_t resources_peak_memory_bytes(const struct resources *resources) {
    int64_t peak = read_number(resources->memory_group, "memory.peak");
    return peak >= 0
               ? peak
               : read_number(resources->memory_group, "memory.max_usage_in_bytes");
}

int64_t resources_peak_threads(const struct resources *resources) {
    return read_number(resources->pids_group[0] ? resources->pids_group
                                                : resources->memory_group,
                       "pids.peak");
}

/* A killed process keeps its group busy until it has ended, and a process that a model
 * started is not always our child to wait for (process.h). So this tries for a
 * moment. */
static void remove_group(const char *group) {
    enum { MOST_TRIES = 500 };
    for (int i = 0; group[0] && i < MOST_TRIES; i++) {
        if (rmdir(group) == 0 || errno != EBUSY) {
            break;
        }
        clock_sleep_until_ns(clock_now_ns() + NS_PER_MS);
    }
    guard_drop(REMAIN_CGROUP, group);
}

void resources_close(struct resources *resources) {
    for (int i = 0; i < 2; i++) {
        if (resources->procs_fds[i] >= 0) {
            close(resources->procs_fds[i]);
        }
    }
    remove_group(resources->memory_group);
    remove_group(resources->pids_group);
    *resources = (struct resources){.procs_fds = {-1, -1}};
}

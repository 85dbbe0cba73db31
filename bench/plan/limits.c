/* The limits of this machine, from rlimits, /proc and control groups. One that can't be
 * read counts as no limit; a run that fails because of it then says why. */
#include "bench/plan/limits.h"
#include "base/descriptors.h"
#include "bench/plan/cgroup.h"

#include <ctype.h>
#include <dirent.h>
#include <libgen.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

/* Reads numbers with a format of up to two %lld; false if fewer than `count` are
 * there. */
static bool read_numbers(const char *path, const char *format, int count,
                         long long numbers[2]) {
    FILE *file = fopen(path, "re");
    if (!file) {
        return false;
    }
    bool ok = fscanf(file, format, &numbers[0], &numbers[1]) == count;
    fclose(file);
    return ok;
}

static int64_t hard_limit(int resource) {
    struct rlimit limit;
    bool is_limited =
        getrlimit(resource, &limit) == 0 && limit.rlim_max != RLIM_INFINITY;
    return is_limited ? (int64_t)limit.rlim_max : INT64_MAX;
}

/* Lowers the limit to `most` less `used`, if that is less than it is so far. */
static void lower(struct limit *limit, int64_t most, int64_t used, const char *remedy,
                  const char *command) {
    if (most != INT64_MAX && most - used < limit->most) {
        int64_t left = most > used ? most - used : 0;
        *limit = (struct limit){left, used, remedy, command};
    }
}

/* Counts the threads of this user's processes, as RLIMIT_NPROC does. */
static int64_t count_own_threads(void) {
    int64_t count = 0;
    DIR *folder = opendir("/proc");
    for (struct dirent *entry; folder && (entry = readdir(folder));) {
        char path[64];
        struct stat status;
        if (!isdigit((unsigned char)entry->d_name[0])) {
            continue;
        }
        snprintf(path, sizeof path, "/proc/%.20s/task", entry->d_name);
        if (stat(path, &status) == 0 && status.st_uid == getuid()) {
            count += (int64_t)status.st_nlink - 2;
        }
    }
    if (folder) {
        closedir(folder);
    }
    return count;
}

static struct limit find_threads(void) {
    struct limit limit = {.most = INT64_MAX};
    long long numbers[2] = {0, 0};
    int64_t running = 0;
    if (read_numbers("/proc/loadavg", "%*s %*s %*s %*d/%lld", 1, numbers)) {
        running = numbers[0];
    }
    if (read_numbers("/proc/sys/kernel/threads-max", "%lld", 1, numbers)) {
        lower(&limit, numbers[0], running, "raise the system's limit",
              "sysctl kernel.threads-max=");
    }
    if (read_numbers("/proc/sys/kernel/pid_max", "%lld", 1, numbers)) {
        enum { RESERVED_PIDS = 301 }; /* 0 to 300 are not given to programs */
        lower(&limit, numbers[0], running + RESERVED_PIDS, "raise the system's limit",
              "sysctl kernel.pid_max=");
    }
    if (geteuid() != 0) {
        lower(&limit, hard_limit(RLIMIT_NPROC), count_own_threads(),
              "raise the user's limit", "ulimit -u ");
    }
    lower(&limit, cgroup_room_for_pids(), 0,
          "raise pids.max of the control group (of a service: TasksMax)", NULL);
    return limit;
}

static struct limit find_ports(void) {
    long long range[2];
    struct limit limit = {.most = INT64_MAX};
    if (read_numbers("/proc/sys/net/ipv4/ip_local_port_range", "%lld %lld", 2, range)) {
        lower(&limit, range[1] - range[0] + 1, 0,
              "widen the range to at most 64512 (sysctl "
              "net.ipv4.ip_local_port_range='1024 65535')",
              NULL);
    }
    return limit;
}

static struct limit find_memory(void) {
    struct limit limit = {.most = INT64_MAX};
    char line[200];
    long long kib;
    FILE *file = fopen("/proc/meminfo", "re");
    while (file && fgets(line, sizeof line, file)) {
        if (sscanf(line, "MemAvailable: %lld", &kib) == 1) {
            lower(&limit, kib * 1024, 0, "end other programs", NULL);
        }
    }
    if (file) {
        fclose(file);
    }
    lower(&limit, cgroup_most_memory_bytes(), 0,
          "raise memory.max of the control group (of a service: MemoryMax)", NULL);
    return limit;
}

/* The free space at the folder, or at its nearest parent that exists. */
static struct limit find_disk(const char *folder) {
    struct limit limit = {.most = INT64_MAX};
    char path[PATH_MAX];
    struct statvfs status;
    snprintf(path, sizeof path, "%s", folder);
    while (access(path, F_OK) != 0 && strcmp(path, "/") != 0 &&
           strcmp(path, ".") != 0) {
        char parent[PATH_MAX];
        snprintf(parent, sizeof parent, "%s", dirname(path));
        memcpy(path, parent, sizeof path);
    }
    if (statvfs(path, &status) == 0) {
        uint64_t blocks = geteuid() == 0 ? status.f_bfree : status.f_bavail;
        lower(&limit, (int64_t)(blocks * status.f_frsize), 0,
              "make room there, or name another folder with --output", NULL);
    }
    return limit;
}

void limits_raise(void) {
    struct rlimit limit;
    descriptors_raise_limit();
    if (getrlimit(RLIMIT_NPROC, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NPROC, &limit);
    }
}

struct limits limits_read(const char *folder) {
    long long maps[2];
    struct limits limits = {
        .of = {[LIMIT_DESCRIPTORS] = {hard_limit(RLIMIT_NOFILE), 0,
                                      "as root, raise the limit", "ulimit -n "},
               [LIMIT_THREADS] = find_threads(),
               [LIMIT_MAPS] = {.most = INT64_MAX},
               [LIMIT_PORTS] = find_ports(),
               [LIMIT_MEMORY] = find_memory(),
               [LIMIT_DISK] = find_disk(folder),
               [LIMIT_FILE] = {hard_limit(RLIMIT_FSIZE), 0,
                               "raise the limit of a file's size (ulimit -f)", NULL}}};
    if (read_numbers("/proc/sys/vm/max_map_count", "%lld", 1, maps)) {
        lower(&limits.of[LIMIT_MAPS], maps[0], 0, "raise the system's limit",
              "sysctl vm.max_map_count=");
    }
    return limits;
}

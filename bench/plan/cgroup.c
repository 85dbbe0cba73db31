/* Control groups. A limit holds for a group and for all groups below it, so the
 * smallest limit on the way to the root counts. */
#include "bench/plan/cgroup.h"

#include <stdio.h>
#include <string.h>

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
            found = !strcmp(name + 1, controller);
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

/* The least number that a file of this name holds, from the own group up to the
 * hierarchy's root. If `used_name` is given, the number in that file is subtracted. */
static int64_t least(const char *controller, const char *mount, const char *most_name,
                     const char *used_name) {
    char own[PATH_MAX];
    char group[PATH_MAX];
    int64_t found = INT64_MAX;
    if (!cgroup_find_own(controller, own) ||
        snprintf(group, sizeof group, "%s%s%s", CGROUP_ROOT, mount, own) >=
            (int)sizeof group) {
        return found;
    }
    size_t root_length = strlen(CGROUP_ROOT) + strlen(mount);
    while (strlen(group) > root_length) {
        int64_t most = read_number(group, most_name, INT64_MAX);
        if (most != INT64_MAX) {
            most -= used_name ? read_number(group, used_name, 0) : 0;
            found = most < found ? most : found;
        }
        *strrchr(group, '/') = '\0';
    }
    return found;
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

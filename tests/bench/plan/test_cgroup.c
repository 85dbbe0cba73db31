/* bench/plan/cgroup.c: the control group of this process, and its limits. */
#include "bench/plan/cgroup.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

Test(cgroup, a_hierarchy_that_is_not_there_has_no_group) {
    char path[PATH_MAX];
    cr_expect_not(cgroup_find_own("no such controller", path));
}

/* Makes a group of v1 with a limit of 7 and enters it; false if that is not possible
 * here (no root, or only v2). */
static bool enter_group(const char *group) {
    char path[300];
    if (mkdir(group, 0755) != 0) {
        return false;
    }
    snprintf(path, sizeof path, "%s/pids.max", group);
    FILE *most = fopen(path, "w");
    bool ok = most && fputs("7", most) >= 0;
    ok = most && fclose(most) == 0 && ok;
    snprintf(path, sizeof path, "%s/cgroup.procs", group);
    FILE *procs = ok ? fopen(path, "w") : NULL;
    ok = procs && fputs("0", procs) >= 0;
    return procs && fclose(procs) == 0 && ok;
}

/* Moves this process back to its old group, and removes the new one. */
static void leave_group(const char *group, const char *from) {
    char path[PATH_MAX + 100];
    snprintf(path, sizeof path, CGROUP_ROOT "/pids%s/cgroup.procs", from);
    FILE *procs = fopen(path, "w");
    cr_assert_not_null(procs);
    fputs("0", procs);
    cr_assert_eq(fclose(procs), 0);
    cr_assert_eq(rmdir(group), 0);
}

Test(cgroup, its_room_for_processes_is_the_limit_less_those_that_run) {
    char group[100];
    char own[PATH_MAX];
    snprintf(group, sizeof group, CGROUP_ROOT "/pids/simul-test-%d", (int)getpid());
    if (!cgroup_find_own("pids", own) || !enter_group(group)) {
        rmdir(group);
        cr_skip("no pids hierarchy of version 1 can be used here");
    }
    int64_t room = cgroup_room_for_pids();
    leave_group(group, own);
    cr_expect_lt(room, 7);
    cr_expect_geq(room, 5);
}

Test(cgroup, memory_is_never_less_than_what_this_test_needs) {
    cr_expect_gt(cgroup_most_memory_bytes(), 1000000);
}

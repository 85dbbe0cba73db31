/* bench/plan/cgroup.c: the control group of this process, and its limits. */
#include "bench/plan/cgroup.h"
#include "base/clock.h"
#include "tests/support/folder.h"

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

/* Writes a file of a group that is only a folder. */
static void write_file(const char *group, const char *name, const char *text) {
    char path[PATH_MAX + 50];
    snprintf(path, sizeof path, "%s/%s", group, name);
    FILE *file = fopen(path, "w");
    cr_assert(file && fputs(text, file) >= 0 && fclose(file) == 0);
}

Test(cgroup, a_quota_is_read_of_both_versions) {
    static const struct {
        const char *names[2];
        const char *texts[2];
        int64_t quota_ms; /* 0: none */
        int64_t period_ms;
    } rows[] = {
        {{"cpu.max", NULL}, {"50000 100000\n", NULL}, 50, 100},
        {{"cpu.max", NULL}, {"max 100000\n", NULL}, 0, 0},
        {{"cpu.max", NULL}, {"", NULL}, 0, 0},
        {{"cpu.cfs_quota_us", "cpu.cfs_period_us"}, {"150000\n", "20000\n"}, 150, 20},
        {{"cpu.cfs_quota_us", "cpu.cfs_period_us"}, {"-1\n", "100000\n"}, 0, 0},
        {{"cpu.cfs_quota_us", NULL}, {"50000\n", NULL}, 0, 0},
        {{NULL, NULL}, {NULL, NULL}, 0, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char group[PATH_MAX];
        int64_t quota_ns;
        int64_t period_ns;
        folder_make(group);
        for (int j = 0; j < 2 && rows[i].names[j]; j++) {
            write_file(group, rows[i].names[j], rows[i].texts[j]);
        }
        cr_expect_eq(cgroup_quota_of(group, &quota_ns, &period_ns),
                     rows[i].quota_ms > 0, "row %zu", i);
        if (rows[i].quota_ms > 0) {
            cr_expect_eq(quota_ns, rows[i].quota_ms * NS_PER_MS, "row %zu", i);
            cr_expect_eq(period_ns, rows[i].period_ms * NS_PER_MS, "row %zu", i);
        }
        folder_remove(group);
    }
}

Test(cgroup, throttling_is_read_of_both_versions) {
    static const char *const texts[] = {
        "usage_usec 9\nnr_periods 8\nnr_throttled 3\nthrottled_usec 250000\n",
        "nr_periods 8\nnr_throttled 3\nthrottled_time 250000000\nnr_bursts 0\n"};
    char group[PATH_MAX];
    folder_make(group);
    cr_expect_eq(cgroup_throttling_of(group).count, 0);
    cr_expect_eq(cgroup_throttling_of(group).time_ns, 0);
    for (size_t i = 0; i < 2; i++) {
        write_file(group, "cpu.stat", texts[i]);
        cr_expect_eq(cgroup_throttling_of(group).count, 3);
        cr_expect_eq(cgroup_throttling_of(group).time_ns, 250 * NS_PER_MS);
    }
    folder_remove(group);
}

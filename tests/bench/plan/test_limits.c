/* bench/plan/limits.c: the limits of this machine. */
#include "bench/plan/limits.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/statvfs.h>
#include <unistd.h>

static void set_hard(int resource, rlim_t most) {
    struct rlimit limit = {.rlim_cur = most, .rlim_max = most};
    cr_assert_eq(setrlimit(resource, &limit), 0);
}

Test(limits, of_descriptors_and_files_are_this_process_s_hard_ones) {
    set_hard(RLIMIT_NOFILE, 123);
    set_hard(RLIMIT_FSIZE, 4096);
    struct limits limits = limits_read("/tmp");
    cr_expect_eq(limits.of[LIMIT_DESCRIPTORS].most, 123);
    cr_expect_str_eq(limits.of[LIMIT_DESCRIPTORS].command, "ulimit -n ");
    cr_expect_eq(limits.of[LIMIT_FILE].most, 4096);
}

Test(limits, that_are_not_set_are_not_known) {
    struct rlimit limit;
    cr_assert_eq(getrlimit(RLIMIT_FSIZE, &limit), 0);
    if (limit.rlim_max == RLIM_INFINITY) {
        cr_expect_eq(limits_read("/tmp").of[LIMIT_FILE].most, INT64_MAX);
    }
}

Test(limits, every_one_that_is_known_says_what_to_do) {
    struct limits limits = limits_read("/tmp");
    for (int i = 0; i < LIMIT_KINDS; i++) {
        if (limits.of[i].most != INT64_MAX) {
            cr_expect_not_null(limits.of[i].remedy, "kind %d", i);
            cr_expect_gt(limits.of[i].most, 0, "kind %d", i);
        }
    }
    cr_expect_lt(limits.of[LIMIT_PORTS].most, 65536);
    cr_expect_lt(limits.of[LIMIT_THREADS].most, INT64_MAX);
    cr_expect_lt(limits.of[LIMIT_MEMORY].most, INT64_MAX);
}

/* For a user that is not root, RLIMIT_NPROC counts all threads of that user. */
Test(limits, of_threads_are_less_than_the_user_s_processes) {
    set_hard(RLIMIT_NPROC, 20);
    if (geteuid() == 0) {
        cr_assert_eq(setuid(65534), 0);
    }
    struct limits limits = limits_read("/tmp");
    cr_expect_lt(limits.of[LIMIT_THREADS].most, 20);
    cr_expect_gt(limits.of[LIMIT_THREADS].used, 0);
    cr_expect_str_eq(limits.of[LIMIT_THREADS].command, "ulimit -u ");
}

Test(limits, of_the_disk_are_those_where_the_folder_will_be) {
    struct statvfs status;
    cr_assert_eq(statvfs("/dev/shm", &status), 0);
    int64_t all = (int64_t)(status.f_blocks * status.f_frsize);
    struct limits limits = limits_read("/dev/shm/not/there/yet");
    cr_expect_leq(limits.of[LIMIT_DISK].most, all);
    cr_expect_lt(limits_read("/proc/not").of[LIMIT_DISK].most, 1);
    cr_expect_lt(limits_read("results").of[LIMIT_DISK].most, INT64_MAX);
}

Test(limits, that_are_soft_are_raised_to_the_hard_ones) {
    struct rlimit limit;
    cr_assert_eq(getrlimit(RLIMIT_NOFILE, &limit), 0);
    rlim_t hard = limit.rlim_max;
    limit.rlim_cur = 40;
    cr_assert_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);
    limits_raise();
    cr_assert_eq(getrlimit(RLIMIT_NOFILE, &limit), 0);
    cr_expect_eq(limit.rlim_cur, hard);
}

/* bench/trial/resources.c: the peaks of a child, if the kernel counts them here. */
#include "bench/trial/resources.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MIB = 1024 * 1024 };

static void *wait_for_others(void *barrier) {
    pthread_barrier_wait(barrier);
    return NULL;
}

/* In the child: enters the groups, touches the memory, runs the threads. */
static void use(const struct resources *resources, size_t bytes, int threads) {
    pthread_barrier_t barrier;
    pthread_t handles[64];
    for (int i = 0; i < 2; i++) {
        if (resources->procs_fds[i] >= 0 &&
            write(resources->procs_fds[i], "0", 1) != 1) {
            _exit(2);
        }
    }
    char *memory = mmap(NULL, bytes + 1, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) {
        _exit(3);
    }
    memset(memory, 1, bytes);
    pthread_barrier_init(&barrier, NULL, (unsigned)threads + 1);
    for (int i = 0; i < threads; i++) {
        if (pthread_create(&handles[i], NULL, wait_for_others, &barrier) != 0) {
            _exit(4);
        }
    }
    wait_for_others(&barrier); /* all threads run now */
    for (int i = 0; i < threads; i++) {
        pthread_join(handles[i], NULL);
    }
    _exit(0);
}

static void run_child(const struct resources *resources, size_t bytes, int threads) {
    int status = -1;
    pid_t pid = fork();
    cr_assert_geq(pid, 0);
    if (pid == 0) {
        use(resources, bytes, threads);
    }
    cr_assert_eq(waitpid(pid, &status, 0), pid);
    cr_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0, "status %d", status);
}

static bool is_folder(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

Test(resources, the_memory_of_a_child_is_counted_or_unknown) {
    struct resources resources;
    resources_open(&resources, 1);
    run_child(&resources, 64 * MIB, 0);
    int64_t peak = resources_peak_memory_bytes(&resources);
    if (resources.memory_group[0]) {
        cr_assert_geq(peak, 64 * MIB);
        cr_assert_lt(peak, 512 * MIB); /* not this process's or the machine's */
    } else {
        cr_assert_eq(peak, -1);
    }
    resources_close(&resources);
}

Test(resources, a_small_child_shows_little) {
    struct resources resources;
    resources_open(&resources, 2);
    run_child(&resources, 0, 0);
    cr_assert_lt(resources_peak_memory_bytes(&resources), 64 * MIB);
    resources_close(&resources);
}

Test(resources, the_threads_of_a_child_are_counted_or_unknown) {
    struct resources resources;
    resources_open(&resources, 3);
    run_child(&resources, 0, 20);
    int64_t peak = resources_peak_threads(&resources);
    /* Sanitizers run a thread of their own. */
    cr_assert(peak == -1 || (peak >= 21 && peak <= 24), "%ld", (long)peak);
    resources_close(&resources);
}

Test(resources, groups_of_two_trials_are_told_apart) {
    struct resources first;
    struct resources second;
    resources_open(&first, 4);
    resources_open(&second, 5);
    cr_assert(first.memory_group[0] == '\0' ||
              strcmp(first.memory_group, second.memory_group) != 0);
    run_child(&first, 64 * MIB, 0);
    run_child(&second, 0, 0);
    cr_assert_lt(resources_peak_memory_bytes(&second), 64 * MIB);
    resources_close(&first);
    resources_close(&second);
}

Test(resources, no_group_and_no_descriptor_is_left) {
    struct resources resources;
    char groups[2][PATH_MAX];
    resources_open(&resources, 6);
    strcpy(groups[0], resources.memory_group);
    strcpy(groups[1], resources.pids_group);
    int fds[2] = {resources.procs_fds[0], resources.procs_fds[1]};
    run_child(&resources, 0, 0);
    resources_close(&resources);
    for (int i = 0; i < 2; i++) {
        cr_assert(groups[i][0] == '\0' || !is_folder(groups[i]), "%s", groups[i]);
        cr_assert(fds[i] < 0 || write(fds[i], "0", 1) < 0);
        cr_assert_eq(resources.procs_fds[i], -1);
    }
    resources_close(&resources);
}

Test(resources, groups_that_were_never_made_are_unknown) {
    struct resources resources = {.procs_fds = {-1, -1}};
    cr_assert_eq(resources_peak_memory_bytes(&resources), -1);
    cr_assert_eq(resources_peak_threads(&resources), -1);
    resources_close(&resources);
}

Test(resources, a_number_that_is_taken_leaves_the_other_alone) {
    struct resources first;
    struct resources second;
    resources_open(&first, 7);
    resources_open(&second, 7);
    resources_close(&second);
    cr_assert(first.memory_group[0] == '\0' || is_folder(first.memory_group));
    resources_close(&first);
}

static void make_old(const char *path, int age_s) {
    struct timespec times[2];
    clock_gettime(CLOCK_REALTIME, &times[0]);
    times[0].tv_sec -= age_s;
    times[1] = times[0];
    cr_assert_eq(utimensat(AT_FDCWD, path, times, 0), 0);
}

Test(resources, a_group_that_was_left_under_the_same_name_is_made_anew) {
    struct resources first;
    struct resources second;
    resources_open(&first, 7);
    if (!first.memory_group[0]) {
        cr_skip("no control group can be made here");
    }
    run_child(&first, 40 * MIB, 2);
    int64_t before = resources_peak_memory_bytes(&first);
    make_old(first.memory_group, 120); /* as if a killed program had left it */
    make_old(first.pids_group[0] ? first.pids_group : first.memory_group, 120);
    resources_open(&second, 7);
    cr_assert_str_eq(second.memory_group, first.memory_group);
    cr_expect_lt(resources_peak_memory_bytes(&second), before / 2);
    resources_close(&second);
    cr_expect_neq(access(first.memory_group, F_OK), 0);
    resources_close(&first);
}

Test(resources, a_group_is_removed_although_a_process_leaves_it_late) {
    struct resources resources;
    resources_open(&resources, 1);
    if (!resources.memory_group[0]) {
        cr_skip("no control group can be made here");
    }
    char group[PATH_MAX];
    int begun[2];
    char byte;
    strcpy(group, resources.memory_group);
    cr_assert_eq(pipe(begun), 0);
    pid_t pid = fork();
    if (pid == 0) {
        bool entered = write(resources.procs_fds[0], "0", 1) == 1;
        entered = write(begun[1], "x", 1) == 1 && entered;
        usleep(30000);
        _exit(entered ? 0 : 1);
    }
    cr_assert_eq(read(begun[0], &byte, 1), 1);
    resources_close(&resources);
    cr_expect_neq(access(group, F_OK), 0);
    int status = -1;
    cr_assert_eq(waitpid(pid, &status, 0), pid);
    cr_expect_eq(status, 0);
}

/* Makes a group as a killed program leaves it, beside the one that is open. */
static void leave_group(const struct resources *resources, int number, int age_s,
                        char path[static PATH_MAX + 64]) {
    char parent[PATH_MAX];
    pid_t pid = fork();
    if (pid == 0) {
        _exit(0);
    }
    cr_assert_eq(waitpid(pid, NULL, 0), pid); /* its process id is free now */
    strcpy(parent, resources->memory_group);
    *strrchr(parent, '/') = '\0';
    snprintf(path, PATH_MAX + 64, "%s/simul-%d-%d", parent, (int)pid, number);
    cr_assert_eq(mkdir(path, 0755), 0);
    make_old(path, age_s);
}

Test(resources, an_old_group_of_a_killed_program_is_removed_by_the_next) {
    struct resources first;
    struct resources second;
    char old[PATH_MAX + 64];
    char young[PATH_MAX + 64];
    resources_open(&first, 1);
    if (!first.memory_group[0]) {
        cr_skip("no control group can be made here");
    }
    leave_group(&first, 1, 120, old);
    leave_group(&first, 2, 5, young);
    resources_open(&second, 2);
    cr_expect_neq(access(old, F_OK), 0);
    cr_expect_eq(access(young, F_OK), 0);
    cr_expect_eq(access(first.memory_group, F_OK), 0);
    rmdir(young);
    resources_close(&second);
    resources_close(&first);
}

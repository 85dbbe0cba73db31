/* bench/programs/guard.c: what a program leaves is cleared away if it dies, and only
 * then. */
#include "bench/programs/guard.h"
#include "base/clock.h"
#include "tests/support/folder.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>

static char folder[PATH_MAX];

static void enter(void) {
    alarm(30); /* ends a test that hangs */
    folder_make(folder);
    cr_assert_eq(chdir(folder), 0);
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); /* the guard of a dead child is ours */
}

static void leave(void) {
    cr_assert_eq(chdir("/"), 0);
    folder_remove(folder);
}

TestSuite(guard, .init = enter, .fini = leave);

static void make_file(const char *name) {
    char path[PATH_MAX];
    folder_write(folder, name, "", 0, path);
}

/* Runs a program in a child, and waits for the child's end and for that of its guard. */
static void run(void (*program)(void)) {
    pid_t pid = fork();
    if (pid == 0) {
        program();
        _exit(0);
    }
    while (waitpid(-1, NULL, 0) > 0 || errno == EINTR) {
    }
}

static void leave_three_files(void) {
    guard_open();
    for (int i = 0; i < 3; i++) {
        const char *name = (const char *const[]){"first", "second", "third"}[i];
        guard_add(REMAIN_FILE, name);
        make_file(name);
    }
    guard_drop(REMAIN_FILE, "second");
}

static void be_killed(void) {
    leave_three_files();
    kill(getpid(), SIGKILL);
}

static void exit_without_a_word(void) {
    leave_three_files();
    _exit(1);
}

static void close_guard(void) {
    leave_three_files();
    guard_close();
    cr_assert_eq(guard_pid(), 0);
    guard_add(REMAIN_FILE, "second"); /* too late: does nothing */
}

Test(guard, a_killed_program_leaves_only_what_was_dropped) {
    run(be_killed);
    cr_expect_eq(access("second", F_OK), 0);
    cr_expect_eq(folder_count(folder, ""), 1);
}

Test(guard, any_other_end_counts_as_well) {
    run(exit_without_a_word);
    cr_expect_eq(access("second", F_OK), 0);
    cr_expect_eq(folder_count(folder, ""), 1);
}

Test(guard, a_program_that_closes_its_guard_keeps_its_files) {
    run(close_guard);
    cr_expect_eq(folder_count(folder, ""), 3);
}

static void kill_the_group(void) {
    setpgid(0, 0);
    leave_three_files();
    kill(0, SIGKILL);
}

Test(guard, a_signal_to_the_whole_group_does_not_reach_it) {
    for (int i = 0; i < 20; i++) { /* the guard may be scheduled early or late */
        run(kill_the_group);
        cr_expect_eq(folder_count(folder, ""), 1, "%d", i);
    }
}

/* The grandchild has left its session, and its parent is gone. */
static void leave_a_daemon(void) {
    guard_open();
    if (fork() == 0) {
        guard_add_group(getpid()); /* a child may tell the guard, too */
        setpgid(0, 0);
        execl("/bin/sh", "sh", "-c",
              "setsid sh -c 'touch begun; sleep 1000' & sleep 1000", (char *)NULL);
        _exit(127);
    }
    while (access("begun", F_OK) != 0) {
        clock_sleep_until_ns(clock_now_ns() + NS_PER_MS);
    }
    kill(getpid(), SIGKILL);
}

/* run() returns when the last of them has ended. */
Test(guard, processes_end_in_any_session) {
    int64_t begin_ns = clock_now_ns();
    run(leave_a_daemon);
    cr_expect_lt(clock_now_ns() - begin_ns, 20 * NS_PER_S);
}

static void tell_much_to_a_stopped_guard(void) {
    guard_open();
    kill(guard_pid(), SIGSTOP);
    for (int i = 0; i < 20000; i++) {
        guard_add(REMAIN_FILE, "a name of some length, so that the pipe is full soon");
    }
    guard_close();
    make_file("done");
}

Test(guard, a_stopped_guard_does_not_stop_the_program) {
    run(tell_much_to_a_stopped_guard);
    cr_expect_eq(access("done", F_OK), 0);
}

static void name_too_long(void) {
    static char name[5000];
    memset(name, 'x', sizeof name - 1);
    guard_open();
    guard_add(REMAIN_FILE, name);
    guard_add(REMAIN_FILE, "file");
    make_file("file");
    kill(getpid(), SIGKILL);
}

Test(guard, a_name_that_is_too_long_is_left_out) {
    run(name_too_long);
    cr_expect_eq(access("file", F_OK), -1);
}

static void open_without_descriptors(void) {
    struct rlimit limit = {.rlim_cur = 3, .rlim_max = 3};
    setrlimit(RLIMIT_NOFILE, &limit);
    guard_open();
    guard_add(REMAIN_FILE, "kept");
    if (guard_pid() == 0) {
        rename("kept", "without a guard");
    }
    guard_close();
}

Test(guard, without_descriptors_there_is_none) {
    make_file("kept");
    run(open_without_descriptors);
    cr_expect_eq(access("without a guard", F_OK), 0);
}

/* A pipeline ends when the last process has closed the pipe. */
static void look_at_descriptors(void) {
    char path[64];
    guard_open();
    snprintf(path, sizeof path, "/proc/%d/fd", (int)guard_pid());
    for (int i = 0; i < 1000 && folder_count(path, "") != 4; i++) {
        clock_sleep_until_ns(clock_now_ns() + NS_PER_MS);
    }
    if (folder_count(path, "") == 4) { /* /dev/null three times, and the pipe */
        make_file("four");
    }
    guard_close();
}

Test(guard, it_holds_no_descriptor_of_the_program) {
    run(look_at_descriptors);
    cr_expect_eq(access("four", F_OK), 0);
}

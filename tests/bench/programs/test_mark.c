/* bench/programs/mark.c: processes are found by a variable in their environment. */
#include "bench/programs/mark.h"
#include "base/clock.h"
#include "bench/programs/process.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int64_t soon(void) {
    return clock_now_ns() + 20 * NS_PER_S;
}

/* Starts a script, and waits for its first line. */
static void start(struct process *process, const char *script,
                  char *const environment[]) {
    struct error error = {.kind = ERROR_NONE};
    struct process_plan plan = {
        .argv = (const char *const[]){"/bin/sh", "-c", script, NULL},
        .environment = environment,
        .stdout_fd = -1,
        .cgroup_fds = {-1, -1}};
    cr_assert(process_start(process, &plan, &error), "%s", error.message);
    cr_assert_eq(process_wait_line(process, soon()), PROCESS_EXITED);
}

Test(mark, every_mark_is_another) {
    char first[MARK_BYTES];
    char second[MARK_BYTES];
    mark_make(first);
    mark_make(second);
    cr_expect_str_neq(first, second);
}

Test(mark, a_process_that_has_it_is_killed) {
    char mark[MARK_BYTES];
    struct process process;
    mark_make(mark);
    mark_set(mark);
    start(&process, "echo; exec sleep 1000", NULL);
    cr_expect_eq(mark_kill(mark), 1);
    cr_expect_eq(process_wait(&process, soon()), PROCESS_EXITED);
    cr_expect(WIFSIGNALED(process.status) && WTERMSIG(process.status) == SIGKILL);
    cr_expect_eq(mark_kill(mark), 0, "it was reaped");
    process_close(&process);
}

Test(mark, processes_in_another_session_are_found_too) {
    char mark[MARK_BYTES];
    struct process process;
    mark_make(mark);
    mark_set(mark);
    start(&process, "setsid sh -c 'sleep 1000 & echo; exec sleep 1000' & wait", NULL);
    process_close(&process); /* ends its group only */
    cr_expect_eq(mark_kill(mark), 2);
    int64_t deadline_ns = soon();
    while (mark_kill(mark) > 0 && clock_now_ns() < deadline_ns) {
        clock_sleep_until_ns(clock_now_ns() + NS_PER_MS);
    }
    cr_expect_eq(mark_kill(mark), 0);
}

Test(mark, another_mark_does_not_count) {
    char mark[MARK_BYTES];
    char other[MARK_BYTES + 1];
    struct process process;
    mark_make(mark);
    snprintf(other, sizeof other, "%s0", mark); /* begins with the mark */
    start(&process, "echo; exec sleep 1000", (char *const[]){other, NULL});
    cr_expect_eq(mark_kill(mark), 0);
    cr_expect_eq(process_wait(&process, clock_now_ns()), PROCESS_TIMED_OUT);
    process_close(&process);
}

Test(mark, without_it_a_process_is_not_found) {
    char mark[MARK_BYTES];
    struct process process;
    mark_make(mark);
    mark_set(mark);
    mark_clear();
    start(&process, "echo; exec sleep 1000", NULL);
    cr_expect_eq(mark_kill(mark), 0);
    process_close(&process);
}

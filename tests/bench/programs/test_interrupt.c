/* bench/programs/interrupt.c: signals as a descriptor to wait for. */
#include "bench/programs/interrupt.h"
#include "base/clock.h"
#include "bench/programs/process.h"

#include <criterion/criterion.h>
#include <poll.h>
#include <signal.h>

static void install(void) {
    struct error error = {.kind = ERROR_NONE};
    cr_assert(interrupt_install(&error), "%s", error.message);
}

static bool is_readable(int fd) {
    struct pollfd poll_fd = {.fd = fd, .events = POLLIN};
    return poll(&poll_fd, 1, 0) == 1;
}

Test(interrupt, nothing_is_watched_before_it_is_installed) {
    cr_expect_eq(interrupt_fd(), -1);
    cr_expect_eq(interrupt_signal(), 0);
}

Test(interrupt, nothing_is_readable_before_a_signal) {
    install();
    cr_expect_geq(interrupt_fd(), 0);
    cr_expect_not(is_readable(interrupt_fd()));
    cr_expect_eq(interrupt_signal(), 0);
}

Test(interrupt, the_first_sigint_is_noted) {
    install();
    raise(SIGINT);
    cr_expect_eq(interrupt_signal(), SIGINT);
    cr_expect(is_readable(interrupt_fd()));
}

Test(interrupt, the_first_sigterm_is_noted) {
    install();
    raise(SIGTERM);
    cr_expect_eq(interrupt_signal(), SIGTERM);
    cr_expect(is_readable(interrupt_fd()));
}

Test(interrupt, a_second_signal_changes_nothing) {
    install();
    raise(SIGTERM);
    raise(SIGTERM);
    raise(SIGINT);
    cr_expect_eq(interrupt_signal(), SIGTERM);
    cr_expect(interrupt_is_pending());
}

Test(interrupt, an_acknowledged_signal_is_remembered_and_ends_no_wait) {
    const char *argv[] = {"sleep", "0.01", NULL};
    struct process process;
    struct error error = {.kind = ERROR_NONE};
    struct process_plan plan = {.argv = argv, .stdout_fd = -1, .cgroup_fds = {-1, -1}};
    install();
    raise(SIGHUP);
    interrupt_acknowledge();
    cr_expect_eq(interrupt_signal(), SIGHUP);
    cr_expect_not(interrupt_is_pending());
    cr_expect_not(is_readable(interrupt_fd()));
    cr_assert(process_start(&process, &plan, &error), "%s", error.message);
    cr_expect_eq(process_wait(&process, clock_now_ns() + 20 * NS_PER_S),
                 PROCESS_EXITED);
    process_close(&process);
}

Test(interrupt, after_the_release_a_signal_ends_the_program, .signal = SIGINT) {
    install();
    raise(SIGTERM);
    interrupt_release();
    raise(SIGINT);
}

Test(interrupt, a_release_can_be_taken_back) {
    interrupt_hold(); /* does nothing before interrupt_install() */
    cr_expect_eq(interrupt_fd(), -1);
    install();
    interrupt_release();
    interrupt_hold();
    raise(SIGTERM);
    cr_expect_eq(interrupt_signal(), SIGTERM);
    cr_expect(interrupt_is_pending());
}

Test(interrupt, sigint_is_noted_also_in_a_script_s_background) {
    signal(SIGINT, SIG_IGN);
    install();
    raise(SIGINT);
    cr_expect_eq(interrupt_signal(), SIGINT);
}

Test(interrupt, an_ignored_hangup_stays_ignored) {
    signal(SIGHUP, SIG_IGN); /* nohup */
    install();
    raise(SIGHUP);
    cr_expect_eq(interrupt_signal(), 0);
    interrupt_release();
    raise(SIGHUP);
}

Test(interrupt, installing_twice_keeps_the_descriptor) {
    install();
    int fd = interrupt_fd();
    install();
    cr_expect_eq(interrupt_fd(), fd);
}

Test(interrupt, a_wait_for_a_program_ends_and_the_program_does_not) {
    const char *argv[] = {"/bin/sh", "-c", "kill -INT $PPID; exec sleep 1000", NULL};
    struct process process;
    struct error error = {.kind = ERROR_NONE};
    struct process_plan plan = {.argv = argv, .stdout_fd = -1, .cgroup_fds = {-1, -1}};
    install();
    cr_assert(process_start(&process, &plan, &error), "%s", error.message);
    cr_expect_eq(process_wait(&process, clock_now_ns() + 20 * NS_PER_S),
                 PROCESS_INTERRUPTED);
    cr_expect_gt(process.pid, 0);
    cr_expect_eq(interrupt_signal(), SIGINT);
    process_close(&process);
}

Test(interrupt, a_signal_before_the_wait_ends_it_too) {
    const char *argv[] = {"sleep", "1000", NULL};
    struct process process;
    struct error error = {.kind = ERROR_NONE};
    struct process_plan plan = {.argv = argv, .stdout_fd = -1, .cgroup_fds = {-1, -1}};
    install();
    raise(SIGTERM);
    cr_assert(process_start(&process, &plan, &error), "%s", error.message);
    cr_expect_eq(process_wait(&process, clock_now_ns() + 20 * NS_PER_S),
                 PROCESS_INTERRUPTED);
    process_close(&process);
}

Test(interrupt, a_sigcont_is_noted_once_and_ends_nothing) {
    install();
    cr_expect_not(interrupt_take_continued());
    raise(SIGCONT);
    cr_expect(interrupt_take_continued());
    cr_expect_not(interrupt_take_continued());
    cr_expect_eq(interrupt_signal(), 0);
}

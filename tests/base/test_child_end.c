/* base/child_end.c: a descriptor that becomes readable when a child has ended. */
#include "base/child_end.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

typedef int opening(pid_t pid);

static pid_t start(void) {
    pid_t pid = fork();
    if (pid == 0) {
        for (;;) {
            pause();
        }
    }
    cr_assert_gt(pid, 0);
    return pid;
}

static int poll_once(int fd, int timeout_ms) {
    struct pollfd ended = {.fd = fd, .events = POLLIN};
    return poll(&ended, 1, timeout_ms);
}

static void check_tells_the_end(opening *open_end) {
    pid_t pid = start();
    int fd = open_end(pid);
    cr_assert_geq(fd, 0);
    cr_expect(fcntl(fd, F_GETFD) & FD_CLOEXEC);
    cr_expect_eq(poll_once(fd, 0), 0, "it runs");
    kill(pid, SIGKILL);
    cr_expect_eq(poll_once(fd, 10000), 1);
    int status;
    cr_expect_eq(waitpid(pid, &status, 0), pid, "it is left to be waited for");
    cr_expect(WIFSIGNALED(status));
    close(fd);
}

static void check_one_that_has_ended(opening *open_end) {
    pid_t pid = fork();
    if (pid == 0) {
        _exit(7);
    }
    siginfo_t info;
    cr_assert_eq(waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT), 0);
    int fd = open_end(pid);
    cr_assert_geq(fd, 0);
    cr_expect_eq(poll_once(fd, 10000), 1);
    cr_expect_eq(waitpid(pid, NULL, 0), pid);
    close(fd);
}

Test(child_end, it_reports_the_end_and_leaves_the_child_to_be_waited_for) {
    check_tells_the_end(child_end_open);
    check_tells_the_end(child_end_open_by_thread);
}

Test(child_end, it_reports_the_end_of_a_child_that_had_ended_before) {
    check_one_that_has_ended(child_end_open);
    check_one_that_has_ended(child_end_open_by_thread);
}

Test(child_end, it_may_be_closed_before_the_child_ends) {
    pid_t pid = start();
    close(child_end_open(pid));
    close(child_end_open_by_thread(pid));
    kill(pid, SIGKILL);
    cr_expect_eq(waitpid(pid, NULL, 0), pid);
}

Test(child_end, without_a_free_descriptor_it_sets_errno) {
    pid_t pid = start();
    int last = dup(0);
    while (last >= 0) {
        last = dup(0);
    }
    cr_expect_eq(child_end_open(pid), -1);
    cr_expect_eq(errno, EMFILE);
    cr_expect_eq(child_end_open_by_thread(pid), -1);
    cr_expect_eq(errno, EMFILE);
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
}

/* base/child_end.c: a descriptor that tells the end of a child. */
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

Test(child_end, it_tells_the_end_and_leaves_it_to_be_waited_for) {
    check_tells_the_end(child_end_open);
    check_tells_the_end(child_end_open_by_thread);
}

Test(child_end, it_tells_the_end_of_one_that_has_ended) {
    check_one_that_has_ended(child_end_open);
    check_one_that_has_ended(child_end_open_by_thread);
}

Test(child_end, it_may_be_closed_before) {
    pid_t pid = start();
    close(child_end_open(pid));
    close(child_end_open_by_thread(pid));
    kill(pid, SIGKILL);
    cr_expect_eq(waitpid(pid, NULL, 0), pid);
}

Test(child_end, without_descriptors_it_says_so) {
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

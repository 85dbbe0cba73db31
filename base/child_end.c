/* Waits for the end of a child by a pidfd or by a thread. Neither way installs a
 * SIGCHLD handler: a process has only one, and other code may need it. */
#include "base/child_end.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

struct watch {
    pid_t pid;
    int event_fd; /* a duplicate: the caller may close its own at any time */
};

static void *wait_for_end(void *argument) {
    struct watch *watch = argument;
    siginfo_t info;
    while (waitid(P_PID, (id_t)watch->pid, &info, WEXITED | WNOWAIT) != 0 &&
           errno == EINTR) {
    }
    eventfd_write(watch->event_fd, 1);
    close(watch->event_fd);
    free(watch);
    return NULL;
}

/* Starts the thread with all signals blocked, so that the program's own threads handle
 * them. Returns 0 or an errno. */
static int start_thread(struct watch *watch) {
    pthread_attr_t attributes;
    int code = pthread_attr_init(&attributes);
    if (code != 0) {
        return code;
    }
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pthread_t thread;
    code = pthread_create(&thread, &attributes, wait_for_end, watch);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_attr_destroy(&attributes);
    return code;
}

int child_end_open_by_thread(pid_t pid) {
    int fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    struct watch *watch = fd >= 0 ? malloc(sizeof *watch) : NULL;
    if (watch) {
        *watch = (struct watch){pid, fcntl(fd, F_DUPFD_CLOEXEC, 0)};
        int code = watch->event_fd >= 0 ? start_thread(watch) : errno;
        if (code == 0) {
            return fd;
        }
        close(watch->event_fd);
        free(watch);
        errno = code;
    }
    int code = errno;
    close(fd);
    errno = code;
    return -1;
}

int child_end_open(pid_t pid) {
    int fd = (int)syscall(SYS_pidfd_open, pid, 0);
    return fd < 0 && (errno == ENOSYS || errno == EPERM) ? child_end_open_by_thread(pid)
                                                         : fd;
}

/* Both ends of the guard's pipe. Only this program holds the end for writing, so that
 * the guard reads the end of the file when this program dies in any way. */
#include "bench/programs/guard.h"
#include "bench/programs/mark.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* Global, because a program has one guard as it has one death. */
static pid_t pid = 0;
static int pipe_fd = -1;

/* -- The guard's side -------------------------------------------------------------- */

/* Keeps nothing of the program but the pipe: a pipeline ends when the last process with
 * its descriptors has ended. Returns the pipe's new number. */
static int leave_program(int fd) {
    enum { FD = 3, MOST_WITHOUT_CLOSE_RANGE = 1024 };
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL);
    prctl(PR_SET_NAME, "guard", 0, 0, 0); /* killall -9 simul does not find it */
    int null_fd = open("/dev/null", O_RDWR);
    if (null_fd < 0 || dup2(fd, FD) < 0) {
        _exit(1);
    }
    for (int i = 0; i < FD; i++) {
        dup2(null_fd, i);
    }
    if (close_range(FD + 1, ~0U, 0) != 0) {
        for (int i = FD + 1; i < MOST_WITHOUT_CLOSE_RANGE; i++) {
            close(i);
        }
    }
    return FD;
}

/* A message is the letter of a kind, '+' or '-', the name, and a zero byte. */
static void take(struct remains *remains, char *message) {
    char sign = message[1];
    if (strlen(message) < 3 || (sign != '+' && sign != '-')) {
        return;
    }
    message[1] = message[0]; /* the list has no sign */
    (sign == '+' ? remains_add : remains_drop)(remains, message + 1);
}

/* Does not return. */
static void stand_guard(int fd, const char *mark) {
    struct remains remains = {.list = NULL};
    char *message = NULL;
    size_t size = 0;
    FILE *messages = fdopen(leave_program(fd), "r");
    ssize_t length;
    while (messages && (length = getdelim(&message, &size, '\0', messages)) > 0) {
        if (message[length - 1] == '\0') { /* else the program died in a write */
            take(&remains, message);
        }
    }
    if (messages && feof(messages)) { /* not if there is no memory: all is alive then */
        remains_clear_away(&remains, mark);
    }
    _exit(0);
}

/* -- The program's side ------------------------------------------------------------ */

/* Forks the guard, and waits until it has left the program's session, so that no signal
 * to the program's group or session reaches it. False: there is no guard. */
static bool start_guard(int fd, const char *mark) {
    int ready[2];
    char none;
    if (pipe2(ready, O_CLOEXEC) != 0) {
        return false;
    }
    pid = fork();
    if (pid == 0) {
        setsid();
        close(ready[1]);
        stand_guard(fd, mark);
    }
    close(ready[1]);
    while (pid > 0 && read(ready[0], &none, 1) < 0 && errno == EINTR) {
    }
    close(ready[0]);
    pid = pid > 0 ? pid : 0;
    return pid > 0;
}

void guard_open(void) {
    char mark[MARK_BYTES];
    int fds[2];
    if (pipe2(fds, O_CLOEXEC) != 0) {
        return;
    }
    mark_make(mark);
    bool is_there = start_guard(fds[0], mark);
    close(fds[0]);
    if (!is_there) {
        close(fds[1]);
        return;
    }
    /* A guard that is stopped must not stop the program: a full pipe loses messages. */
    fcntl(fds[1], F_SETFL, O_NONBLOCK);
    pipe_fd = fds[1];
    mark_set(mark);
}

pid_t guard_pid(void) {
    return pid;
}

/* One write, so that messages of a child and of this process do not mix. */
static void tell(char kind, char sign, const char *name) {
    char message[PIPE_BUF];
    int length = snprintf(message, sizeof message, "%c%c%s", kind, sign, name);
    if (pipe_fd >= 0 && length < (int)sizeof message) {
        ssize_t written = write(pipe_fd, message, (size_t)length + 1);
        (void)written; /* the guard was killed: the program goes on without it */
    }
}

void guard_add(enum remain_kind kind, const char *name) {
    tell((char)kind, '+', name);
}

void guard_drop(enum remain_kind kind, const char *name) {
    tell((char)kind, '-', name);
}

static void tell_group(char sign, pid_t group) {
    char number[20];
    snprintf(number, sizeof number, "%d", (int)group);
    tell(REMAIN_GROUP, sign, number);
}

void guard_add_group(pid_t group) {
    tell_group('+', group);
}

void guard_drop_group(pid_t group) {
    tell_group('-', group);
}

void guard_add_ledger(const char *path, long long size) {
    char text[PIPE_BUF];
    if (snprintf(text, sizeof text, "%lld %s", size, path) < (int)sizeof text) {
        tell(REMAIN_LEDGER, '+', text);
    }
}

void guard_close(void) {
    if (pid == 0) {
        return;
    }
    kill(pid, SIGKILL); /* before the pipe is closed, and if it is stopped, too */
    close(pipe_fd);
    pipe_fd = -1;
    mark_clear();
    while (waitpid(pid, NULL, 0) < 0 && errno == EINTR) {
    }
    pid = 0;
}
